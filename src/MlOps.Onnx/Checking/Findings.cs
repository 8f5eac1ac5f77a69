namespace MlOps.Onnx.Checking;

/// <summary>Collects findings.</summary>
internal sealed class Findings
{
    private readonly List<OnnxFinding> _all = [];

    internal IReadOnlyList<OnnxFinding> All => _all;

    internal void Error(string place, string reason, string advice) => _all.Add(new OnnxFinding(OnnxSeverity.Error, place, reason, advice));

    internal void Warning(string place, string reason, string advice) => _all.Add(new OnnxFinding(OnnxSeverity.Warning, place, reason, advice));
}
