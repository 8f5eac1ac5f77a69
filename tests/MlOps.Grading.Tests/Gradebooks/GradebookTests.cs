using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Gradebooks;

/// <summary>Every expected number is worked out by hand in the comment beside it.</summary>
public class GradebookTests
{
    private const string LatePolicy = """
        weeks: { 12: { due: 2026-11-20T23:59+05:30 } }
        late: { grace: 1h, perDay: 0.10, most: 0.5 }
        extensions: [ { student: carl, week: 12, until: 2026-11-22T23:59+05:30 } ]
        """;

    [Fact]
    public void Make_LateWork_LosesAShareOfWhatItEarned()
    {
        using var sheets = new Sheets();
        SubmissionTimes times = sheets.Times("anna,12,2026-11-21T00:59+05:30", "ben,12,2026-11-23T01:00+05:30", "carl,12,2026-11-23T01:00+05:30", "dora,12,2027-01-01T00:00Z");
        SubmissionResult[] results = [.. new[] { "anna", "ben", "carl", "dora", "emil" }.Select(student => Sheets.Week(student, 12, Sheets.Scored("12.1", 7, 8), Sheets.Without("12.2", 2, ExerciseStatus.Missing)))];

        Gradebook gradebook = Gradebook.Make(results, sheets.Policy(LatePolicy), ManualMarks.None, times);

        Assert.Equal(
            [
                new GradedExercise("anna", 12, "12.1", 7, 8, 0, "graded"), // one hour late, all of it grace
                new GradedExercise("anna", 12, "12.2", 0, 2, 0, "missing"),
                new GradedExercise("ben", 12, "12.1", 4.9, 8, 3, "graded"), // 49 h 1 min late, less 1 h = 48 h 1 min: third day; 7·(1 − 0.3)
                new GradedExercise("ben", 12, "12.2", 0, 2, 0, "missing"), // nothing was handed in, so nothing is late
                new GradedExercise("carl", 12, "12.1", 6.3, 8, 1, "graded"), // due two days later: 1 h 1 min, less 1 h: first day; 7·0.9
                new GradedExercise("carl", 12, "12.2", 0, 2, 0, "missing"),
                new GradedExercise("dora", 12, "12.1", 3.5, 8, 42, "graded"), // 41 d 5 h 31 min late, less 1 h: day 42; the most is a half
                new GradedExercise("dora", 12, "12.2", 0, 2, 0, "missing"),
                new GradedExercise("emil", 12, "12.1", 7, 8, 0, "graded"), // no time known
                new GradedExercise("emil", 12, "12.2", 0, 2, 0, "missing"),
            ],
            gradebook.Entries);
        Assert.Equal((4.9, 10.0, 3), (gradebook.Totals[1].Points, gradebook.Totals[1].Max, gradebook.Totals[1].Weeks[0].DaysLate));
    }

    [Fact]
    public void Make_SumsOfTenths_AreExact()
    {
        ExerciseResult tenths = new("12.1", 1, ExerciseStatus.Graded, [.. Enumerable.Range(0, 10).Select(i => new TestOutcome($"T{i}", $"T{i}", 0.1, TestVerdict.Passed))]);
        SubmissionResult[] results = [Sheets.Week("anna", 12, tenths, Sheets.Scored("12.2", 0.1, 0.1), Sheets.Scored("12.3", 0.2, 0.2))];

        StudentTotal anna = Assert.Single(Gradebook.Make(results, GradingPolicy.None, ManualMarks.None, SubmissionTimes.None).Totals);

        Assert.Equal(1.3, anna.Points); // binary sums give 0.9999999999999999 and 0.30000000000000004
        Assert.Equal(1.3, anna.Max);
    }

    [Fact]
    public void Make_DropLowest_LeavesOutTheLowestShareAndOfEqualsTheEarlierWeek()
    {
        using var sheets = new Sheets();
        SubmissionResult[] results =
        [
            Sheets.Week("anna", 3, Sheets.Scored("3.1", 5, 10)), // 0.5
            Sheets.Week("anna", 1, Sheets.Scored("1.1", 10, 20)), // 0.5, the same share and earlier
            Sheets.Week("anna", 2, Sheets.Scored("2.1", 4, 5)), // 0.8, though 4 is the fewest points
            Sheets.Week("ben", 1, Sheets.Scored("1.1", 20, 20)),
            Sheets.Week("ben", 2, Sheets.Without("2.1", 5, ExerciseStatus.Missing)), // 0
            Sheets.Week("ben", 3, Sheets.Scored("3.1", 9, 10)),
            Sheets.Week("carl", 1, Sheets.Without("1.1", 20, ExerciseStatus.Missing)),
        ];

        IReadOnlyList<StudentTotal> totals = Gradebook.Make(results, sheets.Policy("dropLowest: 1"), ManualMarks.None, SubmissionTimes.None).Totals;

        Assert.Equal(["anna", "ben", "carl"], totals.Select(total => total.Student));
        Assert.Equal((9.0, 15.0), (totals[0].Points, totals[0].Max)); // 4 + 5 of 5 + 10
        Assert.Equal([1], totals[0].Weeks.Where(week => week.Dropped).Select(week => week.Week));
        Assert.Equal([1, 2, 3], totals[0].Weeks.Select(week => week.Week));
        Assert.Equal((29.0, 30.0), (totals[1].Points, totals[1].Max));
        Assert.Equal((0.0, 20.0), (totals[2].Points, totals[2].Max)); // the only week always stays

        StudentTotal most = Gradebook.Make(results, sheets.Policy("dropLowest: 9"), ManualMarks.None, SubmissionTimes.None).Totals[0];
        Assert.Equal((4.0, 5.0), (most.Points, most.Max));
    }

    [Fact]
    public void Make_EveryStatus_HasItsWords()
    {
        SubmissionResult result = Sheets.Week("anna", 12, [.. Enum.GetValues<ExerciseStatus>().Select((status, i) => Sheets.Without($"12.{i}", 1, status))]);

        Assert.Equal(
            ["graded", "not attempted", "missing", "unreadable", "does not compile", "awaits marks"],
            Gradebook.Make([result], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None).Entries.Select(entry => entry.Status));
    }

    [Fact]
    public void Make_NamesNobodyHas_AreNoted()
    {
        using var sheets = new Sheets();

        Gradebook gradebook = Gradebook.Make([Sheets.Week12("anna")], sheets.Policy(LatePolicy), ManualMarks.None, sheets.Times("ana,12,2026-11-21T00:59+05:30"));

        Assert.Equal(["submitted.csv names 'ana', who has no submission.", "The policy extends a deadline for 'carl', who has no submission."], gradebook.Notes);
    }

    [Fact]
    public void Make_TwoResultsOfOneWeek_AreRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("results", () => Gradebook.Make([Sheets.Week12("anna"), Sheets.Week12("anna")], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None));

        Assert.StartsWith("There are 2 results for anna, week 12; one is needed.", error.Message, StringComparison.Ordinal);
    }
}
