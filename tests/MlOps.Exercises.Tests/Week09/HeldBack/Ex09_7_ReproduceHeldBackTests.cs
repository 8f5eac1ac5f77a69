using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09.HeldBack;

[Exercise("9.7")]
public sealed class ReproduceHeldBackTests : CodeTests<IRunRecord>
{
    [Fact, Points(0.25), HeldBack("everything at once, in its order")]
    public void Missing_Everything_StandsInTheOrderOfTheStatement() => Assert.Equal(
        ["commit: different", "code: had uncommitted changes", "data:Loans: different", "data:branches: not here", "seed: not noted"],
        Student.Missing(
            new() { ["data:branches"] = "1", ["dirty"] = "true", ["data:Loans"] = "2", ["commit"] = "a1" },
            new() { ["data:Loans"] = "3", ["dirty"] = "true" }));

    [Fact, Points(0.25), HeldBack("keys that are no obstacle")]
    public void Missing_OtherKeys_AreNoObstacle() => Assert.Empty(Student.Missing(
        new() { ["commit"] = "a1", ["dirty"] = "false", ["data:loans"] = "77", ["seed"] = "42", ["dotnet"] = "10.0.1", ["user"] = "asha" },
        new() { ["commit"] = "a1", ["dirty"] = "true", ["data:loans"] = "77", ["data:more"] = "5", ["dotnet"] = "10.0.2" }));

    [Fact, Points(0.25), HeldBack("nothing is here")]
    public void Missing_NothingHere_NamesCommitAndData() => Assert.Equal(
        ["commit: different", "data:a: not here", "data:b: not here"],
        Student.Missing(new() { ["data:b"] = "1", ["data:a"] = "1", ["commit"] = "a1", ["seed"] = "1" }, []));
}
