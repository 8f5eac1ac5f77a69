using MlOps.Tracking.Search;

namespace MlOps.Tracking.Tests.Search;

/// <summary>MLflow's rules: missing last both ways, NaN before missing, ties by the latest start, then by run id.</summary>
public sealed class OrderComparerTests
{
    private static readonly Run[] s_runs =
    [
        Of("d", 10, 0.5), Of("a", 10, null), Of("b", 30, double.NaN), Of("c", 20, 0.9), Of("e", 20, 0.5), Of("f", 10, double.NegativeInfinity), Of("g", 40, null), Of("h", 10, 0.5),
    ];

    [Theory]
    [InlineData("metrics.acc ASC", "f e d h c b g a")]
    [InlineData("metrics.acc DESC", "c e d h f b g a")]
    [InlineData("start_time", "a d f h c e b g")]
    [InlineData("", "g b c e a d f h")]
    [InlineData("params.none", "g b c e a d f h")]
    [InlineData("run_id DESC", "h g f e d c b a")]
    public void OfRuns_AreSortedAsMlflowSorts(string term, string expected)
    {
        Run[] sorted = [.. s_runs];
        Array.Sort(sorted, OrderComparer.OfRuns(OrderParser.Parse(term.Length == 0 ? [] : [term], FilterTarget.Runs)));
        Assert.Equal(expected, string.Join(' ', sorted.Select(r => r.Info.RunId)));
    }

    [Fact]
    public void OfExperiments_IdsOfDigits_AreSortedAsNumbers()
    {
        Experiment[] all = [Named("10", "a", 5), Named("9", "b", 5), Named("2", "a", 7)];
        Array.Sort(all, OrderComparer.OfExperiments([]));
        Assert.Equal("2 9 10", string.Join(' ', all.Select(e => e.Id)));
        Array.Sort(all, OrderComparer.OfExperiments(OrderParser.Parse(["name"], FilterTarget.Experiments)));
        Assert.Equal("10 2 9", string.Join(' ', all.Select(e => e.Id))); // MLflow breaks the tie of a and a by the greater id
        Array.Sort(all, OrderComparer.OfExperiments(OrderParser.Parse(["experiment_id"], FilterTarget.Experiments)));
        Assert.Equal("2 9 10", string.Join(' ', all.Select(e => e.Id)));
    }

    // Oracle: the order of the UTF-8 bytes.
    [Fact]
    public void OfExperiments_Names_AreSortedByCodePoints()
    {
        string[] names = ["a", "ab", "Z", "é", "\uFFEE", "😀", "𝒜"];
        Experiment[] all = [.. names.Select((n, i) => Named($"{i}", n, 0))];
        Array.Sort(all, OrderComparer.OfExperiments(OrderParser.Parse(["name ASC"], FilterTarget.Experiments)));
        Array.Sort(names, (x, y) => System.Text.Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y)));
        Assert.Equal(names, all.Select(e => e.Name));
    }

    private static Run Of(string id, long start, double? acc) => new(
        new RunInfo(id, "0", id, "", RunStatus.Running, start, null, "", LifecycleStage.Active), acc is { } value ? [new Metric("acc", value, 0)] : [], [], [], []);

    private static Experiment Named(string id, string name, long created) => new(id, name, "", LifecycleStage.Active, created, created, []);
}
