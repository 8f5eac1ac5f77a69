using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Course.Tests;

/// <summary>The dev containers against the published schema, and against the rules that a schema cannot state.</summary>
public sealed partial class DevContainerTests
{
    private const string SchemaSha256 = "a0883c0405ff433db188849d458fb20b9c0d73e0ba1a6e44c1d83f3b485408dd"; // Schemas/README.md says where the file is from

    private static readonly string[] s_files = [".devcontainer/devcontainer.json", ".devcontainer/gpu/devcontainer.json"];

    public static TheoryData<string> Files => new(s_files);

    [SchemaFact]
    public void Files_AreValidAndWhatIsOftenWrittenWronglyIsNot()
    {
        byte[] schema = File.ReadAllBytes(Repository.At("tests", "MlOps.Course.Tests", "Schemas", "devContainer.base.schema.json"));
        Assert.Equal(SchemaSha256, Convert.ToHexStringLower(SHA256.HashData(schema)));
        JsonObject container = Load(s_files[0]);
        (string Wrong, JsonObject Document)[] wrong =
        [
            ("memory in capitals", With(container, "hostRequirements", """{ "memory": "8GB" }""")),
            ("processors as text", With(container, "hostRequirements", """{ "cpus": "2" }""")),
            ("a GPU by a word that is none", With(container, "hostRequirements", """{ "gpu": "yes" }""")),
            ("optional for the whole", With(container, "hostRequirements", "\"optional\"")),
            ("arguments as one text", With(container, "runArgs", "\"--gpus all\"")),
            ("a step that there is not", With(container, "waitFor", "\"postCreate\"")),
            ("a misspelt name", With(container, "postCreateCommmand", "\"true\"")),
            ("a variable that is a number", With(container, "containerEnv", """{ "DOTNET_NOLOGO": 1 }""")),
        ];
        string[][] found = Validate(schema, [.. s_files.Select(file => (JsonNode)Load(file)), .. wrong.Select(one => (JsonNode)one.Document)]);
        Assert.All(found[..2], Assert.Empty);
        Assert.All(wrong.Zip(found[2..]), pair => Assert.True(pair.Second.Length > 0, $"the schema takes {pair.First.Wrong}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_StartsOnAnyMachine(string file)
    {
        JsonObject container = Load(file);
        Assert.Null(container["runArgs"]); // "--gpus" there fails where there is no GPU
        Assert.Null(container["extensions"] ?? container["settings"]); // the old form, which Codespaces no longer reads
        Assert.Null(container["initializeCommand"]); // runs on the host
        Assert.Equal("updateContentCommand", (string)container["waitFor"]!);
        Assert.Equal("vscode", (string)container["remoteUser"]!);
        Assert.NotNull(container["containerEnv"]!["DOTNET_CLI_TELEMETRY_OPTOUT"]);
        Assert.All((string[])["onCreateCommand", "updateContentCommand", "postCreateCommand"], step => Assert.IsType<string>(container[step]!.GetValue<string>(), exactMatch: false));
        Assert.DoesNotContain("[[", string.Concat(Steps(container)), StringComparison.Ordinal); // bash's; strings run in /bin/sh
        Assert.EndsWith("bash ./mlops kernel install", (string)container["updateContentCommand"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_ForwardsNoPortOfAKernelAndNoneThatNobodyListensOn(string file)
    {
        JsonObject container = Load(file);
        Assert.Null(container["forwardPorts"] ?? container["appPort"]);
        Assert.Equal("silent", (string)container["otherPortsAttributes"]!["onAutoForward"]!);
        string server = File.ReadAllText(Repository.At("src", "MlOps.Cli", "Verbs", "TrackVerb.cs"));
        string port = DefaultPort().Match(server).Groups[1].Value;
        Assert.Equal([port], container["portsAttributes"]!.AsObject().Select(entry => entry.Key));
        Assert.InRange(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), 1024, 8999); // VS Code gives kernels ports from 9000 on
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OpensAndInstallsWhatIsThere(string file)
    {
        JsonNode customizations = Load(file)["customizations"]!;
        string[] opened = [.. customizations["codespaces"]!["openFiles"]!.AsArray().Select(path => (string)path!)];
        Assert.Equal("README.md", opened[0]);
        Assert.Equal(Directory.EnumerateFiles(Repository.At("notebooks"), "week*.ipynb").Select(path => "notebooks/" + Path.GetFileName(path)).Min(StringComparer.Ordinal), Assert.Single(opened[1..])); // the first week that is written
        Assert.All(opened, path => Assert.True(File.Exists(Repository.At(path)), path));
        Assert.All(customizations["vscode"]!["extensions"]!.AsArray(), id => Assert.Matches(@"^[\w-]+\.[\w-]+$", (string)id!));
    }

    [Fact]
    public void Gpu_IsOptionalInTheOneAndAskedForInTheOther()
    {
        JsonObject cpu = Load(s_files[0]);
        JsonObject gpu = Load(s_files[1]);
        Assert.Equal("optional", (string)cpu["hostRequirements"]!["gpu"]!);
        Assert.DoesNotContain("cuda", cpu["features"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase); // gigabytes that most cannot use
        Assert.True((bool)gpu["hostRequirements"]!["gpu"]!);
        Assert.Equal("cuda", (string)gpu["containerEnv"]!["MLOPS_PROVIDERS"]!);
        Assert.Contains(gpu["features"]!.AsObject(), feature => feature.Key.Contains("nvidia-cuda", StringComparison.Ordinal) && (bool)feature.Value!["installCudnn"]!);
        foreach (string same in new[] { "image", "onCreateCommand", "updateContentCommand", "postCreateCommand", "waitFor", "portsAttributes", "otherPortsAttributes", "remoteUser", "customizations" })
        {
            Assert.True(JsonNode.DeepEquals(cpu[same], gpu[same]), $"{same} differs");
        }
    }

    private static IEnumerable<string> Steps(JsonObject container) => container.Where(entry => entry.Key.EndsWith("Command", StringComparison.Ordinal)).Select(entry => (string)entry.Value!);

    private static JsonObject Load(string file) =>
        JsonNode.Parse(File.ReadAllText(Repository.At(file)), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();

    private static JsonObject With(JsonObject container, string name, string value)
    {
        JsonObject copy = container.DeepClone().AsObject();
        copy[name] = JsonNode.Parse(value);
        return copy;
    }

    private static string[][] Validate(byte[] schema, JsonArray documents)
    {
        var start = new ProcessStartInfo("node", [Repository.At("tests", "MlOps.Course.Tests", "Schemas", "validate.js")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(new JsonObject { ["schema"] = JsonNode.Parse(schema), ["documents"] = documents }.ToJsonString());
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonSerializer.Deserialize<string[][]>(output.Result)!;
    }

    [GeneratedRegex(@"""--port"".*DefaultValueFactory = _ => (\d+)")]
    private static partial Regex DefaultPort();
}

/// <summary>A test that needs Node.js and the schema checker among the tests' npm packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute()
    {
        if (!Directory.Exists(Repository.At("tests", "MlOps.Course.Tests", "Tools", "node_modules", "ajv")))
        {
            Skip = "needs the npm packages in tests/MlOps.Course.Tests/Tools: ./mlops test fetches them";
        }
    }
}
