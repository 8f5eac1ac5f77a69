using MlOps.Grading.Testing;
using MlOps.Tracking;

namespace MlOps.Exercises.Tests.Week09.HeldBack;

[Exercise("9.3")]
public sealed class FilterHeldBackTests : CodeTests<IRunFilter>
{
    [Fact, Points(0.5), HeldBack("families that only sound alike")]
    public void Find_OtherFamily_IsNotFound() => Assert.Equal(["good"], PreparedRuns.Find(
        Student.Filter,
        new("good", Family: "forest"), new("isolation", Family: "isolation-forest"), new("logistic", Family: "logistic"), new("none", Family: null), new("weak forest", Family: "forest", Auc: 0.1)));

    [Fact, Points(0.5), HeldBack("every mix of the five conditions, against the statement")]
    public void Find_EveryMix_IsAsTheStatementSays()
    {
        PreparedRun[] all =
        [
            .. from family in new[] { "boosting", "forest", "svm" }
               from auc in new double?[] { null, double.NaN, 0.75, 0.9 }
               from depth in new[] { null, "12", "112" }
               from loss in new double?[] { null, double.NaN, 0, 0.5 }
               from status in new[] { RunStatus.Finished, RunStatus.Killed }
               select new PreparedRun($"{family} {auc} {depth} {loss} {status}", family, auc, depth, loss, status),
        ];
        PreparedRun[] some = [.. all.Where((_, i) => i % 3 == 0)];

        // Brute force: the statement in C#.
        string[] expected =
        [
            .. some.Where(run => run.Status == RunStatus.Finished && run.Auc >= 0.75 && run.Family != "svm" && run.Depth != "12" && run.Loss >= 0)
                .Select(run => run.Name).Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, PreparedRuns.Find(Student.Filter, some));
    }
}
