using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Feedback;

public sealed class CheckReportTests
{
    [Fact]
    public void ToString_PassedAndFailed_SaysWhatWasTriedWhatCameAndWhatWasExpected()
    {
        TestOutcome failed = Made.Failed("Empty bin stays finite", 2, "The result is infinite.") with
        {
            Calls = [new CallRecord("Psi([1], [1])", "0"), new CallRecord("Psi([0, 2], [2, 0])", "∞")],
            Actual = "1.5",
            Expected = "4.09",
            Printed = "p = 0\nq = 1\n",
        };
        var report = new CheckReport([new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.Passed("Equal shares give zero", 1), failed))]);

        Assert.Equal(
            """
            12.3 · Task 12.3 · 1 of 3 points
              ✓ Equal shares give zero (1 point)
              ✗ Empty bin stays finite (0 of 2 points)
                  The result is infinite.
                  tried     Psi([1], [1]) → 0
                            Psi([0, 2], [2, 0]) → ∞
                  came      1.5
                  expected  4.09
                  printed   p = 0
                            q = 1
              2 more points are decided by tests on grading.
              3 hints left: ./mlops check 12.3 --hint
            """.ReplaceLineEndings("\n"), report.ToString());
        Assert.Equal(
            [LineRole.Heading, LineRole.Good, LineRole.Bad, LineRole.Plain, .. Enumerable.Repeat(LineRole.Muted, 7), LineRole.Hint],
            report.ToLines().Select(line => line.Role));
    }

    [Fact]
    public void ToString_ValueThatTheLastCallShowed_IsNotRepeated()
    {
        TestOutcome failed = Made.Failed("A", 1) with { Calls = [new CallRecord("F()", "7")], Actual = "7", Expected = "8" };

        string text = new CheckReport([new CheckedExercise(Made.Exercise("1.1"), Made.Result("1.1", 1, failed))]).ToString();

        Assert.DoesNotContain("came", text, StringComparison.Ordinal);
        Assert.Contains("expected  8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_SeveralExercises_AddUpToOneLine()
    {
        var report = new CheckReport(
        [
            new CheckedExercise(Made.Exercise("1.1", 3), Made.Result("1.1", 3, Made.Passed("A", 2))),
            new CheckedExercise(Made.Exercise("1.2", 4), Made.Result("1.2", 4, ExerciseStatus.Missing)),
            new CheckedExercise(Made.Exercise("1.3", 6, ExerciseKind.Essay), Made.Result("1.3", 6, ExerciseStatus.AwaitsMarks)),
        ]);

        Assert.Equal((2, 6), (report.Points, report.PointsShown)); // 2 of 2 in tests, 0 of 4 missing; 1 held back and 6 of the essay come later
        Assert.EndsWith("\n\nTogether: 2 of 6 points; 7 more when graded.", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("1.3 · Task 1.3 · up to 6 points", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestVerdict.Passed)]
    [InlineData(TestVerdict.Failed)]
    [InlineData(TestVerdict.Error)]
    [InlineData(TestVerdict.TimedOut)]
    [InlineData(TestVerdict.Ended)]
    [InlineData(TestVerdict.NotRun)]
    public void Outputs_HeldBackTest_SayOnlyWhatIsMeantForStudents(TestVerdict verdict)
    {
        var report = new CheckReport([new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.HeldBack("Think of ties.", 5, verdict)))]);

        foreach (string text in report.ToMimeBundle().Values)
        {
            Assert.Contains("Think of ties.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Outputs_WhatStudentsCodeSays_IsInert()
    {
        const string Hostile = "<script>alert('1')</script>\u001b[31m\u202E\0";
        TestOutcome failed = Made.Failed(Hostile, 1, Hostile) with
        {
            Calls = [new CallRecord(Hostile, Hostile)],
            Actual = Hostile + "a",
            Expected = Hostile,
            Printed = Hostile,
        };
        ExerciseResult result = Made.Result("1.1", 1, failed) with { Problems = [Hostile] };
        IReadOnlyDictionary<string, string> bundle = new CheckReport([new CheckedExercise(Made.Exercise("1.1"), result)]).ToMimeBundle();

        Assert.Equal(["text/html", "text/plain"], bundle.Keys.Order());
        Markup.Check(bundle["text/html"]);
        Assert.All(bundle.Values, text => Assert.DoesNotContain(text, c => c is '\u001b' or '\u202e' or '\0'));
    }

    [Fact]
    public void ToString_DoesNotCompile_ListsTheProblems()
    {
        ExerciseResult result = Made.Result("12.3", 5, ExerciseStatus.DoesNotCompile, "12.3-task.cs, line 14: a ; is missing (CS1002).");

        Assert.Equal(
            """
            12.3 · Task 12.3 · 0 of 5 points
              The code does not compile, so no test could run:
              ✗ 12.3-task.cs, line 14: a ; is missing (CS1002).
              3 hints left: ./mlops check 12.3 --hint
            """.ReplaceLineEndings("\n"), new CheckReport([new CheckedExercise(Made.Exercise("12.3"), result)]).ToString());
    }

    [Fact]
    public void Outputs_NotAttempted_PointToFileAndStatement()
    {
        var report = new CheckReport([new CheckedExercise(Made.Exercise("3.1"), Made.Result("3.1", 5, ExerciseStatus.NotAttempted))]);

        Assert.Contains("Not attempted yet. Open exercises/week03/3.1-task.cs", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Return the *index*.", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Return the <em>index</em>.", report.ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false, 0, "3 hints left")]
    [InlineData(1, true, 1, "2 hints left")]
    [InlineData(2, true, 2, "1 hint left")]
    [InlineData(3, true, 3, null)]
    [InlineData(9, true, 3, null)]
    [InlineData(2, false, 0, "1 hint left")]
    [InlineData(3, false, 0, "All hints are open; to read them again")]
    public void ToString_HintsOpened_AreShownWhenAsked(int opened, bool asked, int shown, string? left)
    {
        var item = new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.Failed("A", 5)), opened);
        string text = new CheckReport([item], new CheckOptions { ShowHints = asked }).ToString();

        Assert.Equal(shown, text.Split("Hint ").Length - 1);
        Assert.Equal(left is null ? [] : [$"  {left}: ./mlops check 12.3 --hint"], text.Split('\n').Where(line => line.Contains("--hint", StringComparison.Ordinal)));
    }

    [Fact]
    public void ToString_EverythingPassed_OffersNoHint()
    {
        var item = new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.Passed("A", 5)));

        Assert.DoesNotContain("hint", new CheckReport([item]).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ToMimeBundle_OwnHintCommand_IsUsed()
    {
        var item = new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.Failed("A", 5)), 1);
        string html = new CheckReport([item], new CheckOptions { ShowHints = true, HintCommand = "Check(\"{0}\", hint: true)" }).ToMimeBundle()["text/html"];

        Assert.Contains("<code>Check(&quot;12.3&quot;, hint: true)</code>", html, StringComparison.Ordinal);
        Assert.Contains("Hint 1 of 3.</b> Look at the shares.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToLines_LongMessage_IsWrappedAndIndented()
    {
        string message = string.Join(' ', Enumerable.Repeat("words", 40));
        var item = new CheckedExercise(Made.Exercise("12.3"), Made.Result("12.3", 5, Made.Failed("A", 5, message)));

        ReportLine[] lines = [.. new CheckReport([item], new CheckOptions { Width = 60 }).ToLines().Where(line => line.Text.Contains("words", StringComparison.Ordinal))];

        Assert.True(lines.Length > 3);
        Assert.All(lines, line => Assert.True(line.Text.Length <= 60 && line.Text.StartsWith("      words", StringComparison.Ordinal)));
        Assert.Equal(40, lines.Sum(line => line.Text.Split("words").Length - 1));
    }

    [Fact]
    public void ToString_NoMessage_SaysInGeneralWhatHappened()
    {
        string[] texts = [.. new[] { TestVerdict.Failed, TestVerdict.Error, TestVerdict.TimedOut, TestVerdict.Ended }
            .Select(verdict => new CheckReport([new CheckedExercise(Made.Exercise("1.1"), Made.Result("1.1", 5, Made.Failed("A", 5, null, verdict)))]).ToLines()[2].Text)];

        Assert.Equal(4, texts.Distinct().Count());
        Assert.All(texts, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_TestThatDidNotRun_IsNotMarkedAsFailed() => Assert.Contains(
        "  – A (0 of 5 points)",
        new CheckReport([new CheckedExercise(Made.Exercise("1.1"), Made.Result("1.1", 5, Made.Failed("A", 5, null, TestVerdict.NotRun)))]).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Outputs_NoExercise_SaySo() =>
        Assert.All(new CheckReport([]).ToMimeBundle().Values, text => Assert.Contains("no exercise to check", text, StringComparison.Ordinal));

    [Fact]
    public void CheckedExercise_ResultOfAnother_IsRefused()
    {
        Assert.Equal("result", Assert.Throws<ArgumentException>(() => new CheckedExercise(Made.Exercise("1.1"), Made.Result("1.2", 5))).ParamName);
        Assert.Equal("hintsOpened", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckedExercise(Made.Exercise("1.1"), Made.Result("1.1", 5), -1)).ParamName);
        Assert.Equal("Width", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckOptions { Width = 10 }.ToString()).ParamName);
    }
}
