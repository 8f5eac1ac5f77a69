using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;

namespace MlOps.Cli.Tests;

/// <summary>One convention for all verbs: how they and their options are called and described, and that nothing is left out of a list.</summary>
public sealed class CommandLineTests
{
    private static readonly (string Path, Command Verb)[] s_verbs = [.. Walk("", Program.Verbs())];

    /// <summary>Options that many verbs have: how each description must read.</summary>
    private static readonly Dictionary<string, string> s_words = new()
    {
        ["--out"] = "^The .+ to write",
        ["--json"] = "^Write JSON to standard output instead of text",
        ["--html"] = "^HTML page with charts to write as well",
        ["--label"] = "^The column with the truth",
        ["--positive"] = "^The positive class",
        ["--seed"] = "^Equal seeds give ",
        ["--fail-on"] = "^Exit with 1 if ",
        ["--check"] = "^Exit with 1 if ",
        ["--timeout"] = "^Seconds a .+ may take",
        ["--jobs"] = "^How many .+ at the same time",
        ["--data"] = "^The rows",
        ["--store"] = "^Where the runs are",
    };

    /// <summary>The same word for two things, and why it stays.</summary>
    private static readonly Dictionary<string, string> s_twoThings = new()
    {
        ["--model"] = "train: a kind of model, which issue 5 asked for; card: the file of one",
        ["--method"] = "each verb has methods of its own",
        ["--columns"] = "always which columns, in which order; what for depends on the verb",
        ["--alpha"] = "drift: the level of tests; distil: the name that the literature gives the teacher's share",
        ["--calibrate"] = "quantize, as issue 9 asked: rows that ranges are found on; drift: a limit that is found on one file",
        ["--reference"] = "always what later rows are compared with: a file, or a stretch of the same one",
    };

    public static TheoryData<string> Leaves => [.. s_verbs.Where(verb => verb.Verb.Subcommands.Count == 0 || verb.Verb.Action is not null).Select(verb => verb.Path)];

    [Fact]
    public void Verbs_All_SayWhatTheyDoWithExamples() => Assert.All(s_verbs, verb =>
    {
        Assert.True(verb.Verb is Verb { Examples.Count: > 0 }, "has no examples");
        Assert.Matches(@"^[A-Z][a-z]+s\b.*\.$", verb.Verb.Description);
        Assert.All(((Verb)verb.Verb).Examples, example => Assert.True(example.Contains($"mlops {verb.Path.Split(' ')[0]}", StringComparison.Ordinal) || example.StartsWith("MLFLOW_TRACKING_URI=", StringComparison.Ordinal), example));
    });

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Verb_ThatDoesSomething_SaysItsExitCodes(string path) =>
        Assert.Matches(@" Exit code 0( [^.]+, 1 [^.]+, 2 |,? [^.]*or 2 )[^.]+\.$", Find(path).Description);

    [Fact]
    public void Options_All_AreDescribedAsSentences() => Assert.All(Options(), option =>
    {
        Assert.Matches(@"^(\p{Lu}|\d).+\.$", option.Option.Description);
        Assert.Matches("^--[a-z][a-z0-9]*(-[a-z0-9]+)*$", option.Option.Name);
        Assert.All(option.Option.Aliases, alias => Assert.Matches("^-[a-z]$", alias));
        if (s_words.TryGetValue(option.Option.Name, out string? words))
        {
            Assert.Matches(words, option.Option.Description);
        }
    });

    [Fact]
    public void Options_OfTheSameName_MeanTheSame()
    {
        foreach (var same in Options().GroupBy(option => option.Option.Name).Where(group => !s_words.ContainsKey(group.Key) && !s_twoThings.ContainsKey(group.Key)))
        {
            Assert.True(same.Select(option => string.Join(' ', option.Option.Description!.Split(' ', '.', ',', ':', ';').Take(2))).Distinct().Count() == 1, string.Join('\n', same.Select(option => $"{option.Path} {same.Key}: {option.Option.Description}")));
        }

        foreach (var same in Options().GroupBy(option => option.Option.Name))
        {
            Assert.True(same.Select(option => string.Join(' ', option.Option.Aliases)).Distinct().Count() == 1, $"{same.Key} is short for some verbs only: {string.Join(", ", same.Select(option => option.Path))}");
        }
    }

    [Fact]
    public void Options_WithSeveralValues_TakeThemInOneGoOrSayThatTheyAreRepeated() => Assert.All(Options().Where(option => option.Option.ValueType.IsArray), option =>
        Assert.NotEqual(option.Option.AllowMultipleArgumentsPerToken, option.Option.Description!.Contains("may be given several times", StringComparison.Ordinal) || option.Option.Name is "--not-higher"));

    [Fact]
    public void Arguments_All_AreDescribedAsSentences() => Assert.All(
        s_verbs.SelectMany(verb => verb.Verb.Arguments.Select(argument => (verb.Path, argument.Name, argument.Description))),
        argument => Assert.Matches(@"^[A-Z].+\.$", argument.Description));

    [Fact]
    public void HelpOfTheLauncher_ListsEveryVerbOnceAndNoOther()
    {
        string[] launcher = ["setup", "doctor", "test", "bench"];
        string help = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "eng", "help.txt"));
        string lists = help[help.IndexOf("\nLearn\n", StringComparison.Ordinal)..help.IndexOf("\nExamples\n", StringComparison.Ordinal)];
        string[] listed = [.. Regex.Matches(lists, "(?m)^  ([a-z]+)").Select(match => match.Groups[1].Value)];
        Assert.Equal(s_verbs.Select(verb => verb.Path.Split(' ')[0]).Distinct().Concat(launcher).Order(), listed.Order());
    }

    [Fact]
    public void HelpOfTheLauncher_ItsLines_AreUnderstood() => Assert.All(
        Regex.Matches(File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "eng", "help.txt")), @"\./mlops ([a-z].+?)(?:   .*)?$", RegexOptions.Multiline).Select(match => match.Groups[1].Value),
        line => Assert.Empty(Program.Verbs().Parse(line).Errors));

    [Fact]
    public void OldNames_All_StandForOptionsThatAreThere() => Assert.All(OldNames.All, old =>
    {
        Command verb = Find(old.Verb);
        Assert.Contains(verb.Options, option => option.Name == old.Name);
        Assert.DoesNotContain(verb.Options, option => option.Name == old.Old);
        Assert.Equal([.. old.Verb.Split(' '), "file", $"{old.Name}=x", old.Name], OldNames.Replace([.. old.Verb.Split(' '), "file", $"{old.Old}=x", old.Old]));
    });

    private static Command Find(string path) => s_verbs.Single(verb => verb.Path == path).Verb;

    private static IEnumerable<(string Path, Option Option)> Options() =>
        s_verbs.SelectMany(verb => verb.Verb.Options.Where(option => option is not HelpOption).Select(option => (verb.Path, option)));

    private static IEnumerable<(string Path, Command Verb)> Walk(string above, Command command) => command.Subcommands.Where(verb => !verb.Hidden).SelectMany(verb =>
    {
        string path = $"{above} {verb.Name}".TrimStart();
        return Walk(path, verb).Prepend((path, verb));
    });
}
