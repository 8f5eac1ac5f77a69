using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Cli.Tests;

/// <summary>On mlp.onnx, which PyTorch exported (20 numbers in, 4 classes), and rows by the formula it was trained on.</summary>
public sealed class QuantizeVerbTests : IDisposable
{
    private static readonly string s_model = Path.Combine(MlopsCommand.RepositoryRoot, "tests", "MlOps.Quantization.Tests", "Files", "mlp.onnx");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-quantize-");

    public QuantizeVerbTests()
    {
        var random = new Random(1);
        var csv = new StringBuilder(string.Join(',', Enumerable.Range(0, 20).Select(j => $"x{j}")) + ",truth\n");
        for (int row = 0; row < 300; row++)
        {
            int label = random.Next(4);
            for (int j = 0; j < 20; j++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{(1.2 * Math.Cos((label + 1) * (j + 1))) + (3 * (random.NextDouble() - 0.5)):F4},");
            }

            csv.Append(CultureInfo.InvariantCulture, $"{label}\n");
        }

        File.WriteAllText(At("rows.csv"), csv.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Quantize_StaticOnRows_JsonHasTheAgreedShape()
    {
        CommandResult result = MlopsCommand.Run("quantize", s_model, At("out.onnx"), "--calibrate", At("rows.csv"), "--label", "truth", "--calibration", "percentile", "--exclude", "/fc3/Gemm", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(["method", "bytesBefore", "bytesAfter", "ratio", "quantized", "kept", "notices", "calibration", "comparison"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("static", json.GetProperty("method").GetString());
        Assert.Equal(new FileInfo(s_model).Length, json.GetProperty("bytesBefore").GetInt64());
        Assert.Equal(new FileInfo(At("out.onnx")).Length, json.GetProperty("bytesAfter").GetInt64());
        Assert.Contains("/fc1/Gemm", json.GetProperty("quantized").EnumerateArray().Select(name => name.GetString()));
        JsonElement kept = json.GetProperty("kept").EnumerateArray().Single(node => node.GetProperty("node").GetString() == "/fc3/Gemm");
        Assert.Equal(["node", "reason"], kept.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("percentile", 300), (json.GetProperty("calibration").GetProperty("method").GetString(), json.GetProperty("calibration").GetProperty("rows").GetInt32()));
        JsonElement comparison = json.GetProperty("comparison");
        Assert.InRange(comparison.GetProperty("agreement").GetDouble(), 0.97, 1);
        Assert.InRange(comparison.GetProperty("accuracyBefore").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void Quantize_WithoutRows_IsDynamicAndSaysSoInText()
    {
        CommandResult result = MlopsCommand.Run("quantize", s_model, At("out.onnx"), "--compare", "--keep-operators", "BatchNormalization");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.StartsWith("dynamic: 17,069 → ", result.Output, StringComparison.Ordinal);
        Assert.Contains("made-up rows", result.Output, StringComparison.Ordinal);
        CommandResult again = MlopsCommand.Run("quantize", At("out.onnx"), At("again.onnx"));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("quantized already", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_BelowTheAgreement_FailsAndLeavesTheOldFile()
    {
        File.WriteAllText(At("out.onnx"), "old");
        // Noise belongs to no class: many of 800 rows lie so near a border that 4 bits move them across.
        var random = new Random(2);
        File.WriteAllLines(At("noise.csv"), Enumerable.Range(0, 801).Select(row => string.Join(',', Enumerable.Range(0, 20).Select(j => row == 0 ? $"x{j}" : (random.NextDouble() - 0.5).ToString("F4", CultureInfo.InvariantCulture)))));
        CommandResult result = MlopsCommand.Run("quantize", s_model, At("out.onnx"), "--method", "int4", "--calibrate", At("noise.csv"), "--min-agreement", "1");
        Assert.Equal((1, "old"), (result.ExitCode, File.ReadAllText(At("out.onnx"))));
        Assert.Contains("was not written", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("write to another file", "IN", "IN")]
    [InlineData("needs example rows", "IN", "OUT", "--method", "static")]
    [InlineData("no node 'nothing'", "IN", "OUT", "--exclude", "nothing")]
    [InlineData("--calibration does nothing", "IN", "OUT", "--method", "dynamic", "--calibration", "mse")]
    [InlineData("takes 20 numbers a row", "IN", "OUT", "--calibrate", "ROWS")]
    [InlineData("no column 'y'", "IN", "OUT", "--calibrate", "ROWS", "--label", "y")]
    [InlineData("no ONNX model", "ROWS", "OUT")]
    public void Quantize_BadInput_SaysWhatAndWritesNothing(string reason, params string[] arguments)
    {
        byte[] before = File.ReadAllBytes(s_model);
        CommandResult result = MlopsCommand.Run(["quantize", .. arguments.Select(text => text switch { "IN" => s_model, "OUT" => At("out.onnx"), "ROWS" => At("rows.csv"), _ => text })]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(At("out.onnx")));
        Assert.Equal(before, File.ReadAllBytes(s_model));
    }

    [Fact]
    public void Quantize_DiskFull_KeepsTheOldFileAndNoPart()
    {
        string disk = At("disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", disk) != 0)
        {
            return; // only root may make a small disk
        }

        try
        {
            string output = Path.Combine(disk, "out.onnx");
            File.WriteAllText(output, "old");
            CommandResult result = MlopsCommand.Run("quantize", s_model, output, "--method", "dynamic", "--exclude", "/fc2/Gemm");
            Assert.Equal(2, result.ExitCode);
            Assert.Equal("old", File.ReadAllText(output));
            Assert.Equal([output], Directory.EnumerateFiles(disk));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
