using System.Text;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>The words behind <c>#!sql</c> or <c>#!connect</c>: options with a value each, and the rest by place.</summary>
internal sealed class SqlArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _places = [];

    /// <summary>Reads a line.</summary>
    /// <param name="directive">What the line begins with, for messages.</param>
    /// <param name="line">The rest of it.</param>
    /// <param name="known">The options there are, with their dashes.</param>
    /// <exception cref="SqlCellException">An option is unknown, lacks its value or comes twice; a quote is not closed.</exception>
    internal SqlArguments(string directive, string line, params ReadOnlySpan<string> known)
    {
        List<string> words = Words(directive, line);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                _places.Add(word);
            }
            else if (!known.Contains(word))
            {
                throw new SqlCellException($"{directive} has no option {word}. It has: {string.Join(", ", known.ToArray())}.");
            }
            else if (i + 1 == words.Count || words[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new SqlCellException($"{directive}: {word} needs a value behind it.");
            }
            else if (!_options.TryAdd(word, words[++i]))
            {
                throw new SqlCellException($"{directive}: {word} is there twice.");
            }
        }
    }

    internal IReadOnlyList<string> Places => _places;

    internal string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>Splits at blanks; quotes, single or double, keep a word with blanks together.</summary>
    private static List<string> Words(string directive, string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        bool started = false;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (started)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    started = false;
                }
            }
            else if (quote == '\0' ? c is '"' or '\'' : c == quote)
            {
                quote = quote == '\0' ? c : '\0';
                started = true;
            }
            else
            {
                word.Append(c);
                started = true;
            }
        }

        if (quote != '\0')
        {
            throw new SqlCellException($"{directive}: the quote {quote} is not closed in: {line}");
        }

        if (started)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
