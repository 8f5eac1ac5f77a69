using MlOps.Drift.Streaming;

namespace MlOps.Drift.Monitoring;

/// <summary>The streaming detectors of a configuration: River's names, and its defaults for what is not said.</summary>
internal static class ConfigDetectors
{
    private static readonly Dictionary<string, (string[] Keys, Func<ConfigNode, IDriftDetector> Make)> s_detectors = new(StringComparer.Ordinal)
    {
        ["adwin"] = (["delta", "clock"], n => new Adwin(delta: n["delta"].Number() ?? 0.002, clock: n["clock"].Whole(1) ?? 32)),
        ["cusum"] = (["min-instances", "slack", "threshold", "direction"], n => new Cusum(Warm(n), n["slack"].Number() ?? 0.5, n["threshold"].Number() ?? 5, Direction(n))),
        ["ddm"] = (["min-instances"], n => new Ddm(Warm(n))),
        ["eddm"] = (["min-instances"], n => new Eddm(Warm(n))),
        ["ewma"] = (["alpha", "threshold", "min-instances", "direction"], n => new Ewma(n["alpha"].Number() ?? 0.1, n["threshold"].Number() ?? 4, Warm(n), Direction(n))),
        ["hddm-a"] = (["two-sided"], n => new HddmA(twoSidedTest: TwoSided(n))),
        ["hddm-w"] = (["two-sided"], n => new HddmW(twoSidedTest: TwoSided(n))),
        ["kswin"] = (["alpha", "window"], n => new Kswin(n["alpha"].Number() ?? 0.005, n["window"].Whole(2) ?? 100)),
        ["page-hinkley"] = (["min-instances", "delta", "threshold", "direction"], n => new PageHinkley(Warm(n), n["delta"].Number() ?? 0.005, n["threshold"].Number() ?? 50, mode: Direction(n))),
        ["stepd"] = (["window", "direction"], n => new Stepd(n["window"].Whole(2) ?? 30, mode: Direction(n))),
    };

    /// <summary>Every key that some detector knows.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [.. s_detectors.Values.SelectMany(d => d.Keys).Distinct(StringComparer.Ordinal)];

    internal static IDriftDetector Read(ConfigNode node)
    {
        string name = node["detector"].Needed();
        if (!s_detectors.TryGetValue(name, out var detector))
        {
            throw node["detector"].Wrong($"is one of {string.Join(", ", s_detectors.Keys)}; got '{name}'");
        }

        if (node.Entries().FirstOrDefault(e => Keys.Contains(e.Key) && !detector.Keys.Contains(e.Key)) is { Key: not null } entry)
        {
            throw entry.Value.Wrong($"{name} has no such parameter; it has {string.Join(", ", detector.Keys)}");
        }

        try
        {
            return detector.Make(node);
        }
        catch (ArgumentException e)
        {
            throw node.Wrong(e.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }
    }

    private static int Warm(ConfigNode node) => node["min-instances"].Whole(1) ?? 30;

    private static DriftDirection Direction(ConfigNode node) => node["direction"].Word<DriftDirection>() ?? DriftDirection.Both;

    private static bool TwoSided(ConfigNode node) => node["two-sided"].Text() switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw node["two-sided"].Wrong($"expected true or false, got '{other}'"),
    };
}
