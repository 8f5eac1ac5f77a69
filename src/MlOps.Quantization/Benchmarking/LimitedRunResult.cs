using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOps.Quantization.Benchmarking;

/// <summary>What a run under the limits of the operating system took.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="LimitBytes">The limit on memory in bytes; null if there was none.</param>
/// <param name="Statistics">The run times; null unless it completed.</param>
/// <param name="LoadMilliseconds">Until the model could run.</param>
/// <param name="FirstRunMilliseconds">The first run.</param>
/// <param name="RuntimeBytes">Memory in use before the model was loaded: .NET and ONNX Runtime.</param>
/// <param name="PeakBytes">The most memory that was in use at one time, as the system counts (VmHWM).</param>
public sealed record LimitedRunResult(
    LimitedRunOutcome Outcome,
    string Message,
    long? LimitBytes = null,
    LatencyStatistics? Statistics = null,
    double? LoadMilliseconds = null,
    double? FirstRunMilliseconds = null,
    long? RuntimeBytes = null,
    long? PeakBytes = null)
{
    /// <summary>Gets what was added to the runtime's memory at most since the model was loaded: the model, work space, and code compiled on the way, some 10 MB even for a tiny model; null unless it completed.</summary>
    public long? ModelBytes => PeakBytes - RuntimeBytes is { } bytes ? Math.Max(0, bytes) : null;

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Message;

    internal JsonObject ToJsonObject() => new()
    {
        ["outcome"] = char.ToLower(Outcome.ToString()[0], CultureInfo.InvariantCulture) + Outcome.ToString()[1..],
        ["message"] = Message,
        ["limitBytes"] = LimitBytes,
        ["p50"] = Statistics?.P50,
        ["p95"] = Statistics?.P95,
        ["loadMs"] = LoadMilliseconds,
        ["firstRunMs"] = FirstRunMilliseconds,
        ["runtimeBytes"] = RuntimeBytes,
        ["peakBytes"] = PeakBytes,
    };
}
