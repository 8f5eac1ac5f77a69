using MlOps.Grading.Results;
using MlOps.Grading.Running;

namespace MlOps.Grading.Tests.Running;

public sealed class ExerciseGraderTests(FixtureCourse fixture) : IClassFixture<FixtureCourse>
{
    [Theory]
    [InlineData("90.1", 1)]
    [InlineData("90.2", 1)]
    [InlineData("90.3", 3)]
    [InlineData("90.4", 2)]
    [InlineData("90.5", 2)]
    public void Grade_Solution_EarnsEverything(string id, double points)
    {
        ExerciseResult result = Grade(id, FixtureCourse.Solutions[fixture.Exercise(id).File]);

        Assert.Empty(result.Tests.Where(test => test.Verdict != TestVerdict.Passed).Select(test => $"{test.Title}: {test.Message}"));
        Assert.Equal((ExerciseStatus.Graded, points), (result.Status, result.Points));
    }

    [Theory]
    [InlineData("90.1")]
    [InlineData("90.2")]
    [InlineData("90.3")]
    [InlineData("90.4")]
    [InlineData("90.5")]
    [InlineData("90.6")]
    public void Grade_Starter_IsNotAttempted(string id)
    {
        string starter = FixtureCourse.Starters[fixture.Exercise(id).File];

        ExerciseResult result = ExerciseGrader.Grade(fixture.Course, fixture.Exercise(id), "\n" == starter ? starter : starter.Replace("\n", " \r\n", StringComparison.Ordinal), starter, TestSelection.All);

        Assert.Equal((ExerciseStatus.NotAttempted, 0.0), (result.Status, result.Points));
    }

    [Fact]
    public void Grade_HoleStillOnlyThrows_IsNotAttemptedWithoutTheStarter() =>
        Assert.Equal(ExerciseStatus.NotAttempted, Grade("90.3", FixtureCourse.Starters["90.3-mean.cs"]).Status);

    [Fact]
    public void Grade_CodeBesideAnEmptyHole_IsAnAttempt()
    {
        string beside = FixtureCourse.RightMean.Replace("// BEGIN YOUR CODE", string.Empty, StringComparison.Ordinal).Replace("// END YOUR CODE", "// BEGIN YOUR CODE\n// END YOUR CODE", StringComparison.Ordinal);

        Assert.Equal(3, Grade("90.3", beside).Points);
    }

    [Fact]
    public void Grade_Essay_AwaitsMarksAndChecksTheForm()
    {
        ExerciseResult result = Grade("90.6", FixtureCourse.Solutions["90.6-essay.md"]);

        Assert.Equal((ExerciseStatus.AwaitsMarks, 0.0, 4.0), (result.Status, result.Points, result.Max));
        Assert.Equal(TestVerdict.Passed, Assert.Single(result.Tests).Verdict);
    }

    [Fact]
    public void Grade_WrongChoice_SaysWhyThatOptionIsWrong() =>
        Assert.Equal("One is not even.", Assert.Single(Grade("90.1", "public static class Choice { public static string Answer => \"A\"; }").Tests).Message);

    [Fact]
    public void Grade_ForeseenWrongNumber_SaysWhatWentWrong() =>
        Assert.Equal("You divided the wrong way round.", Assert.Single(Grade("90.2", "public static class Number { public static double Value => 2; }").Tests).Message);

    [Fact]
    public void Grade_WrongValue_ShowsCallExpectedAndActual()
    {
        TestOutcome test = Grade("90.3", "public static class Mean { public static double Of(double[] v) => 7; }").Tests[0];

        Assert.Equal((TestVerdict.Failed, "2", "7"), (test.Verdict, test.Expected, test.Actual));
        Assert.Equal(new CallRecord("Of([1, 2, 3])", "7"), Assert.Single(test.Calls));
        Assert.Equal("Mean: of three, is the middle", test.Title);
    }

    [Fact]
    public void Grade_OneRowOfATheoryFails_TheTestFails()
    {
        // Right for 1 and 1, wrong for 4 and 0: the second row decides.
        ExerciseResult result = Grade("90.3", "public static class Mean { public static double Of(double[] v) => v.Length == 0 ? double.NaN : v.Length == 3 ? 2 : v[1]; }");

        Assert.Equal([TestVerdict.Passed, TestVerdict.Failed, TestVerdict.Passed], result.Tests.Select(test => test.Verdict));
        Assert.Equal(2, result.Points);
    }

    [Fact]
    public void Grade_PublicTestsOnly_LeavesOutWhatIsHeldBack()
    {
        ExerciseResult shown = ExerciseGrader.Grade(fixture.Course, fixture.Exercise("90.3"), FixtureCourse.RightMean, starter: null, TestSelection.Public);

        Assert.Equal((2.0, 3.0), (shown.Points, shown.Max));
        Assert.All(shown.Tests, test => Assert.Null(test.HeldBack));
    }

    [Fact]
    public void Grade_HeldBackTest_CarriesTheWordsForStudents() =>
        Assert.Equal("no values at all", Grade("90.3", FixtureCourse.RightMean).Tests[^1].HeldBack);

    [Fact]
    public void Grade_CodeThatDoesNotCompile_RunsNothing()
    {
        ExerciseResult result = Grade("90.3", "public static class Mean { public static double Of(double[] v) => 7 }");

        Assert.Equal((ExerciseStatus.DoesNotCompile, 0.0), (result.Status, result.Points));
        Assert.StartsWith("90.3-mean.cs, line 1: ; expected.", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.All(result.Tests, test => Assert.Equal(TestVerdict.NotRun, test.Verdict));
    }

    [Fact]
    public void Grade_NoFileOrEmptyFile_IsTold()
    {
        Assert.Equal(ExerciseStatus.Missing, Grade("90.3", null).Status);
        Assert.Equal(ExerciseStatus.Unreadable, Grade("90.3", " \n").Status);
    }

    [Fact]
    public void Grade_EndlessLoopOnOneInput_CostsThatTestOnly()
    {
        ExerciseResult result = Grade("90.3", "public static class Mean { public static double Of(double[] v) { while (v.Length == 3) { } double s = 0; foreach (double x in v) s += x; return s / v.Length; } }");

        Assert.Equal([TestVerdict.TimedOut, TestVerdict.Passed, TestVerdict.Passed], result.Tests.Select(test => test.Verdict));
        Assert.Equal(2, result.Points);
    }

    [Fact]
    public void Grade_ExitOnOneInput_CostsThatTestOnly()
    {
        ExerciseResult result = Grade("90.3", "public static class Mean { public static double Of(double[] v) { if (v.Length == 3) { System.Environment.Exit(0); } double s = 0; foreach (double x in v) s += x; return s / v.Length; } }");

        Assert.Equal([TestVerdict.Ended, TestVerdict.Passed, TestVerdict.Passed], result.Tests.Select(test => test.Verdict));
    }

    [Fact]
    public void Grade_ThreadThatCrashesLater_ChangesNoOtherVerdict()
    {
        // The first call leaves a thread that ends the process while a later test is asking.
        ExerciseResult result = Grade("90.3", """
            public static class Mean
            {
                public static double Of(double[] v)
                {
                    if (v.Length == 3) { new Thread(() => { Thread.Sleep(100); Environment.FailFast("late"); }).Start(); }
                    else { Thread.Sleep(400); }
                    double s = 0;
                    foreach (double x in v) { s += x; }
                    return s / v.Length;
                }
            }
            """);

        Assert.Equal(3, result.Points);
    }

    [Fact]
    public void Grade_ObjectsKeepTheirStateAndDoNotShareIt() => Assert.Equal(2, Grade("90.4", FixtureCourse.RightCounter).Points);

    [Fact]
    public void Grade_StaticStateInsteadOfObjects_IsMarkedDown() =>
        Assert.Equal(1, Grade("90.4", "public class Counter { private static int s_n; public int Next() => ++s_n % 3 == 0 ? 1 : s_n; }").Points);

    [Fact]
    public void Grade_ValueThatClaimsToEqualEverything_EarnsNothing() =>
        Assert.Equal(0, Grade("90.3", "public class Any { public override bool Equals(object? o) => true; public override int GetHashCode() => 0; public static implicit operator double(Any a) => 2; } public static class Mean { public static Any Of(double[] v) => new(); }").Points);

    [Fact]
    public void Grade_WhatIsPrinted_IsKeptAndCostsNothing()
    {
        ExerciseResult result = Grade("90.4", "public class Counter { private int _n; public int Next() { System.Console.WriteLine(\"n is \" + _n); System.Console.Error.WriteLine(\"!\"); return ++_n; } }");

        Assert.Equal(2, result.Points);
        Assert.Contains("n is 1", result.Tests[0].Printed, StringComparison.Ordinal);
    }

    private ExerciseResult Grade(string id, string? source) =>
        ExerciseGrader.Grade(fixture.Course, fixture.Exercise(id), source, starter: null, TestSelection.All);
}
