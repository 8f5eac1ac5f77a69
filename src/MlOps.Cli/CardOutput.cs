using System.CommandLine;
using MlOps.Fairness.Cards;

namespace MlOps.Cli;

/// <summary>The options that the documents of <c>mlops card</c> share: answers in, a file or standard output out, the check.</summary>
internal sealed class CardOutput
{
    private readonly Option<string?> _answers = new("--answers") { Description = "YAML or JSON file with what a person answers; 'card questions' writes it." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The .md, .html or .json file to write; standard output without it." };
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _check = new("--check") { Description = "Exit with 1 if something is missing, and tell what." };

    internal void AddTo(Command verb)
    {
        verb.Add(_answers);
        verb.Add(_out);
        verb.Add(_json);
        verb.Add(_check);
    }

    /// <summary>Makes a document of the answers; what is wrong with them is told with their file's name.</summary>
    internal T Make<T>(ParseResult parsed, Func<CardAnswers, T> make)
    {
        if (parsed.GetValue(_out) is { } path)
        {
            OutputPath.Checked(path, parsed.GetValue(_answers));
            if (Path.GetExtension(path) is not (".md" or ".html" or ".json"))
            {
                throw new ArgumentException($"--out takes a .md, .html or .json file; got '{path}'.");
            }
        }

        return parsed.GetValue(_answers) is { } answers ? Naming(answers, () => make(CardAnswers.Parse(File.ReadAllText(answers)))) : make(CardAnswers.None);
    }

    internal int Write(ParseResult parsed, CardDocument card) => Write(parsed, card.ToMarkdown, () => card.ToJson(indented: true), card.ToMimeBundle, card.Check());

    internal int Write(ParseResult parsed, Checklist list) => Write(parsed, list.ToMarkdown, () => list.ToJson(indented: true), list.ToMimeBundle, list.Check());

    /// <summary>Writes the gaps, a line each.</summary>
    internal static int Tell(IReadOnlyList<CardGap> gaps, TextWriter writer)
    {
        foreach (CardGap gap in gaps)
        {
            writer.WriteLine(TerminalText.Harmless($"missing  {gap}"));
        }

        writer.WriteLine(gaps.Count == 0 ? "Nothing is missing." : FormattableString.Invariant($"{gaps.Count} {(gaps.Count == 1 ? "gap" : "gaps")}."));
        return gaps.Count == 0 ? Program.Ok : Program.GateFailed;
    }

    /// <summary>Puts the file's name before what is wrong in it.</summary>
    internal static T Naming<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CardFormatException e)
        {
            throw new CardFormatException($"{path}: {e.Message}", e);
        }
    }

    private int Write(ParseResult parsed, Func<string> markdown, Func<string> json, Func<IReadOnlyDictionary<string, string>> bundle, IReadOnlyList<CardGap> gaps)
    {
        if (parsed.GetValue(_out) is { } path)
        {
            File.WriteAllText(path, Path.GetExtension(path) switch
            {
                ".json" => json(),
                ".html" => $"<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{Path.GetFileNameWithoutExtension(path).Replace("<", "&lt;", StringComparison.Ordinal)}</title><body style=\"font-family:system-ui,sans-serif;margin:2em\">{bundle()["text/html"]}</body></html>\n",
                _ => markdown(),
            });
            Console.Error.WriteLine(FormattableString.Invariant($"{path}: {gaps.Count} {(gaps.Count == 1 ? "gap" : "gaps")}"));
        }

        if (parsed.GetValue(_json) || parsed.GetValue(_out) is null)
        {
            TerminalText.WriteLine(parsed.GetValue(_json) ? json() : markdown());
        }

        return parsed.GetValue(_check) ? Tell(gaps, Console.Error) : Program.Ok;
    }
}
