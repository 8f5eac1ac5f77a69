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
        Assert.Equal(["name", "statistic", "pValue", "threshold", "drift"], psi.AsObject().Select(entry => entry.Key));
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
