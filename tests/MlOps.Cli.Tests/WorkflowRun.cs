using System.Diagnostics;
using System.Text.RegularExpressions;
using MlOps.Data;
using YamlDotNet.RepresentationModel;

namespace MlOps.Cli.Tests;

/// <summary>Runs the scripts of <c>model.yml</c>, as they stand there, in a scratch folder: in order until one fails, then those that run always.</summary>
/// <remarks>Steps that use an action are passed over. Of expressions it knows those that the workflow has, and refuses others.</remarks>
internal sealed partial class WorkflowRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-workflow-");

    internal WorkflowRun(params (string Name, string Value)[] inputs)
    {
        const string Loans = "loan-applications";
        Directory.CreateDirectory(At("datasets", Loans));
        Directory.CreateDirectory(At(".github"));
        File.Copy(DataSets.PathOf(Loans, MlopsCommand.RepositoryRoot), At("datasets", Loans, Loans + ".csv"));
        File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, ".github", "model-card.yaml"), At(".github", "model-card.yaml"));
        // In the place of the launcher, the command that these tests have built: there is nothing left to set up.
        Script("mlops", $"""[ "$1" = setup ] || exec dotnet '{Path.Combine(AppContext.BaseDirectory, "mlops.dll")}' "$@" """);
        Run(inputs.ToDictionary(input => input.Name, input => input.Value));
    }

    /// <summary>Gets the workflow as GitHub reads it.</summary>
    internal static YamlMappingNode Workflow { get; } = Load();

    /// <summary>Gets the name and the exit code of the step that failed; null if none did.</summary>
    internal (string Step, int ExitCode)? Failure { get; private set; }

    /// <summary>Gets all that the steps wrote.</summary>
    internal string Log { get; private set; } = "";

    internal string Summary => File.ReadAllText(At("summary.md"));

    internal static YamlMappingNode[] Steps => [.. ((YamlSequenceNode)Job["steps"]).Cast<YamlMappingNode>()];

    private static YamlNode Job => Workflow["jobs"]["model"];

    internal string At(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Run(IReadOnlyDictionary<string, string> inputs)
    {
        // GitHub's 'shell: bash' is this line; without it a failure before a pipe would pass.
        Assert.Equal("bash", Job["defaults"]["run"]["shell"].ToString());
        foreach (YamlMappingNode step in Steps.Where(step => step.Children.ContainsKey("run")))
        {
            string condition = step.Children.TryGetValue("if", out YamlNode? node) ? node.ToString() : "success()";
            Assert.True(condition is "success()" or "always()", $"this runner does not know the condition {condition}.");
            if (Failure is not null && condition == "success()")
            {
                continue;
            }

            Script("step.sh", step["run"].ToString());
            var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", At("step.sh")]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach ((YamlNode name, YamlNode value) in Variables(Workflow).Concat(Variables(step)))
            {
                start.Environment[name.ToString()] = Expression().Replace(value.ToString(), match => Evaluate(match.Groups[1].Value, inputs));
            }

            foreach ((string name, string value) in new[] { ("MLOPS_ROOT", MlopsCommand.RepositoryRoot), ("GITHUB_STEP_SUMMARY", At("summary.md")), ("GITHUB_SHA", "c0ffee"), ("GITHUB_SERVER_URL", "https://example.org"), ("GITHUB_REPOSITORY", "us/loans"), ("GITHUB_RUN_ID", "7") })
            {
                start.Environment[name] = value;
            }

            using Process bash = Process.Start(start)!;
            Task<string> errors = bash.StandardError.ReadToEndAsync();
            Log += bash.StandardOutput.ReadToEnd() + errors.Result;
            bash.WaitForExit();
            Failure ??= bash.ExitCode == 0 ? null : (step["name"].ToString(), bash.ExitCode);
        }
    }

    private string Evaluate(string expression, IReadOnlyDictionary<string, string> inputs) => expression.Trim() switch
    {
        "job.status" => Failure is null ? "success" : "failure",
        var text when InputOrDefault().Match(text) is { Success: true } match => inputs.GetValueOrDefault(match.Groups[1].Value, match.Groups[2].Value),
        var text => throw new InvalidDataException($"this runner does not know the expression {text}."),
    };

    private void Script(string name, string text)
    {
        File.WriteAllText(At(name), "#!/usr/bin/env bash\n" + text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Variables(YamlMappingNode node) => node.Children.TryGetValue("env", out YamlNode? map) ? (YamlMappingNode)map : [];

    private static YamlMappingNode Load()
    {
        using StreamReader reader = File.OpenText(Path.Combine(MlopsCommand.RepositoryRoot, ".github", "workflows", "model.yml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"\$\{\{(.+?)\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^inputs\.(\w+) \|\| '([^']*)'$")]
    private static partial Regex InputOrDefault();
}
