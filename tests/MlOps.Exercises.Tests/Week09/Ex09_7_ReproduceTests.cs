using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.7")]
public sealed class ReproduceTests : CodeTests<IRunRecord>
{
    // All by hand, from the statement.
    [Fact, Points(0.5)]
    public void Missing_WorkedExample_NamesTheData() => Assert.Equal(
        ["data:loans: different"],
        Student.Missing(new() { ["commit"] = "a1", ["data:loans"] = "77", ["seed"] = "42" }, new() { ["commit"] = "a1", ["data:loans"] = "78" }));

    [Fact, Points(0.25)]
    public void Missing_OnlyTheSeedDiffers_IsNoProblem() => Assert.Empty(
        Student.Missing(new() { ["commit"] = "a1", ["data:loans"] = "77", ["seed"] = "42" }, new() { ["commit"] = "a1", ["data:loans"] = "77", ["seed"] = "7" }));

    [Fact, Points(0.25)]
    public void Missing_EmptyRecord_NamesAllThree() => Assert.Equal(
        ["commit: not noted", "data: not noted", "seed: not noted"],
        Student.Missing([], new() { ["commit"] = "a1", ["data:loans"] = "77" }));

    [Fact, Points(0.25)]
    public void Missing_DirtyRecord_IsAProblem() => Assert.Equal(
        ["code: had uncommitted changes"],
        Student.Missing(new() { ["commit"] = "a1", ["dirty"] = "true", ["data:loans"] = "77", ["seed"] = "42" }, new() { ["commit"] = "a1", ["dirty"] = "false", ["data:loans"] = "77" }));
}
