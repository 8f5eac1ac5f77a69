using System.Text;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Gradebooks;

public class ManualMarksTests
{
    private const string Header = "student,week,exercise,criterion,max,points,comment\n";
    private const string First = "anna,12,12.7,\"Names a cause, and says why\",3,,\n";
    private const string Second = "anna,12,12.7,Weighs two answers,2,,\n";

    [Fact]
    public void Update_NoFileYet_WritesOneRowForEachRubricRow()
    {
        using var sheets = new Sheets();

        ManualMarks marks = sheets.Marks(Sheets.Week12("=ben"), Sheets.Week12("anna"));

        Assert.Equal(Header + First.Replace("anna", "'=ben", StringComparison.Ordinal) + Second.Replace("anna", "'=ben", StringComparison.Ordinal) + First + Second, sheets.Read("manual.csv")); // '=' (61) comes before 'a'
        Assert.Equal(2, marks.For("=ben", 12, "12.7").Count);
        Assert.Equal(("awaits marks", 0.0), Entry(marks, "anna"));
    }

    [Fact]
    public void Update_NothingAwaitsMarks_WritesNoFile()
    {
        using var sheets = new Sheets();

        sheets.Marks(Sheets.Week("anna", 12, Sheets.Scored("12.3", 4, 4)));

        Assert.False(File.Exists(sheets.At("manual.csv")));
    }

    [Fact]
    public void Update_MarksFilledIn_EnterTheGradebook()
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header + "anna,12,12.7,\"Names a cause, and says why\",3,2.5,\"Good, but\nshort\"\n" + Second);
        Assert.Equal(("awaits marks", 2.5), Entry(sheets.Marks(Sheets.Week12("anna")), "anna"));

        sheets.Write("manual.csv", Header + "anna,12,12.7,\"Names a cause, and says why\",3,2.5,\n" + "anna,12,12.7,Weighs two answers,2, 1 ,\n");
        ManualMarks marks = sheets.Marks(Sheets.Week12("anna"));
        Assert.Equal(("graded", 3.5), Entry(marks, "anna"));

        // Late by one day at 10 %: 3.5 · 0.9 = 3.15.
        GradingPolicy policy = sheets.Policy("weeks: { 12: { due: 2026-11-20T23:59Z } }\nlate: { perDay: 0.1 }");
        Gradebook late = Gradebook.Make([Sheets.Week12("anna")], policy, marks, sheets.Times("anna,12,2026-11-21T10:00Z"));
        Assert.Equal([3.6, 3.15], late.Entries.Select(entry => entry.Points));
    }

    [Fact]
    public void Update_ARow_OfAStar_SetsThePointsWithoutPenalty()
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header + "anna,12,12.3,*,,1.5,copied\nben,12,12.7,*,5,5,oral exam\ncarl,12,12.3,*,,,\n");
        SubmissionResult[] results = [Sheets.Week12("anna"), Sheets.Week12("ben"), Sheets.Week12("carl"), Sheets.Week("dora", 12, Sheets.Without("12.3", 4, ExerciseStatus.Missing))];
        GradingPolicy policy = sheets.Policy("weeks: { 12: { due: 2026-11-20T23:59Z } }\nlate: { perDay: 0.1 }");

        Gradebook gradebook = Gradebook.Make(results, policy, sheets.Marks(results), sheets.Times("anna,12,2026-11-21T10:00Z", "ben,12,2026-11-21T10:00Z"));

        Assert.Equal(
            [("anna", "12.3", 1.5, 1, "graded"), ("anna", "12.7", 0.0, 1, "awaits marks"), ("ben", "12.3", 3.6, 1, "graded"), ("ben", "12.7", 5.0, 1, "graded"), ("carl", "12.3", 4.0, 0, "graded"), ("carl", "12.7", 0.0, 0, "awaits marks"), ("dora", "12.3", 0.0, 0, "missing")],
            gradebook.Entries.Select(entry => (entry.Student, entry.Exercise, entry.Points, entry.DaysLate, entry.Status)));
        Assert.Contains("carl,12,12.3,*,,,\n", sheets.Read("manual.csv"), StringComparison.Ordinal); // a regrade someone began
    }

    [Fact]
    public void Update_RunAgain_ChangesNothing()
    {
        using var sheets = new Sheets();
        sheets.Marks(Sheets.Week12("anna"), Sheets.Week12("-ben"));
        byte[] before = File.ReadAllBytes(sheets.At("manual.csv"));
        File.SetLastWriteTimeUtc(sheets.At("manual.csv"), DateTime.UnixEpoch);

        sheets.Marks(Sheets.Week12("anna"), Sheets.Week12("-ben"));

        Assert.Equal(before, File.ReadAllBytes(sheets.At("manual.csv")));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(sheets.At("manual.csv"))); // not even written
    }

    [Fact]
    public void Update_FilledInRows_StayAsTheyWereWritten()
    {
        using var sheets = new Sheets();
        string gone = "\"zoe\",12,12.7,Weighs two answers,2,2.00,\"  =odd, \"\"quoted\"\"\r\ncomment\"\n";
        string old = "anna,12,12.7,An old criterion,4,4,- keep me\n";
        string comment = "anna,12,12.7,Another old one,4,,only a comment\n";
        sheets.Write("manual.csv", "\uFEFF" + (Header + gone + old + comment).Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\r\r\n", "\r\n", StringComparison.Ordinal) + ",,,,,,\r\n");

        ManualMarks marks = sheets.Marks(Sheets.Week12("anna"));

        Assert.Equal(Header + gone + old + comment + First + Second, sheets.Read("manual.csv"));
        Assert.Equal(("awaits marks", 0.0), Entry(marks, "anna")); // the old criterion does not count
        Assert.StartsWith("manual.csv: the points of anna for 12.7, 'An old criterion', do not count", Assert.Single(marks.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_BlankRowsThatNobodyNeeds_GoAndThoseOfOtherWeeksStay()
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header + "anna,12,12.7,An old criterion,4,,\n" + "anna,3,3.9,Of another week,4,,\n" + First + "zoe,12,12.7,Weighs two answers,2,,\n");

        sheets.Marks(Sheets.Week12("anna"));

        Assert.Equal(Header + "anna,3,3.9,Of another week,4,,\n" + First + "zoe,12,12.7,Weighs two answers,2,,\n" + Second, sheets.Read("manual.csv"));
    }

    [Theory]
    [InlineData("anna,12,12.7,Weighs two answers,2,2.5,\n", "manual.csv, line 3: 2.5 points for anna, 12.7, are more than the most, 2.")]
    [InlineData("anna,12,12.7,Weighs two answers,9,2.5,\n", "manual.csv, line 3: 2.5 points for anna, 12.7, are more than the most, 2.")]
    [InlineData("anna,12,12.3,*,,4.5,\n", "manual.csv, line 3: 4.5 points for anna, 12.3, are more than the most, 4.")]
    [InlineData("zoe,3,3.1,x,2,3,\n", "manual.csv, line 3: 3 points for zoe, 3.1, are more than the most, 2.")]
    [InlineData("anna,12,12.7,Weighs two answers,2,two,\n", "manual.csv, line 3: points 'two' must be a number from 0, with a point for fractions, such as 2.5.")]
    [InlineData("anna,12,12.7,Weighs two answers,2,\"1,5\",\n", "manual.csv, line 3: points '1,5' must be")]
    [InlineData("anna,12,12.7,Weighs two answers,2,-1,\n", "manual.csv, line 3: points '-1' must be")]
    [InlineData("anna,12,12.7,Weighs two answers,2,NaN,\n", "manual.csv, line 3: points 'NaN' must be")]
    [InlineData("anna,12,12.7,Weighs two answers,2,1e400,\n", "manual.csv, line 3: points '1e400' must be")]
    [InlineData("anna,12,12.7,Weighs two answers,two,1,\n", "manual.csv, line 3: max 'two' must be")]
    [InlineData("anna,twelve,12.7,Weighs two answers,2,1,\n", "manual.csv, line 3: the week 'twelve' is not a number.")]
    [InlineData("anna,12,12.7,Weighs two answers,2,1,good, but short\n", "manual.csv, line 3: there are 8 fields; 7 are needed")]
    [InlineData("ben,12,12.7,\"a\nb\",3,,\nben,12,12.7,\"a\nb\",3,1,\n", "manual.csv, lines 3 and 5: these rows are for the same student, exercise and criterion. Keep one.")]
    public void Update_ARowThatIsWrong_IsNamedAndTheFileIsUnchanged(string row, string message)
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header + First + row);

        Assert.StartsWith(message, sheets.Refused(Sheets.Week12("anna"), Sheets.Week12("carl")), StringComparison.Ordinal);
        Assert.Equal(Header + First + row, sheets.Read("manual.csv"));
    }

    [Fact]
    public void Update_FileOfAnotherKind_SaysWhatIsNeeded()
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header.Replace(',', ';'));
        Assert.Contains("line 1: the columns must be student,week,exercise,criterion,max,points,comment, with commas", sheets.Refused(Sheets.Week12("anna")), StringComparison.Ordinal);

        File.WriteAllBytes(sheets.At("manual.csv"), [.. Encoding.ASCII.GetBytes(Header), .. Encoding.Latin1.GetBytes("Zoë,12,12.7,x,1,1,\n")]);
        Assert.Contains("is not UTF-8", sheets.Refused(Sheets.Week12("anna")), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_NoRubric_AsksForTheWholeExercise()
    {
        using var sheets = new Sheets();
        SubmissionResult result = Sheets.Week("anna", 12, new ExerciseResult("12.8", 5, ExerciseStatus.AwaitsMarks, [new TestOutcome("A", "A", 1, TestVerdict.Passed)]));

        sheets.Marks(result);
        Assert.Equal(Header + "anna,12,12.8,The whole exercise,4,,\n", sheets.Read("manual.csv")); // 5, of which a test gives 1

        sheets.Write("manual.csv", Header + "anna,12,12.8,The whole exercise,4,3,\n");
        GradedExercise entry = Gradebook.Make([result], GradingPolicy.None, sheets.Marks(result), SubmissionTimes.None).Entries[0];
        Assert.Equal((4.0, "graded"), (entry.Points, entry.Status));
    }

    [Fact]
    public void WriteJson_Marks_AreInIt()
    {
        using var sheets = new Sheets();
        sheets.Write("manual.csv", Header + "anna,12,12.7,Weighs two answers,2,1.5,well done\n");
        SubmissionResult[] results = [Sheets.Week12("anna")];

        Gradebook.Make(results, GradingPolicy.None, sheets.Marks(results), SubmissionTimes.None).WriteJson(sheets.At("g.json"));

        Assert.Contains("\"comment\": \"well done\"", sheets.Read("g.json"), StringComparison.Ordinal);
    }

    private static (string Status, double Points) Entry(ManualMarks marks, string student)
    {
        GradedExercise entry = Gradebook.Make([Sheets.Week12(student)], GradingPolicy.None, marks, SubmissionTimes.None).Entries[1];
        return (entry.Status, entry.Points);
    }
}
