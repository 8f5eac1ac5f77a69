using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Cli.Tests;

/// <summary>The commands of the workflows that no test here runs are commands that exist, with options that exist.</summary>
public sealed partial class WorkflowCommandTests
{
    private static readonly string[] s_scripts = ["setup", "doctor", "test", "bench"];

    [Fact]
    public void Commands_AreVerbsWithOptionsTheyHave()
    {
        (string Verb, string Options)[] commands = [.. Scripts().SelectMany(script => Command().Matches(script)).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Distinct()];
        Assert.Contains(commands, command => command.Verb == "check");
        Assert.All(commands.Where(command => s_scripts.Contains(command.Verb)), command => Assert.Empty(Option().Matches(command.Options)));
        Assert.All(commands.Where(command => !s_scripts.Contains(command.Verb)), command =>
        {
            CommandResult help = MlopsCommand.Run(command.Verb, "--help");
            Assert.True(help.ExitCode == 0 && help.Output.Contains($"mlops {command.Verb} ", StringComparison.Ordinal), $"there is no verb {command.Verb}.");
            Assert.All(Option().Matches(command.Options), option => Assert.Matches($@"(?m)^  (-\w, )?{option.Value}\b", help.Output));
        });
    }

    // model.yml is not among them: ModelWorkflowTests runs it.
    private static IEnumerable<string> Scripts() => new[] { Path.Combine("eng", "student", ".github"), ".github" }
        .Select(folder => Path.Combine(MlopsCommand.RepositoryRoot, folder, "workflows")).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml")).Where(path => Path.GetFileName(path) != "model.yml")
        .SelectMany(path =>
        {
            using StreamReader reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Single().AllNodes.OfType<YamlMappingNode>().Where(step => step.Children.ContainsKey("run") && step["run"] is YamlScalarNode).Select(step => step["run"].ToString()).ToArray();
        });

    [GeneratedRegex(@"\./mlops (\w+)([^\n]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex Option();
}
