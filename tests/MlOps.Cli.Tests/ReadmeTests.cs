using System.Text.RegularExpressions;
using MlOps.Tracking;

namespace MlOps.Cli.Tests;

/// <summary>What the first page tells a newcomer to type works as it stands, from top to bottom, in a folder such as a clone.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>Commands that are not run here: where they are run, or why they cannot be.</summary>
    private static readonly Dictionary<string, string> s_elsewhere = new(StringComparer.Ordinal)
    {
        ["git clone ADDRESS MlOpsCourse && cd MlOpsCourse"] = "The address is the reader's.",
        ["./mlops run"] = nameof(RunVerbTests),
        ["./mlops doctor"] = nameof(Doctor_ListsWhatTheReadmeShows),
        ["./mlops kernel install"] = nameof(Kernel.InstallScriptTests),
        ["./mlops check 12.3"] = nameof(Check_PrintsWhatTheReadmeShows),
        ["./mlops check 12.3 --hint"] = nameof(CheckVerbTests),
        ["./mlops release --out ../mlops-students"] = nameof(ReleaseVerbTests),
        ["./mlops grade example submissions"] = nameof(GradeVerbTests),
        ["./mlops grade submissions --out graded"] = nameof(GradeVerbTests),
        ["./mlops track server"] = nameof(TrackVerbTests),
        ["./mlops"] = nameof(LauncherTests),
        ["./mlops --version"] = nameof(LauncherTests),
        ["./mlops bench"] = "It takes many minutes, and its peers are Python packages.",
    };

    /// <summary>Gates that fail on the data they are shown with.</summary>
    private static readonly string[] s_failing = ["./mlops fairness exercises/week12/data/a-reference.csv --label defaulted --prediction predicted --positive false --sensitive employment"];

    private static string Text { get; } = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Commands_InTheirOrder_DoWhatTheySay()
    {
        using var course = new TestCourse();
        const string Loans = "datasets/loan-applications/loan-applications.csv";
        Directory.CreateDirectory(Path.Combine(course.Root, Path.GetDirectoryName(Loans)!));
        File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, Loans), Path.Combine(course.Root, Loans));
        using (var tracker = new Tracker($"sqlite:///{Path.Combine(course.Root, "mlruns.db")}", "loans")) // as the C# above the commands does; GuideTests run that
        {
            tracker.StartRun("December 2025").Dispose();
        }

        int run = 0;
        foreach (string command in Commands().Where(command => !s_elsewhere.ContainsKey(command)))
        {
            string[] words = command.Split(' ');
            if (words is ["cp", { } from, { } to])
            {
                File.Copy(Path.Combine(course.Root, from), Path.Combine(course.Root, to));
                continue;
            }

            Assert.Equal("./mlops", words[0]);
            CommandResult result = MlopsCommand.RunIn(course.Root, words[1..]);
            Assert.True(result.ExitCode == (s_failing.Contains(command) ? 1 : 0), $"{command}\n{result.Output}{result.Errors}");
            run++;
        }

        Assert.True(run >= 10, $"Only {run} commands were found.");
    }

    [Fact]
    public void Exceptions_AreCommandsThatAreThere() => Assert.Empty(s_elsewhere.Keys.Concat(s_failing).Except(Commands()));

    [InstructorFact]
    public void Check_PrintsWhatTheReadmeShows()
    {
        string[] shown = Answers("./mlops check 12.3");
        Assert.Equal(2, shown.Length);
        using var course = new TestCourse();
        string solved = File.ReadAllText(Path.Combine(course.Week, "solutions", "12.3-psi.cs"));
        string[] handedIn = [solved.Replace("Math.Log(", "Math.Log10(", StringComparison.Ordinal), solved]; // a logarithm to the wrong base first
        foreach ((string code, string expected) in handedIn.Zip(shown))
        {
            File.WriteAllText(Path.Combine(course.Week, "12.3-psi.cs"), code);
            CommandResult result = course.Run("check", "12.3");
            Assert.Equal(expected, result.Output.ReplaceLineEndings("\n").Trim('\n'));
        }
    }

    [Fact]
    public void Doctor_ListsWhatTheReadmeShows()
    {
        string shown = Assert.Single(Answers("./mlops doctor"));
        string script = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "eng", "doctor.sh"));
        Assert.All(shown.Split('\n'), line => Assert.Contains(
            $"\"{(Finding().Match(line) is { Success: true } finding ? finding.Groups["name"].Value : line)}\"", script, StringComparison.Ordinal));
        Match missing = Assert.Single(Finding().Matches(shown), finding => finding.Value.Contains('✗', StringComparison.Ordinal));
        Assert.Contains(missing.Groups["found"].Value["mend:".Length..].Trim(), script, StringComparison.Ordinal);
    }

    /// <summary>Every command of the page in its order: the lines of the shell blocks, and what stands between backquotes.</summary>
    private static IEnumerable<string> Commands()
    {
        string language = string.Empty;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in Text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                language = language.Length > 0 ? string.Empty : line[3..];
                continue;
            }

            string[] commands = language switch
            {
                "" => [.. InlineCommand().Matches(line).Select(match => match.Groups[1].Value)],
                "sh" => [line.Split(" #")[0].TrimEnd()],
                "console" when line.StartsWith("$ ", StringComparison.Ordinal) => [line[2..]],
                _ => [],
            };
            foreach (string command in commands.Where(seen.Add))
            {
                yield return command;
            }
        }
    }

    /// <summary>What the page shows below a prompt with this command.</summary>
    private static string[] Answers(string command) =>
        [.. ConsoleBlock().Matches(Text).Where(block => block.Groups["command"].Value == command).Select(block => block.Groups["answer"].Value)];

    [GeneratedRegex(@"`(\./mlops(?: [^`]+)?)`")]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"^```console\n\$ (?<command>.+)\n(?<answer>(?:(?!```).*\n)*?.*)\n```$", RegexOptions.Multiline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"^  [✓✗] (?<name>.+?) {2,}(?<found>.+)$", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
