namespace MlOps.Quantization;

public sealed partial record QuantizedModel
{
    /// <summary>Gets sentences for people: too little calibration data, outliers that eat the codes, nested graphs that stay. Empty if all is well.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Gets what was rewritten before the numbers were touched, a sentence each: normalization folded into layers, an old operator set raised. Empty if the model was tidy.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
