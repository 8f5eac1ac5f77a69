using MlOps.Grading.Feedback;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Feedback;

public sealed class CommonFailureTests
{
    [Fact]
    public void Find_SeveralStudents_CountsAndPicksTheMessageMostGot()
    {
        IReadOnlyList<CommonFailure> failures = CommonFailure.Find(
        [
            Submission("a", Made.Failed("One", 1, "too large"), Made.Passed("Two", 1)),
            Submission("b", Made.Failed("One", 1, "too small"), Made.Failed("Two", 1, "late", TestVerdict.TimedOut)),
            Submission("c", Made.Failed("One", 1, "too small"), Made.Passed("Two", 1)),
            Submission("d", Made.Passed("One", 1), Made.Passed("Two", 1)),
        ]);

        Assert.Equal(
            [new CommonFailure("1.1", "One", "One", false, 3, 4, "too small"), new CommonFailure("1.1", "Two", "Two", false, 1, 4, "late")],
            failures);
    }

    [Fact]
    public void Find_TestsThatDidNotRun_SayNothing()
    {
        CommonFailure failure = Assert.Single(CommonFailure.Find([Submission("a", Made.Failed("One", 1, "x", TestVerdict.NotRun)), Submission("b", Made.Failed("One", 1, "y"))]));

        Assert.Equal((1, 1, "y"), (failure.Students, failure.Ran, failure.Message));
    }

    [Fact]
    public void Find_EquallyFrequentMessages_TakesTheFirstInOrdinalOrder()
    {
        CommonFailure failure = Assert.Single(CommonFailure.Find([Submission("a", Made.Failed("One", 1, "b")), Submission("b", Made.Failed("One", 1, "B")), Submission("c", Made.Failed("One", 1, null))]));

        Assert.Equal((3, "B"), (failure.Students, failure.Message));
    }

    [Fact]
    public void Find_SameCount_OrdersByExerciseAndName()
    {
        IReadOnlyList<CommonFailure> failures = CommonFailure.Find([Submission("a", Made.Failed("Zeta", 1), Made.HeldBack("Think.", 1, TestVerdict.Failed), Made.Failed("Alpha", 1))]);

        Assert.Equal(["Alpha", "SECRET_name", "Zeta"], failures.Select(failure => failure.Test));
        Assert.True(failures[1].HeldBack);
    }

    [Fact]
    public void Find_Nothing_IsEmpty() => Assert.Empty(CommonFailure.Find([]));

    private static SubmissionResult Submission(string student, params TestOutcome[] tests) => new(student, 1, [Made.Result("1.1", 2, tests)]);
}
