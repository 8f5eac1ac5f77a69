namespace MlOps.Quantization.Arithmetic;

public readonly partial record struct QuantizationParameters
{
    /// <summary>Measures what these parameters would lose of some values.</summary>
    /// <param name="values">n ≥ 1 finite values.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public QuantizationError Error(ReadOnlySpan<float> values) => QuantizedTensor.Quantize(values, [values.Length], [this]).Error(values);
}
