using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Feedback;

public sealed class FeedbackPageTests
{
    private static readonly ExerciseWeek Twelve = Made.Week(12, Made.Exercise("12.1", 2), Made.Exercise("12.2", 4, ExerciseKind.Essay));
    private static readonly ExerciseWeek Thirteen = Made.Week(13, Made.Exercise("13.1", 3));

    [Fact]
    public void Write_AllWeeks_ShowsResultsAndWhatToReadAgain()
    {
        string html = FeedbackPage.ToHtml(new StudentGrades("student-01", [Week12(), Week13()]), "Course");

        Markup.Check(html);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("Feedback for student-01", html, StringComparison.Ordinal);
        Assert.Contains("6.5 of 9 points in 2 weeks", html, StringComparison.Ordinal); // (2 + 3 − 1.5) + 3 of (2 + 4) + 3
        Assert.Contains("“Drift by hand” in the notebook of week 12", html, StringComparison.Ordinal);
        Assert.Contains("Measure <code>drift</code>.", html, StringComparison.Ordinal);
        Assert.Contains("Return the <em>index</em>.", html, StringComparison.Ordinal);
        Assert.Contains("Handed in 2 days late: 1.5 points taken off 5.", html, StringComparison.Ordinal);
        Assert.Contains("<p>Say who is told.</p>\n<p>And when.</p>", html, StringComparison.Ordinal);
        Assert.Contains("2 of 2</td><td>Plausible.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HeldBackTests_SaysOnlyWhatIsMeantForStudents()
    {
        var submission = new SubmissionResult("s", 13, [Made.Result("13.1", 3, Made.HeldBack("Think of ties.", 2, TestVerdict.Failed), Made.HeldBack("Think of gaps.", 1, TestVerdict.Passed))])
        {
            Notes = ["SECRET note for the instructor"],
        };
        string html = FeedbackPage.ToHtml(new StudentGrades("s", [new WeekGrade(Thirteen, submission)]));

        Assert.Contains("Think of ties.", html, StringComparison.Ordinal);
        Assert.Contains("Think of gaps.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Write_HintsAndRubricOfOthers_AreNotShown()
    {
        string html = FeedbackPage.ToHtml(new StudentGrades("s", [Week13()]));

        Assert.DoesNotContain("pseudo-count", html, StringComparison.Ordinal); // hints are opened one at a time, not by handing in
    }

    [Fact]
    public void Write_HostileNames_AreInert()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\u001b[0m\"'";
        var week = new ExerciseWeek(13, Hostile, "/x", [Made.Exercise("13.1", 3) with { Title = Hostile, Section = Hostile, Statement = Hostile, Objective = Hostile }]);
        var grade = new WeekGrade(week, new SubmissionResult(Hostile, 13, [Made.Result("13.1", 3, ExerciseStatus.Unreadable, Hostile)]))
        {
            Marks = [new InstructorMark("13.1", 1, Hostile) { Criteria = [new CriterionMark(Hostile, 1, 1, Hostile)] }],
        };

        string html = FeedbackPage.ToHtml(new StudentGrades(Hostile, [grade]), Hostile);

        Markup.Check(html);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html);
    }

    [Fact]
    public void Write_EssayWithoutMarks_SaysThatItWaits()
    {
        string html = FeedbackPage.ToHtml(new StudentGrades("s", [Week12() with { Marks = [] }]));

        Assert.Contains("An essay still waits for marks.", html, StringComparison.Ordinal);
        Assert.Contains("up to 4 points", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EssayMarkedInPart_StillWaitsAndShowsWhatThereIs()
    {
        var mark = new InstructorMark("12.2", 2, string.Empty) { Complete = false, Criteria = [new CriterionMark("Cause", 2, 2), new CriterionMark("Plan", null, 2)] };
        WeekGrade week = Week12() with { Marks = [mark], Penalty = 0 };

        string html = FeedbackPage.ToHtml(new StudentGrades("s", [week]));

        Assert.Equal(4, week.Points); // 2 from tests, 2 so far
        Assert.True(week.AwaitsMarks(Twelve.Exercises[1]));
        Assert.Contains("– of 2</td>", html, StringComparison.Ordinal);
        Assert.Contains("still waits", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoWeek_SaysSo() => Assert.Contains("No week is graded yet.", FeedbackPage.ToHtml(new StudentGrades("s", [])), StringComparison.Ordinal);

    [Fact]
    public void Points_DroppedWeekAndLargePenalty_CountAsTheySay()
    {
        WeekGrade dropped = Week12() with { Dropped = true };
        WeekGrade late = Week13() with { Penalty = 10 };
        var grades = new StudentGrades("s", [dropped, late]);

        Assert.Equal((0, 3), (grades.Points, grades.Max)); // week 13 cannot fall below 0; week 12 is left out
        Assert.Contains("does not count towards the total", FeedbackPage.ToHtml(grades), StringComparison.Ordinal);
    }

    [Fact]
    public void WeekGrade_ExerciseWithoutResult_IsMissing()
    {
        var grade = new WeekGrade(Twelve, new SubmissionResult("s", 12, [Made.Result("12.1", 2, ExerciseStatus.NotAttempted)]));

        Assert.Equal(ExerciseStatus.Missing, grade.ResultOf(Twelve.Exercises[1]).Status);
        Assert.True(grade.HandedIn);
        Assert.False(new WeekGrade(Twelve, new SubmissionResult("s", 12, [])).HandedIn);
    }

    [Fact]
    public void WeekGrade_WhatDoesNotFit_IsRefused()
    {
        Assert.Contains("is for week 13; week 12", Assert.Throws<ArgumentException>(() => new WeekGrade(Twelve, new SubmissionResult("s", 13, []))).Message, StringComparison.Ordinal);
        Assert.Contains("exercise 9.9", Assert.Throws<ArgumentException>(() => new WeekGrade(Twelve, new SubmissionResult("s", 12, [Made.Result("9.9", 1)]))).Message, StringComparison.Ordinal);
        Assert.Equal("Penalty", Assert.Throws<ArgumentOutOfRangeException>(() => Week12() with { Penalty = -1 }).ParamName);
        Assert.Equal("LateDays", Assert.Throws<ArgumentOutOfRangeException>(() => Week12() with { LateDays = double.NaN }).ParamName);
    }

    private static WeekGrade Week12() => new(Twelve, new SubmissionResult("student-01", 12, [Made.Result("12.1", 2, Made.Passed("A", 2)), Made.Result("12.2", 4, ExerciseStatus.AwaitsMarks)]))
    {
        LateDays = 2,
        Penalty = 1.5,
        Marks = [new InstructorMark("12.2", 3, "Say who is told.\n\nAnd when.") { Criteria = [new CriterionMark("Cause", 2, 2, "Plausible.")] }],
    };

    private static WeekGrade Week13() => new(Thirteen, new SubmissionResult("student-01", 13, [Made.Result("13.1", 3, Made.Passed("A", 3))]));
}
