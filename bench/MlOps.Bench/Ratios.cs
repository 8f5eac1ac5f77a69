namespace MlOps.Bench;

/// <summary>Collects what the benchmarks of this run measured, for the table at the end.</summary>
internal static class Ratios
{
    private static readonly List<Ratio> s_all = [];
    private static string s_benchmark = "";

    internal static IReadOnlyList<Ratio> All => s_all;

    /// <summary>Says whose numbers follow.</summary>
    internal static void Begin(string benchmark) => s_benchmark = benchmark;

    /// <summary>Adds two times in seconds.</summary>
    internal static void Time(string what, double ours, double? theirs, string peer) => Add(what, "s", ours, theirs, peer);

    /// <summary>Adds two rates, a second.</summary>
    internal static void Rate(string what, double ours, double? theirs, string peer) => Add(what, "/s", ours, theirs, peer);

    /// <summary>Adds two amounts of memory in MiB.</summary>
    internal static void Memory(string what, double ours, double? theirs, string peer) => Add(what, "MiB", ours, theirs, peer);

    /// <summary>Says why there is nothing to compare with.</summary>
    internal static void Missing(string peer, string why) => s_all.Add(new Ratio(s_benchmark, "–", "", null, null, peer, why));

    private static void Add(string what, string unit, double ours, double? theirs, string peer) =>
        s_all.Add(new Ratio(s_benchmark, what, unit, ours, theirs, peer, theirs is null ? "the peer is not here" : null));
}
