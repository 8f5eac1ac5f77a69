using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;
using MlOps.Course.Tests;
using ParsedCommand = System.CommandLine.Parsing.CommandResult;

namespace MlOps.Cli.Tests;

/// <summary>Commands that documents show exist as they are written: verb, options, values, and the files that they read.</summary>
public sealed partial class DocumentCommands
{
    private static readonly RootCommand s_root = Program.Verbs();

    /// <summary>Files that a reader brings; every other file is in the repository or made by a command above.</summary>
    private static readonly string[] s_readers =
    [
        "train.csv", "test.csv", "today.csv", "next-month.csv", "reference.csv", "requests.csv", "rows.csv", "loans.csv", "applications.csv", "decisions.csv",
        "images.csv", "holdout.csv", "answers.yaml", "monitor.yaml", "expectations.yaml", "model.onnx", "loans.onnx", "float.onnx", "int8.onnx", "cnn.onnx", "big.onnx", "teacher.onnx",
        "report.ipynb",
    ];

    /// <summary>Options that name what a command writes.</summary>
    private static readonly string[] s_outputs = ["--out", "--output", "--store", "--history", "--html", "--page", "--summary", "--artifacts", "--report"];

    public static TheoryData<string> Documents() => new(
        MarkdownDocument.Names(MlopsCommand.RepositoryRoot).Where(name => CommandsOf(name).Length > 0));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_AreThere(string document)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (string command in CommandsOf(document))
        {
            string[][] stages = Stages(command);
            foreach (string[] stage in stages.Where(stage => stage[0] is "./mlops" or "mlops"))
            {
                CheckStage(stage[1..], made, $"{document}: {command}");
            }

            made.UnionWith(Redirection().Matches(command).Select(match => match.Groups[1].Value));
        }
    }

    [Theory]
    [InlineData("./mlops drifft a.csv b.csv")]
    [InlineData("./mlops drift train.csv today.csv --fail-onn significant")]
    [InlineData("./mlops drift datasets/nowhere.csv today.csv")]
    [InlineData("./mlops bench nothing-of-this-name")]
    public void Command_ThatIsWrong_IsFound(string command) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => CheckStage(Stages(command)[0][1..], [], command));

    private static void CheckStage(string[] words, HashSet<string> made, string where)
    {
        switch (words)
        {
            case []:
            case ["setup" or "doctor" or "help" or "test", ..]: // the launcher's own; what follows test goes to dotnet
                return;
            case ["bench", .. string[] names]:
                string script = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "eng", "bench.sh"));
                Assert.All(names.Where(name => !name.StartsWith('-')), name => Assert.True(Regex.IsMatch(script, $@"\b{Regex.Escape(name)}\b"), $"{where}: no bench '{name}'"));
                return;
            default:
                break;
        }

        ParseResult parsed = s_root.Parse(words);
        Assert.True(parsed.Errors.Count == 0, $"{where}\n{string.Join('\n', parsed.Errors.Select(error => error.Message))}");
        foreach ((string value, bool isOutput) in Values(parsed.CommandResult).Where(value => FilePath().IsMatch(value.Value)))
        {
            string file = value.StartsWith("sqlite:///", StringComparison.Ordinal) ? value["sqlite:///".Length..] : value;
            if (isOutput)
            {
                made.Add(file);
            }
            else
            {
                Assert.True(
                    made.Contains(file) || s_readers.Contains(file) || Path.Exists(Path.Combine(MlopsCommand.RepositoryRoot, file)),
                    $"{where}\n{file} is not in the repository, no command above makes it, and it is none of the files that a reader brings.");
            }
        }
    }

    private static IEnumerable<(string Value, bool IsOutput)> Values(SymbolResult result) => result switch
    {
        ParsedCommand command => command.Children.SelectMany(Values),
        OptionResult option => option.Tokens.Select(token => (token.Value, s_outputs.Contains(option.Option.Name))),
        ArgumentResult { Parent: ParsedCommand } argument => argument.Tokens.Select(token => (token.Value, argument.Argument.Name == "out")),
        _ => [],
    };

    /// <summary>Returns the commands of the shell blocks. In a console block the lines without a prompt are what it answers.</summary>
    private static string[] CommandsOf(string document) =>
    [
        .. MarkdownDocument.Load(Path.Combine(MlopsCommand.RepositoryRoot, document)).Blocks.Where(block => block.Language is "sh" or "bash" or "console")
            .SelectMany(block => block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => block.Language != "console" || line.StartsWith("$ ", StringComparison.Ordinal)))
            .Select(line => line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line)
            .Where(line => MlopsWord().IsMatch(line)),
    ];

    /// <summary>Splits a line as a shell would, into the commands between | and &amp;&amp;, without comment and redirections.</summary>
    private static string[][] Stages(string line)
    {
        List<List<string>> stages = [[]];
        foreach (Match match in Word().Matches(line))
        {
            if (match.Value.StartsWith('#'))
            {
                break;
            }

            if (match.Value is "|" or "&&" or ";")
            {
                stages.Add([]);
            }
            else if (!match.Value.TrimStart('2').StartsWith('>'))
            {
                stages[^1].Add(Unquoted(match.Value));
            }
        }

        return [.. stages.Where(stage => stage.Count > 0).Select(stage => stage.ToArray())];
    }

    private static string Unquoted(string word)
    {
        var text = new StringBuilder();
        foreach (Match piece in Piece().Matches(word))
        {
            text.Append(piece.Value[0] is '"' or '\'' ? piece.Value[1..^1] : piece.Value);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(?:^|\s)(?:\./)?mlops(?:\s|$)")]
    private static partial Regex MlopsWord();

    [GeneratedRegex(@"2?>>?\s*(?:""[^""]*""|[^\s]+)|(?:""[^""]*""|'[^']*'|[^\s""'])+")]
    private static partial Regex Word();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[^""']+")]
    private static partial Regex Piece();

    [GeneratedRegex(@"(?<![\w""])2?>>?\s*([\w./-]+)")]
    private static partial Regex Redirection();

    [GeneratedRegex(@"^(?:sqlite:///)?[\w.-]+(?:/[\w.-]+)*\.(?:csv|onnx|yaml|md|ipynb|json|jsonl|html|db|zip|tsv)$|^(?!\d+/\d+$)[\w.-]+(?:/[\w.-]+)+/?$")]
    private static partial Regex FilePath();
}
