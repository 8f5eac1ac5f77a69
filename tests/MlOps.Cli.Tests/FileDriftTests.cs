using System.Text;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

/// <summary><c>mlops drift REF CUR</c> with whole rows and texts. The truth is planted: the files are made here.</summary>
public sealed class FileDriftTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-rows-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Drift_Multivariate_SeesWhatNoColumnSees()
    {
        string reference = Write("a.csv", "x,y", i => $"{Uniform(i)},{Uniform(i)}");
        string current = Write("b.csv", "x,y", i => $"{Uniform(i)},{1 - Uniform(i)}"); // the same columns, now running against each other
        CommandResult moderate = MlopsCommand.Run("drift", reference, current, "--multivariate", "--json", "--fail-on", "moderate");
        CommandResult significant = MlopsCommand.Run("drift", reference, current, "--multivariate", "--fail-on", "significant");

        Assert.Equal((1, "gate failed: the drift is moderate, and --fail-on is moderate"), (moderate.ExitCode, moderate.Errors.Trim())); // drift of rows counts as moderate
        JsonNode json = JsonNode.Parse(moderate.Output)!;
        Assert.Equal(["rows", "columns", "driftedShare", "skipped", "multivariate"], json.AsObject().Select(entry => entry.Key));
        Assert.Equal(0, (double)json["driftedShare"]!);
        Assert.True((bool)json["multivariate"]!["drift"]!);
        Assert.True((double)json["multivariate"]!["domainClassifier"]!["auc"]! > 0.9);
        Assert.Equal(0, significant.ExitCode);
        Assert.Contains("None of 2 columns has drifted", significant.Output, StringComparison.Ordinal);
        Assert.Contains("Rows as a whole\nA model can tell the tables apart", significant.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_Text_ComparesWordsAndLeavesTheColumnOutOfTheCategories()
    {
        string reference = Write("a.csv", "x,note", i => $"{Uniform(i)},{(i % 2 == 0 ? "the loan was quick" : "the office was slow")}");
        string current = Write("b.csv", "x,note", i => $"{Uniform(i)},{(i % 2 == 0 ? "the login token failed" : "the wallet was slow")}");
        CommandResult result = MlopsCommand.Run("drift", reference, current, "--texts", "note", "--json", "--fail-on", "moderate");

        Assert.Equal((1, "gate failed: the drift is moderate, and --fail-on is moderate"), (result.ExitCode, result.Errors.Trim()));
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(["x"], json["columns"]!.AsArray().Select(column => (string)column!["column"]!));
        JsonNode text = Assert.Single(json["texts"]!.AsArray())!;
        Assert.Equal("note", (string)text["column"]!);
        Assert.True((bool)text["drift"]!);
        Assert.Equal(4 / 8.0, (double)text["newWords"]!["share"]!, 1e-12); // login, token, failed and wallet of eight words
    }

    [Fact]
    public void Drift_TextOnly_NeedsNoOtherColumn()
    {
        string file = Write("a.csv", "note", i => $"{(i % 2 == 0 ? "12 34" : "56")}");
        CommandResult quiet = MlopsCommand.Run("drift", file, file, "--texts", "note", "--json", "--fail-on", "moderate");
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Errors));
        Assert.Empty(JsonNode.Parse(quiet.Output)!["columns"]!.AsArray());

        File.WriteAllText(At("none.csv"), "note\n...\n---\n");
        CommandResult bad = MlopsCommand.Run("drift", file, At("none.csv"), "--texts", "note");
        Assert.Equal(2, bad.ExitCode);
        Assert.Contains("none.csv: column 'note', current: At least two texts with a word are needed", bad.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_PsiLimits_MoveTheGate()
    {
        string reference = Write("a.csv", "x", i => $"{Uniform(i)}");
        string current = Write("b.csv", "x", i => $"{Uniform(i) + 5}");
        Assert.Equal(1, MlopsCommand.Run("drift", reference, current, "--fail-on", "moderate").ExitCode);
        Assert.Equal(0, MlopsCommand.Run("drift", reference, current, "--fail-on", "moderate", "--psi-limits", "100").ExitCode);
    }

    private static double Uniform(int i) => i * 0.618034 % 1;

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string header, Func<int, FormattableString> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (int i = 0; i < 600; i++)
        {
            text.AppendLine(FormattableString.Invariant(row(i)));
        }

        File.WriteAllText(At(name), text.ToString());
        return At(name);
    }
}
