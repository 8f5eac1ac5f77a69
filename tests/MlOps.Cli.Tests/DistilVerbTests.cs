using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Onnx;

namespace MlOps.Cli.Tests;

public sealed class DistilVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-distil-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Distil_Table_JsonHasTheAgreedShapeAndTheStudentPredicts()
    {
        string data = Loans(160);
        Run("train", data, "--label", "paid", "--model", "forest", "--out", At("big.onnx"));
        CommandResult result = Run("distil", "--teacher", At("big.onnx"), "--data", data, "--out", At("small.onnx"), "--hidden", "8", "--epochs", "15", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["teacher", "student", "withoutTeacher", "rightOnly", "rows", "temperature", "alpha", "seed", "verdict", "verified"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("{\"train\":128,\"test\":32}", json.GetProperty("rows").GetRawText());
        Assert.Equal(new FileInfo(At("small.onnx")).Length, json.GetProperty("student").GetProperty("bytes").GetInt64());
        Assert.Equal(new FileInfo(At("big.onnx")).Length, json.GetProperty("teacher").GetProperty("bytes").GetInt64());
        ModelFacts facts = OnnxFile.Load(At("small.onnx")).Facts;
        Assert.Equal(("paid", "4", "0.7", "big.onnx"), (facts.Label, facts.Parameters["temperature"], facts.Parameters["alpha"], facts.Parameters["teacher"]));
        Assert.Equal(0, Run("predict", At("small.onnx"), data, "--out", At("p.csv")).ExitCode);

        byte[] first = File.ReadAllBytes(At("small.onnx"));
        CommandResult again = Run("distil", "--teacher", At("big.onnx"), "--data", data, "--out", At("small.onnx"), "--hidden", "8", "--epochs", "15");
        Assert.Equal(first, File.ReadAllBytes(At("small.onnx")));
        Assert.Contains("The teacher ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Distil_Pictures_WritesASmallConvolutionalNetwork()
    {
        string pixels = Pictures(60);
        OnnxFile big = OnnxExport.Export(Quantization.Distillation.ImageStudent.Build(Learning.Neural.TensorShape.Image(1, 4, 4), 2, [6], 1).WithActivation(Learning.Neural.OutputActivation.Softmax));
        big.Save(At("big.onnx"));
        CommandResult result = Run("distil", "--teacher", At("big.onnx"), "--data", pixels, "--label", "kind", "--hidden", "2", "--epochs", "2", "--out", At("small.onnx"));
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("does not name its classes; its scores are taken in this order: dark, light", result.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Run("validate", At("small.onnx"), pixels).ExitCode);
        Assert.Equal(16, OnnxFile.Load(At("small.onnx")).Facts.Features.Count);
    }

    [Fact]
    public void Distil_BadInput_ExitsWithTwoAndKeepsTheOldFile()
    {
        string data = Loans(80);
        Run("train", data, "--label", "paid", "--model", "tree", "--out", At("big.onnx"));
        File.WriteAllText(At("small.onnx"), "old");
        void Refused(string output, string option, string value, string message)
        {
            CommandResult result = Run("distil", "--teacher", At("big.onnx"), "--data", data, "--out", At(output), "--epochs", "2", option, value);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        }

        Refused("small.onnx", "--temperature", "0", "Temperature");
        Refused("small.onnx", "--alpha", "1.5", "Alpha");
        Refused("small.onnx", "--hidden", "8,none", "'none' is no number of neurons");
        Refused("small.onnx", "--label", "nobody", "no label column 'nobody'");
        Refused("big.onnx", "--seed", "1", "is read; write to another file");
        Assert.Equal("old", File.ReadAllText(At("small.onnx")));
    }

    private static CommandResult Run(params string[] arguments) => MlopsCommand.Run(arguments);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Loans(int rows)
    {
        var random = new Random(1);
        var text = new StringBuilder("income,city,paid\n");
        for (int i = 0; i < rows; i++)
        {
            double income = 100 * random.NextDouble();
            bool hills = random.Next(2) == 0;
            text.Append(CultureInfo.InvariantCulture, $"{income:0.00},{(hills ? "hills" : "delta")},{(income + (hills ? 30 : 0) > 60 ? "yes" : "no")}\n");
        }

        File.WriteAllText(At("loans.csv"), text.ToString());
        return At("loans.csv");
    }

    private string Pictures(int rows)
    {
        var random = new Random(2);
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 16).Select(i => $"pixel{i}")) + ",kind\n");
        for (int i = 0; i < rows; i++)
        {
            bool light = i % 2 == 0;
            text.AppendJoin(',', Enumerable.Range(0, 16).Select(_ => ((int)(random.Next(128) + (light ? 127 : 0))).ToString(CultureInfo.InvariantCulture))).Append(light ? ",light\n" : ",dark\n");
        }

        File.WriteAllText(At("pictures.csv"), text.ToString());
        return At("pictures.csv");
    }
}
