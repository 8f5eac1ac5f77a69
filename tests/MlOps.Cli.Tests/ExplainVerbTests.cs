using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Cli.Tests;

public sealed class ExplainVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-explain-");

    public ExplainVerbTests()
    {
        var csv = new StringBuilder("income,age,town,label\n");
        for (int i = 0; i < 60; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{10 + (i * 7 % 50)},{20 + (i * 11 % 40)},{(i % 3 == 0 ? "Agra" : "Pune")},{(i * 7 % 50) + (i % 3 == 0 ? 20 : 0) + (i % 5)}\n");
        }

        File.WriteAllText(At("data.csv"), csv.ToString());
        CommandResult train = MlopsCommand.Run("train", At("data.csv"), "--label", "label", "--model", "ridge", "--out", At("model.onnx"));
        Assert.True(train.ExitCode == 0, train.Errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Explain_Row_JsonHasTheAgreedShapeAndAddsUp()
    {
        JsonElement json = JsonDocument.Parse(Run("--row", "3", "--json").Output).RootElement;

        Assert.Equal(["row", "method", "output", "baseValue", "prediction", "contributions", "additivityError", "background"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, json.GetProperty("row").GetInt32());
        Assert.Equal("exact SHAP", json.GetProperty("method").GetString());
        JsonElement[] contributions = [.. json.GetProperty("contributions").EnumerateArray()];
        Assert.Equal(["income", "age", "town"], contributions.Select(c => c.GetProperty("feature").GetString()));
        Assert.Equal("Agra", contributions[2].GetProperty("value").GetString()); // row 3 counted from 0: 3 % 3 == 0
        Assert.Equal(31, contributions[0].GetProperty("value").GetDouble()); // 10 + 21
        double sum = contributions.Sum(c => c.GetProperty("contribution").GetDouble()) + json.GetProperty("baseValue").GetDouble();
        Assert.Equal(json.GetProperty("prediction").GetDouble(), sum, 1e-6);
        Assert.InRange(json.GetProperty("additivityError").GetDouble(), 0, 1e-6);
        Assert.Equal(60, json.GetProperty("background").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Explain_LimeWithPage_SaysHowWellItFits()
    {
        CommandResult text = Run("--row", "3", "--method", "lime", "--samples", "500", "--html", At("why.html"));

        Assert.Equal(0, text.ExitCode);
        Assert.Contains("R²", text.Output, StringComparison.Ordinal);
        Assert.Contains("town = Agra", text.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(At("why.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_WholeModel_ImportanceAndDependence()
    {
        JsonElement importance = JsonDocument.Parse(Run("--importance", "--json").Output).RootElement;
        Assert.Equal("R²", importance.GetProperty("score").GetString());
        Assert.Equal("income", importance.GetProperty("features")[0].GetProperty("feature").GetString());

        JsonElement dependence = JsonDocument.Parse(Run("--dependence", "town", "--json").Output).RootElement;
        Assert.Equal(["Pune", "Agra"], dependence.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetString()));
    }

    [Fact]
    public void Explain_Plain_IsALetter() =>
        Assert.StartsWith("HOW THE MODEL SCORED YOUR APPLICATION", Run("--row", "3", "--plain", "--threshold", "1000").Output, StringComparison.Ordinal);

    [Fact]
    public void Explain_OnlyTheRowItself_IsNoBackground()
    {
        File.WriteAllLines(At("one.csv"), File.ReadLines(At("data.csv")).Take(2));

        CommandResult result = MlopsCommand.Run("explain", At("model.onnx"), At("one.csv"), "--row", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--background", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Top_PutsTheOthersLast()
    {
        string[] lines = Run("--row", "3", "--top", "1").Output.Split('\n', StringSplitOptions.TrimEntries);

        Assert.StartsWith("2 others ", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("prediction ", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 to 59", "--row", "60")]
    [InlineData("Give one of --row", "--json")]
    [InlineData("Cannot parse argument 'first' for option '--row' as a whole number.", "--row", "first")]
    [InlineData("Must be one of: 'shap', 'exact', 'kernel', 'tree', 'lime'", "--row", "1", "--method", "magic")]
    [InlineData("at least 1", "--row", "1", "--samples", "0")]
    [InlineData("no feature 'height'", "--dependence", "height")]
    public void Explain_BadInput_ExitsWithTwoAndSaysWhat(string said, params string[] arguments)
    {
        CommandResult result = Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Errors, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private CommandResult Run(params string[] arguments) => MlopsCommand.Run(["explain", At("model.onnx"), At("data.csv"), .. arguments]);
}
