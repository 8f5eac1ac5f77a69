namespace MlOps.Drift.Streaming;

/// <summary>Brings saved detectors back, and feeds a detector many values at once.</summary>
public static class DriftDetectors
{
    private static readonly Dictionary<string, Func<SavedParameters, DriftDetector>> Makers = new(StringComparer.Ordinal)
    {
        [Adwin.TypeName] = p => new Adwin(
            p.Number("delta"), p.Whole("clock"), p.Whole("maxBuckets"), p.Whole("minWindowLength"), p.Whole("gracePeriod"), p.Name<AdwinVersion>("version")),
        [Cusum.TypeName] = p => new Cusum(p.Whole("minInstances"), p.Number("slack"), p.Number("threshold"), p.Name<DriftDirection>("mode")),
        [Ddm.TypeName] = p => new Ddm(p.Whole("warmStart"), p.Number("warningThreshold"), p.Number("driftThreshold")),
        [Eddm.TypeName] = p => new Eddm(p.Whole("warmStart"), p.Number("alpha"), p.Number("beta")),
        [Ewma.TypeName] = p => new Ewma(p.Number("alpha"), p.Number("threshold"), p.Whole("minInstances"), p.Name<DriftDirection>("mode")),
        [HddmA.TypeName] = p => new HddmA(p.Number("driftConfidence"), p.Number("warningConfidence"), p.Flag("twoSidedTest")),
        [HddmW.TypeName] = p => new HddmW(p.Number("driftConfidence"), p.Number("warningConfidence"), p.Number("lambda"), p.Flag("twoSidedTest")),
        [Kswin.TypeName] = p => new Kswin(p.Number("alpha"), p.Whole("windowSize"), p.Whole("statSize"), p.Whole("seed")),
        [PageHinkley.TypeName] = p => new PageHinkley(
            p.Whole("minInstances"), p.Number("delta"), p.Number("threshold"), p.Number("alpha"), p.Name<DriftDirection>("mode")),
        [Stepd.TypeName] = p => new Stepd(p.Whole("windowSize"), p.Number("alphaDrift"), p.Number("alphaWarning"), p.Name<DriftDirection>("mode")),
    };

    /// <summary>Gets the names that <see cref="FromJson"/> knows, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Returns the detector that <see cref="IDriftDetector.ToJson"/> wrote: same parameters, same state, to the last bit.</summary>
    /// <param name="json">What <see cref="IDriftDetector.ToJson"/> returned.</param>
    /// <exception cref="FormatException">The text is not JSON, names an unknown detector or version, or lacks or garbles a part; the message
    /// says which.</exception>
    public static DriftDetector FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return SavedDetector.Read(json, Makers);
    }

    /// <summary>Takes values until one brings a detection.</summary>
    /// <param name="detector">Takes the values up to and including the one that brings a detection.</param>
    /// <param name="values">Finite numbers, in the order of the stream.</param>
    /// <returns>The index of that value in <paramref name="values"/>, or null when none brought a detection.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index, and the values before it have been taken.</exception>
    public static int? UpdateUntilDrift(this IDriftDetector detector, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(detector);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"values[{i}] is {values[i]}; a detector takes finite numbers. Leave missing values out first."), nameof(values));
            }

            if (detector.Update(values[i]))
            {
                return i;
            }
        }

        return null;
    }
}
