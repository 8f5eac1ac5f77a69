using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Grading.Tests.Releasing;

/// <summary>What the workflow in students' repositories may do, and what it must not.</summary>
public sealed partial class AutogradeWorkflowTests
{
    private static readonly YamlMappingNode s_workflow = Load();

    [Fact]
    public void Triggers_ArePushAndPullRequestOnly() =>
        // pull_request_target would run with the secrets of the repository that a stranger asks to pull into.
        Assert.Equal(["push", "pull_request"], Map(s_workflow, "on").Children.Keys.Select(Text));

    [Fact]
    public void Permissions_AreToReadAndNoJobAsksForMore()
    {
        Assert.Equal(["contents: read"], Map(s_workflow, "permissions").Children.Select(pair => $"{Text(pair.Key)}: {Text(pair.Value)}"));
        Assert.DoesNotContain("permissions", Job().Children.Keys.Select(Text));
        Assert.Equal(["grade"], Map(s_workflow, "jobs").Children.Keys.Select(Text));
    }

    [Fact]
    public void Job_IsLimitedInTimeAndReplacedByTheNextPush()
    {
        Assert.InRange(int.Parse(Text(Job()["timeout-minutes"]), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("true", Text(Map(s_workflow, "concurrency")["cancel-in-progress"]));
        Assert.Equal("vars.COURSE_REPOSITORY != '' && vars.COURSE_REPOSITORY != github.repository", Text(Job()["if"]));
    }

    [Fact]
    public void Actions_AreGitHubsOwnAndPinned()
    {
        string[] uses = [.. Steps().Where(step => step.Children.ContainsKey("uses")).Select(step => Text(step["uses"]))];
        Assert.Equal(["actions/checkout", "actions/checkout", "actions/setup-dotnet", "actions/setup-node", "actions/upload-artifact"], uses.Select(use => use.Split('@')[0]));
        Assert.All(uses, use => Assert.Matches(Pin(), use));
    }

    [Fact]
    public void Checkouts_KeepNoCredentialsAndLieApart()
    {
        YamlMappingNode[] checkouts = [.. Steps().Where(step => step.Children.ContainsKey("uses") && Text(step["uses"]).StartsWith("actions/checkout@", StringComparison.Ordinal)).Select(step => Map(step, "with"))];
        Assert.All(checkouts, checkout => Assert.Equal("false", Text(checkout["persist-credentials"])));
        Assert.Equal(["student", "course"], checkouts.Select(checkout => Text(checkout["path"])));
        Assert.False(checkouts[0].Children.ContainsKey("token"));
        Assert.Equal("${{ vars.COURSE_REPOSITORY }}", Text(checkouts[1]["repository"]));
        Assert.Equal("${{ vars.COURSE_REF }}", Text(checkouts[1]["ref"]));
    }

    [Fact]
    public void Secrets_ReachTheCheckoutOfTheCourseAndNothingElse()
    {
        string[] values = [.. s_workflow.AllNodes.OfType<YamlScalarNode>().Select(Text).Where(value => value.Contains("secrets", StringComparison.Ordinal))];
        Assert.Equal(["${{ secrets.COURSE_TOKEN || github.token }}"], values);
        Assert.DoesNotContain("env", s_workflow.AllNodes.OfType<YamlMappingNode>().SelectMany(map => map.Children.Keys).Select(Text));
    }

    [Fact]
    public void Scripts_HoldNoExpressionsAndStopAtTheFirstError()
    {
        // An expression in a script is pasted into it before the shell reads it: a branch name could be a command.
        Assert.All(Scripts(), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
        Assert.DoesNotContain("continue-on-error", s_workflow.AllNodes.OfType<YamlMappingNode>().SelectMany(map => map.Children.Keys).Select(Text));
    }

    [Fact]
    public void Check_RunsFromTheCourseOnTheStudentsExercisesInTheSandbox()
    {
        YamlMappingNode check = Assert.Single(Steps(), step => step.Children.ContainsKey("run") && Text(step["run"]).StartsWith("./mlops", StringComparison.Ordinal));
        Assert.Equal("course", Text(check["working-directory"]));
        Assert.Equal("""./mlops check --exercises "$GITHUB_WORKSPACE/student/exercises" --out "$GITHUB_WORKSPACE/result.json" --summary "$GITHUB_STEP_SUMMARY" --require-sandbox""", Text(check["run"]).Trim());
        Assert.Contains(Scripts(), script => script.Contains("install --yes --no-install-recommends bubblewrap", StringComparison.Ordinal));
    }

    [Fact]
    public void Submission_WithALink_IsRefusedBeforeTheCheck()
    {
        int link = Array.FindIndex(Scripts(), script => script.Contains("-type l", StringComparison.Ordinal));
        int check = Array.FindIndex(Scripts(), script => script.StartsWith("./mlops", StringComparison.Ordinal));
        Assert.InRange(link, 0, check - 1);
    }

    [Fact]
    public void Result_IsKeptWhateverHappened()
    {
        YamlMappingNode keep = Steps()[^1];
        Assert.Equal("always()", Text(keep["if"]));
        Assert.Equal("result.json", Text(Map(keep, "with")["path"]));
    }

    [Fact]
    public void Classroom_IsNotNeeded() =>
        Assert.DoesNotContain("classroom", File.ReadAllText(WorkflowFile()), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void StudentPage_LinksToFilesOfTheEdition()
    {
        string[] links = [.. Link().Matches(File.ReadAllText(Path.Combine(Extras(), "STUDENT.md"))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Extras(), link)) || Path.Exists(Path.Combine(Root(), link)), $"STUDENT.md links to {link}, which is not there."));
    }

    private static YamlMappingNode Load()
    {
        using var reader = new StreamReader(WorkflowFile());
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static YamlMappingNode Job() => Map(Map(s_workflow, "jobs"), "grade");

    private static YamlMappingNode[] Steps() => [.. ((YamlSequenceNode)Job()["steps"]).Cast<YamlMappingNode>()];

    private static string[] Scripts() => [.. Steps().Where(step => step.Children.ContainsKey("run")).Select(step => Text(step["run"]))];

    private static YamlMappingNode Map(YamlMappingNode map, string key) => (YamlMappingNode)map[key];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string WorkflowFile() => Path.Combine(Extras(), ".github", "workflows", "autograde.yml");

    // In the student edition, whose tests these are too, the files have reached their place.
    private static string Extras() => Path.Combine(Root(), "eng", "student") is var folder && Directory.Exists(folder) ? folder : Root();

    // The path of this source file, not of the assembly: build outputs may lie anywhere.
    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^[\w-]+/[\w-]+@(v\d+|[0-9a-f]{40})$")]
    private static partial Regex Pin();

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
