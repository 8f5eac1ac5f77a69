using MlOps.Grading.Testing;
using MlOps.Tracking;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.3")]
public sealed class FilterTests : CodeTests<IRunFilter>
{
    // By hand: the statement's five conditions, one broken at a time.
    [Fact, Points(0.5)]
    public void Find_RunThatMeetsAll_IsFound() =>
        Assert.Equal(["boosting", "forest"], PreparedRuns.Find(Student.Filter, new("boosting"), new("forest", Family: "forest"), new("weak", Auc: 0.6)));

    [Fact, Points(0.5)]
    public void Find_RunWithoutDepth_IsFound() =>
        Assert.Equal(["none", "six"], PreparedRuns.Find(Student.Filter, new("six"), new("none", Depth: null), new("twelve", Depth: "12")));

    [Fact, Points(0.5)]
    public void Find_LossThatIsNoNumber_IsNotFound() =>
        Assert.Equal(["fine"], PreparedRuns.Find(Student.Filter, new("fine"), new("diverged", Loss: double.NaN), new("silent", Loss: null)));

    [Fact, Points(0.25)]
    public void Find_AucOfExactlyTheLimit_IsFound() =>
        Assert.Equal(["limit"], PreparedRuns.Find(Student.Filter, new("limit", Auc: 0.75), new("below", Auc: 0.7499), new("none", Auc: null)));

    [Fact, Points(0.25)]
    public void Find_FailedRun_IsNotFound() =>
        Assert.Equal(["finished"], PreparedRuns.Find(Student.Filter, new("finished"), new("failed", Status: RunStatus.Failed), new("running", Status: RunStatus.Running)));
}
