using System.Diagnostics;
using System.Text.Json;

namespace MlOps.Cli.Tests;

public sealed class OnnxVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-onnx-");

    // Made by Python's onnx: tests/MlOps.Onnx.Tests/Files/make.py.
    private static string Model(string name) => Path.Combine(MlopsCommand.RepositoryRoot, "tests", "MlOps.Onnx.Tests", "Files", name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Status_NamesVersionSourceProvidersAndLibrary()
    {
        CommandResult status = MlopsCommand.Run("onnx", "status");
        Assert.True(status.ExitCode == 0, status.Errors);
        string[] lines = status.Output.TrimEnd().Split('\n');
        Assert.Matches(@"^\d+\.\d+\.\d+ from (published sources|the official package), built for: .*cpu", lines[0]);
        Assert.True(File.Exists(lines[1]), lines[1]);
        Assert.Equal("cpu: computes", lines[^1]);
    }

    [Fact]
    public void Providers_FromTheEnvironmentThatCannotBeHad_AreToldOnceAndTheCpuComputes()
    {
        // Core ML exists on macOS only, DirectML on Windows only.
        string provider = OperatingSystem.IsMacOS() ? "directml" : "coreml";
        string title = OperatingSystem.IsMacOS() ? "DirectML" : "Core ML";
        string rows = Path.Combine(_folder.FullName, "rows.csv");
        string answers = Path.Combine(_folder.FullName, "answers.csv");
        File.WriteAllText(rows, "rooms,city,income\n1,Pune,100.5\n2,,200\n");
        CommandResult status = With(provider, "onnx", "status");
        Assert.Contains($"\n{provider}: {title} is not in this ONNX Runtime\ncpu: computes\n", status.Output, StringComparison.Ordinal);
        string notice = $"{title} is not in this ONNX Runtime; running on the CPU.\n";
        CommandResult predicted = With(provider, "predict", Model("columns.onnx"), rows, "--out", answers);
        Assert.Equal((0, notice), (predicted.ExitCode, predicted.Errors));
        Assert.Equal("prediction\n111.5\n197.0\n", File.ReadAllText(answers).ReplaceLineEndings("\n")); // by hand: Pune 10, missing −5
        CommandResult measured = With(provider, "benchmark", Model("fixed-batch.onnx"), "--runs", "2");
        Assert.Equal(1, measured.Errors.Split(notice).Length - 1);
        Assert.Contains($"(MLOPS_PROVIDERS: {provider})", measured.Output, StringComparison.Ordinal);
        CommandResult typo = With("cudda", "predict", Model("columns.onnx"), rows, "--out", answers);
        Assert.Equal((2, "mlops: There is no provider 'cudda', which MLOPS_PROVIDERS names. There are: cpu, cuda, tensorrt, directml, coreml.\n"), (typo.ExitCode, typo.Errors));
        Assert.Equal("", With(provider, "benchmark", "--help").Errors);

        static CommandResult With(string provider, params string[] arguments) =>
            MlopsCommand.Run(MlopsCommand.RepositoryRoot, arguments, new Dictionary<string, string?> { ["MLOPS_PROVIDERS"] = provider });
    }

    [Fact]
    public void Status_NativeLibraryIsMissing_SaysSoInOneLine()
    {
        // The same command without the library beside it.
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !Path.GetFileName(file).Contains("onnxruntime", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder.FullName, "mlops.dll"), "onnx", "status"]) { RedirectStandardError = true };
        start.Environment["MLOPS_ROOT"] = MlopsCommand.RepositoryRoot;
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(2, process.ExitCode);
        string line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.StartsWith("mlops: ONNX Runtime's native library cannot be loaded", line, StringComparison.Ordinal);
        Assert.Contains("'./mlops setup' fetches it", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_Model_NamesInputsOutputsAndOperators()
    {
        CommandResult show = MlopsCommand.Run("onnx", "show", Model("columns.onnx"));
        Assert.True(show.ExitCode == 0, show.Errors);
        Assert.Matches(@"inputs +income  float\[\?, 1\]\n +city    string\[\?, 1\]", show.Output);
        Assert.Contains("1 ai.onnx.ml.LabelEncoder", show.Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(MlopsCommand.Run("onnx", "show", Model("columns.onnx"), "--json").Output).RootElement;
        Assert.Equal("float[?, 1]", json.GetProperty("outputs").GetProperty("variable").GetString());
        Assert.Equal(13, json.GetProperty("operatorSets").GetProperty("ai.onnx").GetInt64());
        Assert.Equal(5, json.GetProperty("nodes").GetInt32());
    }

    [Fact]
    public void Check_GoodAndBrokenModel_Ends0And1()
    {
        CommandResult good = MlopsCommand.Run("onnx", "check", Model("zipmap.onnx"));
        Assert.True(good.ExitCode == 0, good.Output + good.Errors);
        Assert.EndsWith("zipmap.onnx: 0 errors, 0 warnings.\n", good.Output, StringComparison.Ordinal);

        // "LinearClassifier" with its first letter changed: the same length, so the file stays well-formed.
        byte[] bytes = File.ReadAllBytes(Model("zipmap.onnx"));
        int at = bytes.AsSpan().IndexOf("LinearClassifier"u8);
        bytes[at] = (byte)'X';
        string broken = Path.Combine(_folder.FullName, "broken.onnx");
        File.WriteAllBytes(broken, bytes);
        CommandResult bad = MlopsCommand.Run("onnx", "check", broken);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("error: ai.onnx.ml.XinearClassifier 'linear': There is no operator 'XinearClassifier' in ai.onnx.ml. Is 'LinearClassifier' meant?", bad.Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(MlopsCommand.Run("onnx", "check", broken, "--json").Output).RootElement;
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Equal("error", json.GetProperty("findings")[0].GetProperty("severity").GetString());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("check")]
    public void AnyVerb_NoOnnxFile_Ends2WithOneLine(string verb)
    {
        string path = Path.Combine(_folder.FullName, "data.csv");
        File.WriteAllText(path, "a,b\n1,2\n");
        CommandResult result = MlopsCommand.Run("onnx", verb, path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("data.csv is no ONNX model", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(2, MlopsCommand.Run("onnx", verb, Path.Combine(_folder.FullName, "missing.onnx")).ExitCode);
    }
}
