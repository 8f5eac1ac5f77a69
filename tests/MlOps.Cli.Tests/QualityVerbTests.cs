using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class QualityVerbTests : IDisposable
{
    private const string Good = "id,age,mail,pin\n1,20,a@b.in,0110\n2,30,c@d.in,0111\n3,40,e@f.in,0112\n";
    private const string Rules = """
        name: people
        expectations:
        - expect: unique
          column: id
        - expect: range
          column: age
          min: 18
          max: 75
        - expect: type
          column: pin
          type: string
        - expect: row_count
          min: 3
          severity: warning
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-quality-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Good, "error", 0)]
    [InlineData("id,age,mail,pin\n1,20,a@b.in,0110\n1,300,c@d.in,0111\n3,40,e@f.in,0112\n", "error", 1)]
    [InlineData("id,age,mail,pin\n1,20,a@b.in,0110\n", "error", 0)] // only a warning
    [InlineData("id,age,mail,pin\n1,20,a@b.in,0110\n", "warning", 1)]
    [InlineData("id,age,mail,pin\n", "error", 1)]
    [InlineData("id,age,mail,pin\n1,red,a@b.in,0110\n2,3,c@d.in,0111\n3,4,e@f.in,0112\n", "error", 1)]
    public void Quality_Gate_SetsTheExitCode(string data, string gate, int exitCode)
    {
        CommandResult result = MlopsCommand.Run("quality", File("data.csv", data), "--expectations", File("e.yaml", Rules), "--fail-on", gate);
        Assert.True(exitCode == result.ExitCode, result.Output + result.Errors);
        Assert.Contains("people", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quality_JsonPageAndBadRows_TellWhichRowsFailAndWhy()
    {
        string data = File("data.csv", "id,age,mail,pin\n1,20,a@b.in,0110\n1,300,c@d.in,0111\n3,40,e@f.in,0112\n");
        CommandResult result = MlopsCommand.Run("quality", data, "--expectations", File("e.yaml", Rules), "--json", "--html", At("report.html"), "--out", At("bad.csv"));
        Assert.Equal(1, result.ExitCode);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal("error", (string)json["worst"]!);
        Assert.Equal([1, 1, 0, 0], json["results"]!.AsArray().Select(rule => (int)rule!["failingRows"]!));
        Assert.Equal("row,reasons,id,age,pin\n1,unique of id: no value twice; range of age: 18 … 75,1,300,0111\n", System.IO.File.ReadAllText(At("bad.csv")).Replace("\"0111\"", "0111", StringComparison.Ordinal));
        string page = System.IO.File.ReadAllText(At("report.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@", page + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quality_InferThenCheck_Passes()
    {
        string data = File("data.csv", Good);
        CommandResult inferred = MlopsCommand.Run("quality", "infer", data, "--out", At("draft.yaml"));
        Assert.True(inferred.ExitCode == 0, inferred.Errors);
        Assert.Contains("personal data: column 'mail'", inferred.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@", inferred.Output + System.IO.File.ReadAllText(At("draft.yaml")), StringComparison.Ordinal);
        CommandResult result = MlopsCommand.Run("quality", data, "--expectations", At("draft.yaml"), "--fail-on", "warning");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    [Fact]
    public void Quality_OtherTable_IsCompared()
    {
        string rules = File("e.yaml", "expectations:\n- expect: exists_in\n  column: id\n  table: known\n");
        string data = File("data.csv", Good);
        string known = File("known.csv", "id\n1\n2\n");
        Assert.Equal(1, MlopsCommand.Run("quality", data, "--expectations", rules, "--table", $"known={known}").ExitCode);
        CommandResult without = MlopsCommand.Run("quality", data, "--expectations", rules);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("needs the table 'known'", without.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expectations:\n- expect: rnage\n  column: age\n", "line 2, column 11")]
    [InlineData("expectations:\n- expect: range\n  column: age\n  mn: 1\n", "line 4")]
    [InlineData("expectations: [", "line")]
    public void Quality_WrongRules_NameFileAndPlace(string rules, string place)
    {
        CommandResult result = MlopsCommand.Run("quality", File("data.csv", Good), "--expectations", File("e.yaml", rules));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("e.yaml, " + place, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.csv", "e.yaml", "none.csv")]
    [InlineData("data.csv", "none.yaml", "none.yaml")]
    public void Quality_NoSuchFile_IsTold(string data, string rules, string named)
    {
        File("data.csv", Good);
        File("e.yaml", Rules);
        CommandResult result = MlopsCommand.Run("quality", At(data), "--expectations", At(rules));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.Trim().Split('\n'));
    }

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(At(name), text);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
