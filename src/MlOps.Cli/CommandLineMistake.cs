using System.CommandLine;
using System.CommandLine.Parsing;

namespace MlOps.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class CommandLineMistake
{
    /// <summary>Verbs of the launcher, which never reach this program when they are spelled right.</summary>
    private static readonly string[] s_launcher = ["setup", "doctor", "test", "bench", "help"];

    internal static void Tell(ParseResult parsed, TextWriter writer)
    {
        Command command = parsed.CommandResult.Command;
        string path = string.Concat(Path(parsed.CommandResult).Reverse().Select(name => name + " "));
        string? unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (unknown is not null && command.Subcommands.Any(verb => !verb.Hidden) && command.Arguments.Count == 0 && !unknown.StartsWith('-'))
        {
            string[] verbs = [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name), .. command is RootCommand ? s_launcher : []];
            writer.WriteLine($"mlops: there is no verb '{path}{unknown}'.{Meant(unknown, verbs) ?? (command is RootCommand ? "" : $" There are: {string.Join(", ", verbs)}.")}");
        }
        else if (unknown is not null && unknown.StartsWith("--", StringComparison.Ordinal))
        {
            string[] options = [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)];
            writer.WriteLine($"mlops: {(path.Length == 0 ? "there is" : $"'{path.TrimEnd()}' has")} no option {unknown}.{Meant(unknown, options)}");
        }
        else
        {
            foreach (string message in parsed.Errors.Select(error => Message(error, command, path.TrimEnd())).Distinct())
            {
                writer.WriteLine($"mlops: {message}");
            }
        }

        writer.WriteLine($"'./mlops {path}--help' shows how it is used.");
    }

    /// <summary>The verb and those above it, without the root: for <c>kernel install</c> first "install", then "kernel".</summary>
    internal static IEnumerable<string> Path(CommandResult? verb)
    {
        for (; verb is { Command: not RootCommand }; verb = verb.Parent as CommandResult)
        {
            yield return verb.Command.Name;
        }
    }

    /// <summary>What is missing by its name, what cannot be by the option it stands behind.</summary>
    private static string Message(ParseError error, Command command, string path)
    {
        string plain = Plain(error.Message);
        return plain.StartsWith("Required argument missing for command", StringComparison.Ordinal) ? $"'{path}' needs {string.Join(' ', command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(argument => $"<{argument.Name}>"))}."
            : plain.StartsWith("Required command was not provided", StringComparison.Ordinal) ? $"{(path.Length == 0 ? "name a verb" : $"'{path}' needs a verb")}: {string.Join(", ", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))}."
            : error.SymbolResult is OptionResult option && !plain.Contains(option.Option.Name, StringComparison.Ordinal) ? $"{option.Option.Name}: {plain}"
            : plain;
    }

    /// <summary>The parser's message in one line, a C# type by what a user would call it.</summary>
    private static string Plain(string message)
    {
        string line = string.Join(", ", message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Replace("of:, ", "of: ", StringComparison.Ordinal);
        int type = line.IndexOf(" as expected type '", StringComparison.Ordinal);
        return type < 0 ? line
            : line[type..].Contains("Int", StringComparison.Ordinal) ? $"{line[..type]} as a whole number."
            : line[type..].Contains("Double", StringComparison.Ordinal) ? $"{line[..type]} as a number."
            : $"{line[..type]}.";
    }

    private static string? Meant(string typed, string[] names)
    {
        string? nearest = names.MinBy(name => Distance(typed, name));
        return nearest is not null && (Distance(typed, nearest) <= Math.Max(1, typed.TrimStart('-').Length / 3) || (typed.Length > 3 && nearest.StartsWith(typed, StringComparison.Ordinal)))
            ? $" Did you mean '{nearest}'?"
            : null;
    }

    /// <summary>Letters to insert, remove, replace or swap with their neighbour until one text is the other.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
