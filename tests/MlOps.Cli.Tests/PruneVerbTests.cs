using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Cli.Tests;

public sealed class PruneVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-prune-");

    public PruneVerbTests()
    {
        OnnxExport.Export(new NetworkBuilder(TensorShape.Vector(3)).Dense(8).ReLU().Dense(2).Build(seed: 5)).Save(At("in.onnx"));
        var csv = new StringBuilder("a,b,c,label\n");
        for (int i = 0; i < 20; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{(i * 7 % 5) - 2},{(i * 3 % 4) - 1},{(i % 6) - 3},{i % 2}\n");
        }

        File.WriteAllText(At("data.csv"), csv.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Prune_StructuredWithData_WritesASmallerModelAndSaysWhatItCost()
    {
        CommandResult result = MlopsCommand.Run("prune", At("in.onnx"), At("out.onnx"), "--method", "structured", "--data", At("data.csv"), "--label", "label", "--columns", "a,b,c", "--json");

        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("structured", json.GetProperty("method").GetString());
        Assert.Equal(8 + 24 + 16 + 2, json.GetProperty("parametersBefore").GetInt64());
        Assert.Equal(4 + 12 + 8 + 2, json.GetProperty("parametersAfter").GetInt64()); // 4 of 8 units
        Assert.Equal((24 + 16, 12 + 8), (json.GetProperty("macsBefore").GetInt64(), json.GetProperty("macsAfter").GetInt64()));
        Assert.Equal(new FileInfo(At("out.onnx")).Length, json.GetProperty("bytesAfter").GetInt64());
        Assert.Equal(20, json.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.InRange(json.GetProperty("data").GetProperty("agreement").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("data").GetProperty("accuracyAfter").GetDouble(), 0, 1);
        using var model = OnnxModel.Load(At("out.onnx"));
        Assert.NotEmpty(model.Outputs);
    }

    [Fact]
    public void Prune_Magnitude_TextSaysThatZerosAreNotSmaller()
    {
        CommandResult result = MlopsCommand.Run("prune", At("in.onnx"), At("out.onnx"), "--amount", "0.75", "--scope", "global");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("gzip", result.Output, StringComparison.Ordinal);
        Assert.Contains("no faster", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("below 1", "--amount", "1")]
    [InlineData("There are", "--exclude", "nothing")]
    [InlineData("--data", "--label", "label")]
    public void Prune_BadInput_IsSaidInOneLineAndWritesNothing(string message, params string[] arguments)
    {
        CommandResult result = MlopsCommand.Run(["prune", At("in.onnx"), At("out.onnx"), .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(At("out.onnx")));
    }

    [Fact]
    public void Prune_OntoItself_IsRefusedAndTheFileStays()
    {
        byte[] before = File.ReadAllBytes(At("in.onnx"));

        CommandResult result = MlopsCommand.Run("prune", At("in.onnx"), At("in.onnx"));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(At("in.onnx")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
