using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

/// <summary>One file through time. The truth is planted: every October differs alike, and from December 2024 on everything does.</summary>
public sealed class DriftByTimeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-time-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Drift_BySeason_ComparesAFestivalWithTheLastOne()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv(), "--by-time", "day", "--reference", "season:festival", "--json", "--fail-on", "moderate");

        Assert.True(result.ExitCode == 1, result.Errors);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(["2024-12-01T00:00:00"], Alarms(json)); // not October 2024: the festival of 2023 was like it
        Assert.Equal(1, (int)json["rowsWithoutTime"]!);
        Assert.Contains("1 of 7,311 rows have no time in column 'day'", result.Errors, StringComparison.Ordinal);
        JsonNode first = json["windows"]!.AsArray().Single(window => (string?)window!["from"] == "2023-10-01T00:00:00")!;
        Assert.Contains("no earlier festival", (string)first["skipped"]!, StringComparison.Ordinal);
        Assert.Equal("festival", (string)first["season"]!);
    }

    [Fact]
    public void Drift_ByTimeAgainstTheFirstMonths_SeesEveryDeparture()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv(), "--by-time", "day", "--reference", "first:6", "--columns", "x", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(["2023-10-01T00:00:00", "2024-10-01T00:00:00", "2024-12-01T00:00:00"], Alarms(JsonNode.Parse(result.Output)!));
    }

    [Fact]
    public void Drift_ByTimeInText_HasALineAWindow()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv(), "--by-time", "day", "--window", "week", "--reference", "rolling:56d", "--columns", "x");
        Assert.True(result.ExitCode == 0, result.Errors);
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("2022-12-26 … 2023-01-01", lines[1], StringComparison.Ordinal); // Monday before Sunday, 1 January
        Assert.Equal(1 + 106, lines.Length); // Mondays from 26 December 2022 to 30 December 2024
    }

    [Theory]
    [InlineData("day,x\n2024-01-01,1\nsoon,2\n", "expanding", "bad.csv, line 3, column 'day': 'soon' is not a time")]
    [InlineData("when,x\n2024-01-01,1\n", "expanding", "no such column")]
    [InlineData("day,x\n2024-01-01,1\n9999-12-31,2\n", "expanding", "its times go from 2024-01-01 to 9999-12-31, more than 10,000 windows")]
    [InlineData("day,x\n2024-01-01,1\n2024-02-01,2\n", "first:2", "--reference first:2 leaves no window to judge; there are 2.")]
    [InlineData("day,x\n2024-01-01,1\n2024-02-01,2\n", "first:1", "no window could be compared")]
    [InlineData("day,x\n,1\n,2\n", "expanding", "column 'day' holds no time")]
    public async Task Drift_ByTimeOfABadFile_SaysWhy(string text, string reference, string told)
    {
        File.WriteAllText(At("bad.csv"), text);
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => DriftModeTests.Invoke(At("bad.csv"), "--by-time", "day", "--reference", reference));
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.Contains("bad.csv", e.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Alarms(JsonNode json) =>
        json["windows"]!.AsArray().Where(window => (string)window!["level"]! != "none").Select(window => (string)window!["from"]!);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Ten rows a day in 2023 and 2024, in no order of time; the numbers of a day run evenly over [0, 1) but for the planted shifts.</summary>
    private string Csv()
    {
        var text = new StringBuilder("day,x,festival\n,0.5,false\n");
        for (int i = 0; i < 7310; i++)
        {
            DateTime day = new DateTime(2023, 1, 1).AddDays(i % 731);
            bool festival = day.Month == 10;
            double shift = day >= new DateTime(2024, 12, 1) ? 3 : festival ? 1 : 0;
            text.AppendLine(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{shift + (i * 0.618034 % 1)},{(festival ? "true" : "false")}");
        }

        File.WriteAllText(At("history.csv"), text.ToString());
        return At("history.csv");
    }
}
