using System.Runtime.InteropServices;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>Finds the range of values inside a model by running it on example rows.</summary>
/// <remarks>
/// The values are made outputs of a copy of the model, and every batch is run: once for the extremes, once more if the method needs a histogram, whose ends are then known. One batch with its values is in memory
/// at a time; batches may differ in shape. Rows that only fill up a fixed batch count like the others.
/// </remarks>
public static class Calibrator
{
    /// <summary>Rows below which a notice says that the ranges may be too narrow.</summary>
    public const int FewRows = 32;

    /// <summary>Runs the model and chooses a range for each value.</summary>
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="data">Rows like those that the model will see. A hundred to a few hundred do; they need no labels.</param>
    /// <param name="values">Names of inputs, constants or values in between that hold 32-bit floats. A value in a nested graph cannot be seen.</param>
    /// <param name="method">How a range is chosen.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="OnnxException">There is no such value or it holds no 32-bit floats; a value is NaN on a batch (the message names both); or ONNX Runtime does not run the model.</exception>
    public static CalibrationRanges Ranges(OnnxFile file, ModelData data, IReadOnlyCollection<string> values, RangeMethod method, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(method);
        if (data.RowCount == 0 || data.Batches.Count == 0)
        {
            throw new ArgumentException("Calibration needs example rows; there is none.", nameof(data));
        }

        string[] names = [.. values.Distinct(StringComparer.Ordinal)];
        double averaging = method is MinMaxRange minMax ? minMax.Averaging : 0;
        ValueRecorder[] recorders = [.. names.Select(_ => new ValueRecorder(averaging))];
        using var run = new ExposedModel(file, names);
        int passes = method.HistogramBins > 0 ? 2 : 1;
        Pass(run, data, (i, batch, numbers) =>
        {
            if (!recorders[i].Observe(numbers))
            {
                throw new OnnxException(FormattableString.Invariant($"Value '{names[i]}' holds NaN in batch {batch} (counted from 0). Look for missing values in the rows, or for a division by 0 in the model."));
            }
        }, share => progress?.Report(share / passes), cancellationToken);

        Array.ForEach(recorders, recorder => recorder.EndOfObservation());
        if (passes == 2)
        {
            bool[] counted = Array.ConvertAll(recorders, recorder => recorder.Varies);
            for (int i = 0; i < recorders.Length; i++)
            {
                if (counted[i])
                {
                    recorders[i].BeginHistogram(method.HistogramBins);
                }
            }

            Pass(run, data, (i, _, numbers) =>
            {
                if (counted[i])
                {
                    recorders[i].Count(numbers);
                }
            }, share => progress?.Report((1 + share) / passes), cancellationToken);
        }

        var found = new OrderedDictionary<string, CalibratedValue>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            found.Add(names[i], Choose(names[i], method, recorders[i]));
        }

        return new CalibrationRanges(method, data.RowCount, found, CalibrationNotices.Of(method, data.RowCount, [.. found.Values]));
    }

    private delegate void See(int value, int batch, ReadOnlySpan<float> numbers);

    private static void Pass(ExposedModel run, ModelData data, See see, Action<double> progress, CancellationToken cancellationToken)
    {
        for (int batch = 0; batch < data.Batches.Count; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OnnxTensor[] seen = run.Values(data.Batches[batch]);
            for (int i = 0; i < seen.Length; i++)
            {
                see(i, batch, seen[i].HasRawData ? MemoryMarshal.Cast<byte, float>(seen[i].RawData.Span) : seen[i].ToFloats());
            }

            progress((batch + 1.0) / data.Batches.Count);
        }
    }

    private static CalibratedValue Choose(string name, RangeMethod method, ValueRecorder recorder)
    {
        ActivationHistogram? histogram = recorder.Histogram();
        ActivationStatistics statistics = recorder.Statistics();
        RealRange range = !recorder.Varies ? new RealRange(statistics.Min, statistics.Max)
            : method is MinMaxRange { Averaging: > 0 } ? recorder.AverageRange
            : method.Choose(statistics, histogram);
        return new CalibratedValue(name, range, statistics, histogram);
    }
}
