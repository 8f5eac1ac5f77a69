using System.Text.Json;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Streaming;

/// <summary>Detectors for the tests: with defaults, or with the parameters of a reference case.</summary>
internal static class TestDetectors
{
    private static readonly JsonElement None = JsonDocument.Parse("{}").RootElement;

    /// <summary>Every detector, with a stream in which it finds drift.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "adwin", "sudden" }, { "cusum", "sudden" }, { "ddm", "errors" }, { "eddm", "errors" }, { "ewma", "sudden" },
        { "hddm-a", "errors" }, { "hddm-w", "errors" }, { "kswin", "sudden" }, { "page-hinkley", "sudden" }, { "stepd", "errors" },
    };

    internal static DriftDetector Make(string name) => Make(name, None);

    internal static DriftDetector Make(string name, JsonElement p) => name switch
    {
        "page-hinkley" => new PageHinkley(Whole(p, "minInstances", 30), Number(p, "delta", 0.005), Number(p, "threshold", 50), Number(p, "alpha", 1 - 0.0001), Mode(p)),
        "cusum" => new Cusum(Whole(p, "minInstances", 30), Number(p, "slack", 0.5), Number(p, "threshold", 5), Mode(p)),
        "ewma" => new Ewma(Number(p, "alpha", 0.1), Number(p, "threshold", 4), Whole(p, "minInstances", 30), Mode(p)),
        "adwin" => new Adwin(
            Number(p, "delta", 0.002), Whole(p, "clock", 32), Whole(p, "maxBuckets", 5), Whole(p, "minWindowLength", 5), Whole(p, "gracePeriod", 10),
            p.TryGetProperty("version", out JsonElement version) ? Enum.Parse<AdwinVersion>(version.GetString()!) : AdwinVersion.River2026),
        "kswin" => new Kswin(Number(p, "alpha", 0.005), Whole(p, "windowSize", 100), Whole(p, "statSize", 30), Whole(p, "seed", 0)),
        "ddm" => new Ddm(Whole(p, "warmStart", 30), Number(p, "warningThreshold", 2), Number(p, "driftThreshold", 3)),
        "eddm" => new Eddm(Whole(p, "warmStart", 30), Number(p, "alpha", 0.95), Number(p, "beta", 0.9)),
        "hddm-a" => new HddmA(Number(p, "driftConfidence", 0.001), Number(p, "warningConfidence", 0.005), Flag(p, "twoSidedTest")),
        "hddm-w" => new HddmW(Number(p, "driftConfidence", 0.001), Number(p, "warningConfidence", 0.005), Number(p, "lambda", 0.05), Flag(p, "twoSidedTest")),
        "stepd" => new Stepd(Whole(p, "windowSize", 30), Number(p, "alphaDrift", 0.003), Number(p, "alphaWarning", 0.05), Mode(p)),
        _ => throw new ArgumentException($"Unknown detector '{name}'.", nameof(name)),
    };

    private static double Number(JsonElement p, string name, double otherwise) => p.TryGetProperty(name, out JsonElement part) ? part.GetDouble() : otherwise;

    private static int Whole(JsonElement p, string name, int otherwise) => p.TryGetProperty(name, out JsonElement part) ? part.GetInt32() : otherwise;

    private static bool Flag(JsonElement p, string name) => p.TryGetProperty(name, out JsonElement part) && part.GetBoolean();

    private static DriftDirection Mode(JsonElement p) =>
        p.TryGetProperty("mode", out JsonElement part) ? Enum.Parse<DriftDirection>(part.GetString()!, ignoreCase: true) : DriftDirection.Both;
}
