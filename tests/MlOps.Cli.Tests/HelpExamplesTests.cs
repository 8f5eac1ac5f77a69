using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Cli.Tests;

/// <summary>Every example of every help is run, or said here why it is only understood. Alone: what is written to the console is caught, and paths are relative.</summary>
[Collection(nameof(HelpExamplesTests))]
[CollectionDefinition(nameof(HelpExamplesTests), DisableParallelization = true)]
public sealed class HelpExamplesTests(HelpExamples folder) : IClassFixture<HelpExamples>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    /// <summary>The beginning of an example that is not run here, and why.</summary>
    private static readonly (string Begins, string Why)[] s_onlyUnderstood =
    [
        ("run", "a minute and more; RunVerbTests runs a course of two weeks"),
        ("execute", "starts processes beside the command; ExecuteVerbTests"),
        ("check", "starts processes beside the command; CheckVerbTests"),
        ("status", "reads the course itself; CheckVerbTests"),
        ("grade", "starts processes beside the command; GradeVerbTests"),
        ("release", "15 s; ReleaseVerbTests runs it"),
        ("data", "30 s, and writes into the repository; DataVerbTests"),
        ("kernel", "changes the home folder; InstallTests"),
        ("track server", "runs until a signal ends it; TrackVerbTests starts and stops it"),
        ("drift postgresql:", "needs that server; SqlDriftTests has one"),
        ("benchmark float.onnx int8.onnx --profile phone --limit-memory", "starts itself again with limits; BenchmarkVerbTests"),
        ("monitor -", "reads standard input of a process; MonitorVerbTests"),
    ];

    public static TheoryData<string> Examples => [.. All(Program.Verbs()).Distinct()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfAHelp_Works(string example)
    {
        (string[] arguments, string? redirected) = Split(example);
        Assert.Empty(Program.Parse(arguments).Errors);
        string line = string.Join(' ', arguments);
        if (s_onlyUnderstood.Any(one => line.StartsWith(one.Begins, StringComparison.Ordinal)))
        {
            return;
        }

        bool endless = arguments.Contains("--follow") || arguments.Contains("--serve");
        CommandResult result = endless ? HelpExamples.Run(arguments, s_patience) : HelpExamples.Run(arguments);
        Assert.True(result.ExitCode is 0 or 1, $"exit code {result.ExitCode}: {result.Errors}{result.Output}");
        Assert.True(result.ExitCode == 0 || result.Errors.Contains("gate failed: ", StringComparison.Ordinal) || arguments is ["card", ..] or ["onnx", "check", ..], "a gate failed in silence");
        Assert.DoesNotContain("\n   at ", result.Errors, StringComparison.Ordinal);
        foreach (string written in new[] { "--out", "--html", "--history" }.Select(option => After(arguments, option)).OfType<string>())
        {
            Assert.True(File.Exists(written) || Directory.Exists(written), $"{written} was not written");
        }

        if (arguments.Contains("--json"))
        {
            string[] objects = arguments is ["runs", "list", ..] or ["monitor", ..] ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [result.Output];
            Assert.All(objects, text => Assert.All(Names(JsonNode.Parse(text)), name => Assert.Matches("^[a-z][a-zA-Z0-9]*$", name)));
        }

        if (redirected is not null)
        {
            Assert.NotEmpty(result.Output);
        }
    }

    private (string[] Arguments, string? Redirected) Split(string example)
    {
        string command = example[(example.IndexOf("mlops ", StringComparison.Ordinal) + "mlops ".Length)..];
        string[] parts = [.. Regex.Matches(command, "\"([^\"]*)\"|'([^']*)'|(\\S+)").Select(match => string.Concat(match.Groups.Values.Skip(1).Select(group => group.Value)))];
        int sign = Array.IndexOf(parts, ">");
        string[] arguments = [.. (sign < 0 ? parts : parts[..sign]).Select(part => part == "http://127.0.0.1:5000" ? folder.Server : part == "8090" ? "0" : part)];
        return (arguments, sign < 0 ? null : parts[sign + 1]);
    }

    private static string? After(string[] arguments, string option) => Array.IndexOf(arguments, option) is >= 0 and int at ? arguments[at + 1] : null;

    private static IEnumerable<string> All(Command command) => command.Subcommands.Where(verb => !verb.Hidden)
        .SelectMany(verb => (verb as Verb)?.Examples.Where(example => example.Contains("mlops ", StringComparison.Ordinal)).Concat(All(verb)) ?? []);

    /// <summary>The names of all fields, without those that come from data: columns, classes, nodes, parameters.</summary>
    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => (field.Key is "params" or "tags" or "differences" or "equal" or "aliases" or "sizes" or "inputs" or "outputs" or "operators" or "operatorSets" or "macsByOperator" or "metadata" ? [] : Names(field.Value)).Prepend(field.Key)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };
}
