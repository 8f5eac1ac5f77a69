using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class DriftVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-drift-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Drift_Json_HasTheAgreedShape()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", shift: 0, rows: 400), Csv("b.csv", shift: 3, rows: 300), "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(400, (int)json["rows"]!["reference"]!);
        Assert.Equal(300, (int)json["rows"]!["current"]!);
        Assert.Equal(["x", "kind"], json["columns"]!.AsArray().Select(column => (string)column!["column"]!));
        Assert.Equal(["psi", "ks", "wasserstein", "jensen-shannon", "kl"], TestNames(json, 0).Order(Comparer<string>.Create(ByListedOrder)));
        Assert.Equal(["psi", "chi2", "jensen-shannon", "kl"], TestNames(json, 1).Order(Comparer<string>.Create(ByListedOrder)));
        JsonNode ks = json["columns"]![0]!["tests"]!.AsArray().Single(test => (string)test!["name"]! == "ks")!;
        Assert.True((double)ks["pValue"]! < 1e-9);
        Assert.True((bool)ks["drift"]!);
        Assert.True((bool)json["columns"]![0]!["drift"]!);
        Assert.False((bool)json["columns"]![1]!["drift"]!);
        Assert.Equal(0.5, (double)json["driftedShare"]!);
        JsonNode psi = json["columns"]![0]!["tests"]!.AsArray().Single(test => (string)test!["name"]! == "psi")!;
        Assert.Equal(["name", "statistic", "pValue", "threshold", "drift", "effectSize", "chance"], psi.AsObject().Select(entry => entry.Key));
        Assert.Null(psi["pValue"]);
    }

    [Theory]
    [InlineData(0, "moderate", 0)]
    [InlineData(0, "significant", 0)]
    [InlineData(3, "moderate", 1)]
    [InlineData(3, "significant", 1)]
    [InlineData(3, null, 0)]
    public void Drift_Gate_SetsTheExitCode(double shift, string? gate, int exitCode)
    {
        string[] arguments = ["drift", Csv("a.csv", 0, 400), Csv("b.csv", shift, 400)];
        CommandResult result = MlopsCommand.Run(gate is null ? arguments : [.. arguments, "--fail-on", gate]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains("kind", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_Columns_ComparesOnlyThose()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), Csv("b.csv", 3, 100), "--columns", "kind", "--json");
        Assert.Equal(["kind"], JsonNode.Parse(result.Output)!["columns"]!.AsArray().Select(column => (string)column!["column"]!));
    }

    [Fact]
    public void Drift_MissingValuesAndNaN_AreCountedOnStandardError()
    {
        File.WriteAllText(At("gaps.csv"), "x,kind\n1,a\nNaN,a\n,b\n2,b\n3,a\n");
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("gaps.csv"), "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("gaps.csv: column 'x' has 2 of 5 values missing", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_ConstantColumn_IsNoErrorAndNoDrift()
    {
        File.WriteAllText(At("c.csv"), "x\n5\n5\n5\n5\n");
        CommandResult result = MlopsCommand.Run("drift", At("c.csv"), At("c.csv"), "--json", "--fail-on", "moderate");
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    [Theory]
    [InlineData("x,kind\n1,a\n2\n", "line 3")]
    [InlineData("x,x\n1,2\n", "'x'")]
    [InlineData("", "empty")]
    [InlineData("x,other\n1,a\n", "other")]
    [InlineData("x,kind\n1,a\nred,b\n3,c\n", "line 3")]
    [InlineData("x,kind\n1,a\nred,b\n3,c\n", "red")]
    [InlineData("x,kind\n", "row")]
    [InlineData("x,kind\n\"1,a\n", "quote")]
    public void Drift_BadFile_EndsWith2AndOneMessageThatNamesIt(string text, string told)
    {
        File.WriteAllText(At("bad.csv"), text);
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("bad.csv"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("bad.csv", result.Errors, StringComparison.Ordinal);
        Assert.Contains(told, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Drift_DigitsWhereTheReferenceHasText_AreText()
    {
        File.WriteAllText(At("text.csv"), "code\n01\nA7\n01\nA7\n");
        File.WriteAllText(At("digits.csv"), "code\n01\n02\n01\n02\n");
        CommandResult result = MlopsCommand.Run("drift", At("text.csv"), At("digits.csv"), "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal("categorical", (string)JsonNode.Parse(result.Output)!["columns"]![0]!["type"]!);
    }

    [Fact]
    public void Drift_MissingFile_EndsWith2()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("nowhere.csv"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nowhere.csv", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_UnknownColumn_NamesTheFileAndTheColumns()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), Csv("b.csv", 0, 100), "--columns", "y");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a.csv: there is no column 'y'. There are: x, kind.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_TestsAlphaAndCorrection_ReachTheReport()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 400), Csv("b.csv", 3, 400), "--tests", "ks,welch", "--alpha", "0.02", "--correction", "bonferroni", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(["psi", "ks", "welch"], TestNames(json, 0));
        JsonNode ks = json["columns"]![0]!["tests"]![1]!;
        Assert.Equal(0.02, (double)ks["threshold"]!);
        Assert.Equal("D", (string)ks["effectSize"]!["name"]!);
        Assert.Equal((double)ks["statistic"]!, (double)ks["effectSize"]!["value"]!);
        Assert.InRange((double)ks["chance"]!, 0.09, 0.1); // 1.358 · √(2/400) by Kolmogorov's limit
    }

    [Fact]
    public void Drift_Out_WritesOnePageWithoutScript()
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 200), Csv("b.csv", 3, 200), "--tests", "all", "--html", At("report.html"));
        Assert.True(result.ExitCode == 0, result.Errors);
        string page = File.ReadAllText(At("report.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("anderson-darling", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_InfiniteValues_AreRefusedOrCounted()
    {
        File.WriteAllText(At("inf.csv"), "x,kind\n1,a\nInfinity,a\n0.5,b\n2,b\n3,c\n");
        CommandResult refused = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("inf.csv"));
        CommandResult counted = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("inf.csv"), "--infinities", "count", "--json");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("1 infinite", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, counted.ExitCode);
        Assert.Equal(1, (int)JsonNode.Parse(counted.Output)!["columns"]![0]!["infinite"]!["current"]!);
    }

    [Fact]
    public void Drift_ChangedType_IsRefusedOrDrift()
    {
        File.WriteAllText(At("text.csv"), "x,kind\nred,a\nblue,b\n");
        CommandResult drift = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), At("text.csv"), "--type-changes", "drift", "--fail-on", "significant");
        Assert.Equal(1, drift.ExitCode);
        Assert.Contains("was numeric in the reference table and is text now", drift.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tests", "ks,nonsense", "no drift test 'nonsense'")]
    [InlineData("--alpha", "1.5", "--alpha")]
    [InlineData("--correction", "sidak", "sidak")]
    [InlineData("--html", "no/such/folder/report.html", "does not exist")]
    public void Drift_BadOption_EndsWith2AndSaysWhatIsWrong(string option, string value, string told)
    {
        CommandResult result = MlopsCommand.Run("drift", Csv("a.csv", 0, 100), Csv("b.csv", 0, 100), option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static IEnumerable<string> TestNames(JsonNode json, int column) =>
        json["columns"]![column]!["tests"]!.AsArray().Select(test => (string)test!["name"]!);

    private static int ByListedOrder(string a, string b) => Rank(a) - Rank(b);

    private static int Rank(string name) => Array.IndexOf(["psi", "ks", "chi2", "wasserstein", "jensen-shannon", "kl"], name);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>x spread evenly over [shift, shift + 1), kind evenly over three levels.</summary>
    private string Csv(string name, double shift, int rows)
    {
        var text = new StringBuilder("x,kind\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{shift + (i * 0.618034 % 1)},{"abc"[i % 3]}\n");
        }

        File.WriteAllText(At(name), text.ToString());
        return At(name);
    }
}
