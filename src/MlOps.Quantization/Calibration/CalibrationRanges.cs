using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>The ranges of the values of a model, as <see cref="Calibrator"/> found them.</summary>
/// <param name="Method">How they were chosen.</param>
/// <param name="RowCount">Rows of data behind them.</param>
/// <param name="Values">What was found, by the value's name, in the order asked for.</param>
/// <param name="Notices">Sentences for people: too little data, values that never changed, outliers. Empty if all is well.</param>
public sealed record CalibrationRanges(RangeMethod Method, int RowCount, IReadOnlyDictionary<string, CalibratedValue> Values, IReadOnlyList<string> Notices)
{
    /// <summary>Gets the range of a value.</summary>
    /// <param name="value">Its name.</param>
    /// <exception cref="ArgumentException">It was not calibrated.</exception>
    public RealRange this[string value] =>
        Values.TryGetValue(value, out CalibratedValue? found) ? found.Range : throw new ArgumentException($"'{value}' was not calibrated.", nameof(value));
}
