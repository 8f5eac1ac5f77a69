using System.Text.Json;
using MlOps.Onnx;

namespace MlOps.Cli.Tests;

public sealed class BenchmarkVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-benchmark-");

    public BenchmarkVerbTests()
    {
        Scores(100).Save(At("big.onnx"));
        Scores(1).Save(At("small.onnx"));
        File.WriteAllText(At("data.csv"), "a,b,y\n1,2,1\n3,1,0\n0,5,1\n2,2,0\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Oracle: arithmetic. The scores are a and b; class 1 where b is larger, which it is where the file says so.</summary>
    [Fact]
    public void Benchmark_DataBudgetAndLimits_JsonHasEverything()
    {
        CommandResult result = MlopsCommand.Run(
            "benchmark", At("big.onnx"), At("small.onnx"), "--data", At("data.csv"), "--label", "y", "--runs", "20", "--budget", "1 kB, 1 s, 0 points", "--profile", "phone", "--limit-memory", "256MB", "--html", At("out.html"), "--json");

        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        JsonElement[] models = [.. json.GetProperty("models").EnumerateArray()];
        Assert.Equal(["big.onnx", "small.onnx"], models.Select(model => model.GetProperty("name").GetString()));
        Assert.All(models, model => Assert.Equal(1, model.GetProperty("accuracy").GetDouble()));
        Assert.Equal(4, models[1].GetProperty("macs").GetInt64() / 2);
        Assert.Equal(new FileInfo(At("big.onnx")).Length, models[0].GetProperty("bytes").GetInt64());
        Assert.Equal("small.onnx", json.GetProperty("budget").GetProperty("best").GetString());
        Assert.True(json.GetProperty("profile").GetProperty("models")[0].GetProperty("fits").GetBoolean());
        Assert.Equal(OperatingSystem.IsLinux() ? "completed" : "notSupported", models[0].GetProperty("limited").GetProperty("outcome").GetString());
        Assert.Contains("<svg", File.ReadAllText(At("out.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Benchmark_NoModelKeepsTheBudget_FailsTheGateAndSaysWhy()
    {
        CommandResult result = MlopsCommand.Run("benchmark", At("big.onnx"), "--runs", "4", "--budget", "10 B");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("big.onnx: size", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file", "nowhere.onnx")]
    [InlineData("is no limit", "--budget", "fast")]
    [InlineData("raspberry-pi", "--profile", "toaster")]
    [InlineData("--batch takes whole numbers", "--batch", "many")]
    [InlineData("give --data too", "--label", "y")]
    public void Benchmark_BadInput_IsASentence(string sentence, params string[] arguments)
    {
        CommandResult result = MlopsCommand.Run(["benchmark", At("big.onnx"), .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Passes two numbers on through two layers, as scores of two classes.</summary>
    private static OnnxFile Scores(int copies)
    {
        var graph = new GraphBuilder("scores");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        float[] spread = new float[2 * 2 * copies];
        float[] gather = new float[2 * copies * 2];
        for (int i = 0; i < 2 * copies; i++)
        {
            spread[(i % 2 * 2 * copies) + i] = 1;
            gather[(i * 2) + (i % 2)] = 1f / copies;
        }

        string h = graph.Add("MatMul", [x, graph.Constant("spread", spread, 2, 2 * copies)]);
        return graph.Output("scores", graph.Add("MatMul", [h, graph.Constant("gather", gather, 2 * copies, 2)]), OnnxElementType.Float, 2).Build();
    }
}
