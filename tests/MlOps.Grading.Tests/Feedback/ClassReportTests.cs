using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Results;
using MlOps.Grading.Similarity;

namespace MlOps.Grading.Tests.Feedback;

public sealed class ClassReportTests
{
    private static readonly ExerciseWeek Week = Made.Week(12, Made.Exercise("12.1", 2), Made.Exercise("12.2", 2), Made.Exercise("12.3", 6, ExerciseKind.Essay));

    [Fact]
    public void ToHtml_WholeClass_IsOnePageWithChartsTablesAndCautions()
    {
        string html = new ClassReport("Week 12", Class(8)).ToHtml();

        Markup.Check(html);
        Assert.Equal(4, html.Split("<figure").Length - 1); // totals, difficulty, discrimination, statuses
        Assert.Contains("8 submissions from 8 students of 8.", html, StringComparison.Ordinal);
        Assert.Contains("not proof of copying", html, StringComparison.Ordinal);
        Assert.Contains("Solutions were not compared.", html, StringComparison.Ordinal);

        // tanh(artanh 0.3 ± 1.959964 / √5): NumPy gives −0.5132 and 0.8293.
        Assert.Contains("from about −0.51 to 0.83", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ToHtml_FewStudents_SaysThatThereAreTooFew(int students)
    {
        string html = new ClassReport("Week 12", Class(students)).ToHtml();

        Markup.Check(html);
        Assert.Contains("too few for any statement", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Exercises_OneThatWaitsForMarks_IsLeftOut()
    {
        Assert.Equal(["12.1", "12.2"], new ClassReport("Week 12", Class(5)).Exercises.Select(item => item.Exercise));
        Assert.Equal(["12.1", "12.2", "12.3"], new ClassReport("Week 12", Class(5, marked: true)).Exercises.Select(item => item.Exercise));
    }

    [Fact]
    public void Exercises_StudentsWithoutSubmission_DoNotCount()
    {
        StudentGrades absent = new("absent", [new WeekGrade(Week, new SubmissionResult("absent", 12, []))]);

        var report = new ClassReport("Week 12", [.. Class(5), absent, new StudentGrades("never", [])]);

        Assert.Equal(5, report.Exercises[0].Students);
        Assert.Equal(5, report.Totals.Count);
        Assert.Contains("5 submissions from 5 students of 7.", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_MissingAndDroppedWeeks_CountAsDocumented()
    {
        ExerciseWeek other = Made.Week(13, Made.Exercise("13.1", 10));
        WeekGrade full = new(other, new SubmissionResult("s", 13, [Made.Result("13.1", 10, Made.Passed("A", 10))]));
        WeekGrade half = new(Week, new SubmissionResult("s", 12, [Made.Result("12.1", 2, Made.Passed("A", 2))]));

        var report = new ClassReport("All", [new StudentGrades("both", [half, full]), new StudentGrades("one", [full]), new StudentGrades("dropped", [half with { Dropped = true }, full])]);

        Assert.Equal([12.0 / 20, 10.0 / 20, 10.0 / 10], report.Totals);
    }

    [Fact]
    public void ToHtml_WhatNeedsAPerson_IsListedOnce()
    {
        var odd = new SubmissionResult("odd", 12,
        [
            Made.Result("12.1", 2, ExerciseStatus.Unreadable, "It is a link."),
            Made.Result("12.2", 2, ExerciseStatus.DoesNotCompile, "CS1002 is for the student"),
            Made.Result("12.3", 6, ExerciseStatus.AwaitsMarks),
        ])
        {
            Notes = ["Two archives <b>of one name</b>."],
        };

        IReadOnlyList<OpenMatter> matters = OpenMatter.Of(new ClassReport("Week 12", [.. Class(2), new StudentGrades("odd", [new WeekGrade(Week, odd)])]));

        Assert.Equal(
            [("12.3", "Awaits marks.", "s0, s1, odd"), ("week 12", "Two archives <b>of one name</b>.", "odd"), ("12.1", "It is a link.", "odd")],
            matters.Select(matter => (matter.Where, matter.What, string.Join(", ", matter.Students))));
    }

    [Fact]
    public void ToHtml_SimilarPairs_ShowBothSidesAndWhoWasLeftOut()
    {
        const string Code = "double F(double[] a, double b) { double c = 0; foreach (double d in a) { c += d * b; } return c / a.Length; } // <script>";
        SimilarityResult result = CodeSimilarity.Compare([("one", Code), ("two", "\n" + Code), ("<three>", "x")], string.Empty);

        string html = new ClassReport("Week 12", Class(4)) { Similarity = new Dictionary<string, SimilarityResult> { ["12.1"] = result } }.ToHtml();

        Markup.Check(html);
        Assert.Contains("<h4>one and two</h4>", html, StringComparison.Ordinal);
        Assert.Contains("one, line 1<", html, StringComparison.Ordinal);
        Assert.Contains("two, line 2<", html, StringComparison.Ordinal);
        Assert.Contains("beyond starter and common code: &lt;three&gt;.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_HostileNamesAndMessages_AreInert()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\u001b[0m\"'&";
        var submission = new SubmissionResult(Hostile, 12, [Made.Result("12.1", 2, Made.Failed(Hostile, 2, Hostile))]) { Notes = [Hostile] };

        string html = new ClassReport(Hostile, [.. Class(4), new StudentGrades(Hostile, [new WeekGrade(Week, submission)])]).ToHtml();

        Markup.Check(html);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html);
    }

    /// <summary>A share on a bound belongs to the bin above, whatever rounding did to it; 1 belongs to the last bin; marks beyond the maximum do too.</summary>
    [Fact]
    public void Counts_SharesOnTheBounds_GoToTheRightBins() =>
        Assert.Equal([1, 1, 0, 1, 0, 0, 0, 2, 0, 2], ClassFigures.Counts([0, 0.1, 0.3, 0.7, 1 - 0.3, 1, 1.2]));


    [Theory]
    [InlineData(new double[] { 1, 2, 4 }, 2)]
    [InlineData(new double[] { 1, 2, 4, 8 }, 3)]
    [InlineData(new double[] { 5 }, 5)]
    public void Median_SortedValues_IsTheMiddle(double[] sorted, double expected) => Assert.Equal(expected, ClassFigures.Median(sorted));

    [Fact]
    public void Constructor_BadInput_IsRefused()
    {
        Assert.Contains("'s0' is there twice", Assert.Throws<ArgumentException>(() => new ClassReport("x", [Class(1)[0], Class(1)[0]])).Message, StringComparison.Ordinal);
        Assert.Equal("title", Assert.Throws<ArgumentException>(() => new ClassReport(" ", [])).ParamName);
    }

    private static StudentGrades[] Class(int students, bool marked = false) =>
    [
        .. Enumerable.Range(0, students).Select(i => new StudentGrades($"s{i}",
        [
            new WeekGrade(Week, new SubmissionResult($"s{i}", 12,
            [
                Made.Result("12.1", 2, i % 2 == 0 ? Made.Passed("A", 2) : Made.Failed("A", 2)),
                Made.Result("12.2", 2, i % 3 == 0 ? Made.Passed("B", 2) : Made.Failed("B", 2)),
                Made.Result("12.3", 6, ExerciseStatus.AwaitsMarks),
            ]))
            {
                Marks = marked ? [new InstructorMark("12.3", i, "Good.")] : [],
            },
        ])),
    ];
}
