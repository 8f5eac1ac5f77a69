using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class FairnessVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-fairness-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Fairness_TwoColumns_WritesTheContractAndSaysWhichGateFailed()
    {
        // women: 2 of 4 selected, men: 4 of 4; SC: 3 of 4, General: 3 of 4; the four combinations: 1, 1, 2, 2 of 2.
        CommandResult result = MlopsCommand.Run("fairness", Data(), "--label", "y", "--prediction", "p", "--sensitive", "gender,caste", "--json", "--html", At("page.html"));
        JsonNode json = JsonNode.Parse(result.Output)!;

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(0.5, (double)json["metrics"]!["demographicParityRatio"]!);
        Assert.Equal(["f,General", "f,SC", "m,General", "m,SC"], json["groups"]!.AsArray().Select(group => (string)group!["group"]!));
        Assert.Equal("SC", (string)json["groups"]![1]!["values"]!["caste"]!);
        Assert.Equal(1, (double)json["columns"]![1]!["metrics"]!["demographicParityRatio"]!);
        Assert.Equal(
            ["gate failed: gender × caste: demographicParityRatio 0.5 is below --min-ratio 0.8", "gate failed: gender: demographicParityRatio 0.5 is below --min-ratio 0.8"],
            result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.StartsWith("gate", StringComparison.Ordinal)));
        Assert.Contains("<svg", File.ReadAllText(At("page.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "--sensitive", "caste")]
    [InlineData(0, "--sensitive", "gender", "--min-ratio", "0")]
    [InlineData(1, "--sensitive", "gender", "--min-ratio", "0", "--max-equalized-odds", "0.1")]
    [InlineData(1, "--sensitive", "caste", "--positive", "2")] // nobody is selected: the ratio is undefined
    [InlineData(2, "--sensitive", "religion")]
    [InlineData(2, "--sensitive", "gender", "--positive", "yes")]
    [InlineData(2, "--sensitive", "gender", "--min-ratio", "80")]
    public void Fairness_Gate_SetsTheExitCode(int exitCode, params string[] options)
    {
        string data = options.Contains("2") ? Data(text => text.Replace(",0,1,", ",2,1,", StringComparison.Ordinal).Replace(",0,0,", ",2,1,", StringComparison.Ordinal).Replace(",1,0,", ",1,1,", StringComparison.Ordinal)) : Data();
        CommandResult result = MlopsCommand.Run(["fairness", data, "--label", "y", "--prediction", "p", .. options]);

        Assert.True(exitCode == result.ExitCode, result.ExitCode.ToString(CultureInfo.InvariantCulture) + result.Output + result.Errors);
        Assert.Equal(exitCode == 2, result.Output.Length == 0);
    }

    private string Data(Func<string, string>? change = null)
    {
        const string Rows = "id,y,p,gender,caste\n1,1,1,f,SC\n2,1,0,f,SC\n3,0,1,f,General\n4,1,0,f,General\n5,1,1,m,SC\n6,0,1,m,SC\n7,1,1,m,General\n8,0,1,m,General\n";
        File.WriteAllText(At("data.csv"), change is null ? Rows : change(Rows));
        return At("data.csv");
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
