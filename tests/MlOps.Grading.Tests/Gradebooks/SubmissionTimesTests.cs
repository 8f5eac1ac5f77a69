using MlOps.Grading.Gradebooks;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Gradebooks;

public class SubmissionTimesTests
{
    [Fact]
    public void Find_ListAndFiles_TheListWins()
    {
        using var sheets = new Sheets();
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        Submission anna = new("anna", "anna", [new SubmittedFile("week12/12.3-a.cs", [1], null, noon), new SubmittedFile("week11/11.3-a.cs", [1], null, noon)], []);
        sheets.Write("submitted.csv", "\uFEFFstudent,week,submitted\r\nanna,12,2026-11-19T08:00:30.5+05:30\r\n'=x,12,2026-11-19 08:00Z\r\n");

        SubmissionTimes times = SubmissionTimes.Read(sheets.Folder, [anna, new Submission("=x", "=x", [], [])]);

        Assert.Equal(new DateTimeOffset(2026, 11, 19, 2, 30, 30, 500, TimeSpan.Zero), times.Find("anna", 12)!.Value.ToUniversalTime());
        Assert.Equal(noon, times.Find("anna", 11));
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 8, 0, 0, TimeSpan.Zero), times.Find("=x", 12));
        Assert.Null(times.Find("anna", 1));
        Assert.Null(times.Find("nobody", 12));
        Assert.Empty(times.Notes);
    }

    [Fact]
    public void Read_NoListOrAZip_LeavesTheFilesTimes()
    {
        using var sheets = new Sheets();

        Assert.Null(SubmissionTimes.Read(sheets.Folder, []).Find("anna", 12));
        Assert.Null(SubmissionTimes.Read(sheets.Write("all.zip", "x"), []).Find("anna", 12));
    }

    [Theory]
    [InlineData("name,week,time\n", "line 1: the columns must be student,week,submitted.")]
    [InlineData("", "line 1: the columns must be student,week,submitted.")]
    [InlineData("student,week,submitted\nanna,12,2026-11-20T10:00\n", "line 2: '2026-11-20T10:00' must be a date, a time and a zone")]
    [InlineData("student,week,submitted\nanna,12,20.11.2026 10:00\n", "line 2: '20.11.2026 10:00' must be")]
    [InlineData("student,week,submitted\nanna,x,2026-11-20T10:00Z\n", "line 2: the week 'x' is not a number.")]
    [InlineData("student,week,submitted\nanna,12\n", "line 2: there are 2 fields; 3 are needed")]
    [InlineData("student,week,submitted\nanna,12,2026-11-20T10:00Z\n\nanna,12,2026-11-21T10:00Z\n", "line 4: anna is there twice for week 12.")]
    public void Read_AListThatIsWrong_NamesTheLine(string text, string message)
    {
        using var sheets = new Sheets();
        sheets.Write("submitted.csv", text);

        Assert.Contains("submitted.csv, " + message, Assert.Throws<InvalidDataException>(() => SubmissionTimes.Read(sheets.Folder, [])).Message, StringComparison.Ordinal);
    }
}
