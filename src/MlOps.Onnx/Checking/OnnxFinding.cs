namespace MlOps.Onnx.Checking;

/// <summary>One thing that is wrong with a model.</summary>
/// <param name="Severity">Whether it keeps the model from running.</param>
/// <param name="Place">The node, tensor or value, such as <c>Gemm 'fc1'</c>; <c>model</c> for the file as a whole.</param>
/// <param name="Reason">What is wrong, a sentence.</param>
/// <param name="Advice">What to do about it, a sentence.</param>
public sealed record OnnxFinding(OnnxSeverity Severity, string Place, string Reason, string Advice)
{
    /// <summary>Returns it as one line.</summary>
    public override string ToString() => $"{(Severity == OnnxSeverity.Error ? "error" : "warning")}: {Place}: {Reason} {Advice}";
}
