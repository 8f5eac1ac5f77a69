namespace MlOps.Explain.Images;

/// <summary>Where in a picture a score comes from: one number a pixel.</summary>
/// <remarks>
/// What the numbers mean depends on the method: <see cref="GradCam"/> and its kin give 0 (least) to 1 (most); <see cref="IntegratedGradients"/> and
/// <see cref="Occlusion"/> give amounts of the score, below 0 where a pixel speaks against the class. Pixels lie row by row from the top.
/// </remarks>
public sealed partial record AttributionMap
{
    private readonly double[] _values;

    /// <summary>Collects the numbers of a picture.</summary>
    /// <param name="method">How they were found: <c>Grad-CAM</c>.</param>
    /// <param name="width">Columns of the picture, ≥ 1.</param>
    /// <param name="height">Rows of the picture, ≥ 1.</param>
    /// <param name="values">height · width finite numbers. The array is not copied; leave it alone afterwards.</param>
    /// <param name="target">The class that was explained.</param>
    /// <param name="score">What the model gives the class for this picture.</param>
    /// <param name="baseScore">What it gives for the picture the method began with; null where numbers do not add up to a score.</param>
    /// <exception cref="ArgumentException">There are not height · width values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="InvalidOperationException">A number is NaN or infinite: so was the model's score or slope.</exception>
    public AttributionMap(string method, int width, int height, double[] values, int target, double score, double? baseScore = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        ArgumentNullException.ThrowIfNull(values);
        Width = Guard.AtLeast(width, 1);
        Height = Guard.AtLeast(height, 1);
        if (values.LongLength != (long)width * height)
        {
            throw new ArgumentException($"A map of {width} × {height} needs {(long)width * height} values; got {values.LongLength}.", nameof(values));
        }

        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad >= 0 || !double.IsFinite(score))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{method}: the model's score for class {target} is {score}, and the map has {(bad >= 0 ? values[bad] : 0)}. What is not a number cannot be explained; look for NaN in the picture or the weights."));
        }

        (Method, _values, Target, Score, BaseScore) = (method, values, target, score, baseScore);
    }

    /// <summary>Gets how the numbers were found.</summary>
    public string Method { get; }

    /// <summary>Gets the columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Gets the rows of the picture.</summary>
    public int Height { get; }

    /// <summary>Gets one number a pixel, row by row from the top.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets the class that was explained.</summary>
    public int Target { get; }

    /// <summary>Gets what the model gives the class for this picture.</summary>
    public double Score { get; }

    /// <summary>Gets what the model gives the class for the picture the method began with; null where numbers do not add up to a score.</summary>
    public double? BaseScore { get; }

    /// <summary>Gets score − base − the sum of all values: what the method left out. 0 up to rounding if it was exact; null where numbers do not add up.</summary>
    public double? Residual
    {
        get
        {
            double sum = 0;
            foreach (double value in _values)
            {
                sum += value;
            }

            return Score - BaseScore - sum;
        }
    }

    /// <summary>Gets the number of a pixel.</summary>
    /// <param name="row">From 0 at the top.</param>
    /// <param name="column">From 0 at the left.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Width, nameof(column));
            return _values[(row * Width) + column];
        }
    }

    /// <summary>Two maps are equal if all they hold is equal, value by value.</summary>
    public bool Equals(AttributionMap? other) =>
        other is not null && (Method, Width, Height, Target, Score, BaseScore) == (other.Method, other.Width, other.Height, other.Target, other.Score, other.BaseScore)
        && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, Width, Height, Target, Score, BaseScore);
}
