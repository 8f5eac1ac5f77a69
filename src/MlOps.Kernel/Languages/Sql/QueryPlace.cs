using System.Text.RegularExpressions;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>Shows a place in a query: its line with a mark under the word.</summary>
internal static class QueryPlace
{
    /// <summary>The line that holds a place, and a mark under the word there.</summary>
    internal static string Line(string query, int place)
    {
        int at = Math.Clamp(place, 0, query.Length);
        int start = at == 0 ? 0 : query.LastIndexOf('\n', at - 1) + 1;
        int end = query.IndexOf('\n', at) is var found && found < 0 ? query.Length : found;
        string line = query[start..end].TrimEnd('\r');
        int length = Math.Max(1, query.AsSpan(at, end - at).IndexOfAnyExcept(s_word) is var word && word < 0 ? end - at : word);
        string head = FormattableString.Invariant($"line {query.AsSpan(0, start).Count('\n') + 1} of the query:  ");
        string blanks = string.Concat(line.Take(at - start).Select(c => c == '\t' ? '\t' : ' '));
        return $"{head}{line}\n{new string(' ', head.Length)}{blanks}{new string('^', length)}";
    }

    /// <summary>The line of a word that occurs once in a statement; else the statement's first line, without a mark.</summary>
    internal static string Line(string query, int start, int end, string? word)
    {
        if (word is not null && Regex.Matches(query[start..end], $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.IgnoreCase) is { Count: 1 } found)
        {
            return Line(query, start + found[0].Index);
        }

        int first = start + (query.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n;") is var skipped && skipped > 0 ? skipped : 0);
        return Line(query, first).Split('\n')[0];
    }

    private static readonly System.Buffers.SearchValues<char> s_word = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@$:.");
}
