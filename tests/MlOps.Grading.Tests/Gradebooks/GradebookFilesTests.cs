using System.Text.Json;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Gradebooks;

public class GradebookFilesTests
{
    [Fact]
    public void WriteCsv_PlainResults_IsExactlyThisText()
    {
        using var sheets = new Sheets();
        Small("ben", "anna").WriteCsv(sheets.At("gradebook.csv"));

        Assert.Equal(
            "student,week,exercise,points,max,late,status\n"
            + "anna,1,1.10,2.5,4,0,graded\nanna,12,12.1,7,8,0,graded\nanna,12,12.2,0,2,0,does not compile\n"
            + "ben,1,1.10,2.5,4,0,graded\nben,12,12.1,7,8,0,graded\nben,12,12.2,0,2,0,does not compile\n",
            sheets.Read("gradebook.csv"));
        Assert.Equal((byte)'s', File.ReadAllBytes(sheets.At("gradebook.csv"))[0]); // no byte order mark
    }

    // Quotes by RFC 4180, section 2, rules 5 to 7; the apostrophe as the class says.
    [Theory]
    [InlineData("Muster, Anna", "\"Muster, Anna\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-anna", "'-anna")]
    [InlineData("@anna", "'@anna")]
    [InlineData("\tanna", "'\tanna")]
    [InlineData("\ranna", "\"'\ranna\"")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData("'=a", "''=a")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("'t", "'t")]
    [InlineData("Zoë 🙂", "Zoë 🙂")]
    public void WriteCsv_HostileNames_AreQuotedAndNoFormulas(string student, string cell)
    {
        using var sheets = new Sheets();
        Gradebook.Make([Sheets.Week(student, 1, Sheets.Scored("1.1", 1, 1))], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None).WriteCsv(sheets.At("g.csv"));

        Assert.Equal($"student,week,exercise,points,max,late,status\n{cell},1,1.1,1,1,0,graded\n", sheets.Read("g.csv"));
        CsvRecord row = CsvText.Read(sheets.Read("g.csv"), "g.csv")[1];
        Assert.Equal(student, CsvText.Unguarded(row.Fields[0]));
    }

    [Fact]
    public void WriteCsv_TwoRuns_AreByteForByteEqual()
    {
        using var sheets = new Sheets();
        foreach (string run in new[] { "1", "2" })
        {
            Gradebook gradebook = run == "1" ? Small("ben", "anna") : Small("anna", "ben");
            gradebook.WriteCsv(sheets.At(run + "/g.csv"));
            gradebook.WriteJson(sheets.At(run + "/g.json"));
            gradebook.WriteCanvasCsv(sheets.At(run + "/c.csv"));
            gradebook.WriteMoodleCsv(sheets.At(run + "/m.csv"));
        }

        foreach (string name in new[] { "g.csv", "g.json", "c.csv", "m.csv" })
        {
            Assert.Equal(File.ReadAllBytes(sheets.At("1/" + name)), File.ReadAllBytes(sheets.At("2/" + name)));
        }

        Assert.Equal(4, Directory.GetFiles(sheets.At("1")).Length); // nothing is left beside them
    }

    [Fact]
    public void WriteCanvasCsv_TwoWeeks_HasThePointsRowAndOneColumnAWeek()
    {
        using var sheets = new Sheets();
        SubmissionResult alone = Sheets.Week("=x", 12, Sheets.Scored("12.1", 1, 8), Sheets.Scored("12.2", 1, 2));
        SubmissionResult pose = Sheets.Week("Points Possible", 12, Sheets.Scored("12.1", 8, 8), Sheets.Scored("12.2", 2, 2));
        GradingPolicy policy = sheets.Policy("weeks: { 12: { title: 'Drift, (4711)' } }");

        Gradebook.Make([.. Results("anna"), alone, pose], policy, ManualMarks.None, SubmissionTimes.None).WriteCanvasCsv(sheets.At("canvas.csv"));

        Assert.Equal(
            "Student,ID,SIS User ID,SIS Login ID,Section,Week 1,\"Drift, (4711)\"\n"
            + "    Points Possible,,,,,4,10\n"
            + "'=x,,,'=x,,,2\n"
            + ",,,Points Possible,,,10\n"
            + "anna,,,anna,,2.5,7\n",
            sheets.Read("canvas.csv"));
    }

    [Fact]
    public void WriteMoodleCsv_TwoWeeks_HasOneColumnAWeek()
    {
        using var sheets = new Sheets();
        Small("anna@example.org").WriteMoodleCsv(sheets.At("moodle.csv"));

        Assert.Equal("Username,Week 1,Week 12\nanna@example.org,2.5,7\n", sheets.Read("moodle.csv"));
    }

    [Fact]
    public void WriteJson_Everything_IsThereAndReadable()
    {
        using var sheets = new Sheets();
        SubmissionResult result = Sheets.Week("Zoë </script>", 12, Sheets.Scored("12.1", 7, 8) with { Problems = ["a\nb"] }) with { Notes = ["two archives"] };
        Gradebook.Make([result], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None).WriteJson(sheets.At("g.json"));

        string text = sheets.Read("g.json");
        Assert.Contains("\"Zoë \\u003C/script\\u003E\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(text);
        JsonElement student = json.RootElement.GetProperty("students")[0];
        JsonElement week = student.GetProperty("weeks")[0];
        JsonElement exercise = week.GetProperty("exercises")[0];
        JsonElement failed = exercise.GetProperty("tests")[1];
        Assert.Equal(7, student.GetProperty("points").GetDouble());
        Assert.Equal("two archives", week.GetProperty("notes")[0].GetString());
        Assert.Equal(("12.1", "graded", "a\nb"), (exercise.GetProperty("exercise").GetString(), exercise.GetProperty("status").GetString(), exercise.GetProperty("problems")[0].GetString()));
        Assert.Equal(("C_D", "failed", "expected 1, got 2", 0.0), (failed.GetProperty("name").GetString(), failed.GetProperty("verdict").GetString(), failed.GetProperty("message").GetString(), failed.GetProperty("earned").GetDouble()));
    }

    [Fact]
    public void WriteJson_HalfASurrogatePair_IsReplaced()
    {
        using var sheets = new Sheets();
        SubmissionResult result = Sheets.Week("anna", 12, new ExerciseResult("12.1", 1, ExerciseStatus.Graded, [new TestOutcome("A", "A", 1, TestVerdict.Passed) { Printed = "x\uD83D" }]));
        Gradebook.Make([result], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None).WriteJson(sheets.At("g.json"));

        Assert.Contains("x\uFFFD", JsonDocument.Parse(sheets.Read("g.json")).RootElement.GetProperty("students")[0].GetProperty("weeks")[0].GetProperty("exercises")[0].GetProperty("tests")[0].GetProperty("printed").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteCsv_WhereItCannotBeWritten_SaysSoAndLeavesEverythingAsItWas()
    {
        using var sheets = new Sheets();
        sheets.Write("file", "old");
        Directory.CreateDirectory(sheets.At("taken/inside"));

        string below = Assert.Throws<IOException>(() => Small("anna").WriteCsv(sheets.At("file/gradebook.csv"))).Message;
        string taken = Assert.Throws<IOException>(() => Small("anna").WriteCsv(sheets.At("taken"))).Message;

        Assert.StartsWith(sheets.At("file/gradebook.csv") + " could not be written: ", below, StringComparison.Ordinal);
        Assert.EndsWith("What was there before is unchanged.", taken, StringComparison.Ordinal);
        Assert.Equal("old", sheets.Read("file"));
        Assert.True(Directory.Exists(sheets.At("taken/inside")));
        Assert.Equal(2, Directory.GetFileSystemEntries(sheets.Folder).Length); // no half-written file stays
    }

    [Fact]
    public void AtomicFile_WhatAKilledRunLeft_IsOverwritten()
    {
        using var sheets = new Sheets();
        sheets.Write(".gradebook.csv.tmp", new string('x', 10_000));
        Small("anna").WriteCsv(sheets.At("gradebook.csv"));

        Assert.Equal(4, sheets.Read("gradebook.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single(Directory.GetFiles(sheets.Folder));
    }

    [Fact]
    public void CsvRead_EveryShape_KeepsFieldsLinesAndRawText()
    {
        List<CsvRecord> rows = CsvText.Read("a,\"b\r\nc\",\"\"\"\"\r\n\nd,,\n\"x\",y", "f.csv");

        Assert.Equal([["a", "b\r\nc", "\""], [""], ["d", "", ""], ["x", "y"]], rows.Select(row => row.Fields));
        Assert.Equal([1, 3, 4, 5], rows.Select(row => row.Line));
        Assert.Equal(["a,\"b\r\nc\",\"\"\"\"", "", "d,,", "\"x\",y"], rows.Select(row => row.Raw));
        Assert.Equal("f.csv, line 2: a quote opens and never closes.", Assert.Throws<InvalidDataException>(() => CsvText.Read("a\n\"b\nc", "f.csv")).Message);
        Assert.Equal("f.csv, line 1: after a closing quote comes 'x', not a comma or the end of the line.", Assert.Throws<InvalidDataException>(() => CsvText.Read("\"a\"x", "f.csv")).Message);
    }

    [Fact]
    public void CsvText_RandomTexts_ComeBackAsTheyWere()
    {
        const string Letters = "'=+-@\t\r\n\", ab\u00EB";
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            string[] cells = [.. Enumerable.Range(0, 3).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)])))];

            CsvRecord record = Assert.Single(CsvText.Read(CsvText.Line(cells.Select(CsvText.Text)), "f.csv"));

            Assert.Equal(cells, record.Fields.Select(CsvText.Unguarded));
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(2.50, "2.5")]
    [InlineData(1234.5, "1234.5")]
    [InlineData(0.3333, "0.3333")]
    [InlineData(100, "100")]
    public void CsvNumber_Points_HaveAPointAndNoTrailingZeros(double value, string text) => Assert.Equal(text, CsvText.Number(value));

    private static Gradebook Small(params string[] students) => Gradebook.Make(students.SelectMany(Results), GradingPolicy.None, ManualMarks.None, SubmissionTimes.None);

    private static SubmissionResult[] Results(string student) =>
        [Sheets.Week(student, 12, Sheets.Scored("12.1", 7, 8), Sheets.Without("12.2", 2, ExerciseStatus.DoesNotCompile)), Sheets.Week(student, 1, Sheets.Scored("1.10", 2.5, 4))];
}
