using System.Text;

namespace MlOps.Kernel.Languages;

/// <summary>What stands behind a directive's name: words and options such as <c>--from sql</c>, read as a command line is.</summary>
/// <remarks>A quoted word may hold blanks. A word that starts with <c>@input:{</c> reaches to its closing brace, as JSON.</remarks>
internal sealed class DirectiveArguments
{
    private readonly Dictionary<string, DirectiveWord> _options = new(StringComparer.Ordinal);
    private readonly string _usage;

    private DirectiveArguments(string usage) => _usage = usage;

    /// <summary>Gets the words that belong to no option.</summary>
    internal List<DirectiveWord> Words { get; } = [];

    /// <summary>Reads arguments.</summary>
    /// <param name="text">The rest of the line.</param>
    /// <param name="usage">How the line should look, for messages.</param>
    /// <param name="options">The options that take a value, with their dashes.</param>
    /// <param name="flags">The options that take none.</param>
    /// <exception cref="DirectiveException">An option is unknown, said twice or lacks its value; a quote is not closed.</exception>
    internal static DirectiveArguments Parse(string text, string usage, IReadOnlyList<string> options, params IReadOnlyList<string> flags)
    {
        var arguments = new DirectiveArguments(usage);
        Queue<DirectiveWord> words = new(arguments.Split(text));
        while (words.TryDequeue(out DirectiveWord word))
        {
            if (word.IsQuoted || !word.Text.StartsWith('-') || word.Text.Length == 1 || char.IsDigit(word.Text[1]))
            {
                arguments.Words.Add(word);
                continue;
            }

            int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word.Text : word.Text[..equals];
            if (!options.Contains(name) && !flags.Contains(name))
            {
                throw arguments.Wrong($"{name} is no option of this directive.");
            }

            DirectiveWord value = flags.Contains(name) ? default
                : equals >= 0 ? new DirectiveWord(word.Text[(equals + 1)..], false)
                : words.TryDequeue(out DirectiveWord next) && (next.IsQuoted || !options.Contains(next.Text)) ? next
                : throw arguments.Wrong($"{name} needs a value.");
            if (!arguments._options.TryAdd(name, value))
            {
                throw arguments.Wrong($"{name} is there twice.");
            }
        }

        return arguments;
    }

    /// <summary>Refuses arguments of a directive that takes none.</summary>
    internal static void None(string text, string usage)
    {
        if (text.Length > 0)
        {
            throw new DirectiveException($"'{text}' is too much. Write: {usage}");
        }
    }

    internal bool Has(string option) => _options.ContainsKey(option);

    /// <summary>The value of an option; null if it is not there.</summary>
    internal DirectiveWord? Find(string option) => _options.TryGetValue(option, out DirectiveWord value) ? value : null;

    /// <summary>The value of an option that must be there.</summary>
    internal DirectiveWord Required(string option) => Find(option) ?? throw Wrong($"{option} is missing.");

    /// <summary>The one word that belongs to no option.</summary>
    internal string OnlyWord(string what) => Words.Count == 1 ? Words[0].Text : throw Wrong($"One {what} is needed; {Words.Count} came.");

    /// <summary>Refuses words that belong to no option.</summary>
    internal void NoWords()
    {
        if (Words.Count > 0)
        {
            throw Wrong($"'{Words[0].Text}' belongs to no option.");
        }
    }

    internal DirectiveException Wrong(string why) => new($"{why} Write: {_usage}");

    private List<DirectiveWord> Split(string text)
    {
        List<DirectiveWord> words = [];
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            bool quoted = text[at] == '"';
            var word = new StringBuilder();
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                int end = text[at] == '"' ? text.IndexOf(text[at], at + 1)
                    : text[at] == '{' && word.ToString() is "@input:" or "@password:" ? text.LastIndexOf('}')
                    : at;
                if (end < at)
                {
                    throw Wrong($"The {text[at]} is not closed.");
                }

                word.Append(text[at] == '"' ? text.AsSpan(at + 1, end - at - 1) : text.AsSpan(at, end - at + 1));
                at = end + 1;
            }

            words.Add(new DirectiveWord(word.ToString(), quoted));
        }

        return words;
    }
}

/// <summary>One word of a directive's arguments, without its quotes.</summary>
internal readonly record struct DirectiveWord(string Text, bool IsQuoted);
