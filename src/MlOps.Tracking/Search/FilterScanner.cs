using System.Globalization;

namespace MlOps.Tracking.Search;

/// <summary>Walks over the text of a filter or an order and reads its words. Knows columns, not grammar.</summary>
/// <param name="text">The text.</param>
/// <param name="what">What it is, for messages: <c>filter</c> or <c>order_by</c>.</param>
/// <param name="strict">Whether a key without quotes may hold only letters, digits, <c>_</c>, <c>$</c>, <c>#</c> and dots, as in MLflow.</param>
internal sealed class FilterScanner(string text, string what, bool strict)
{
    private static readonly string[] s_operators = ["<=", ">=", "!=", "<>", "==", "=", "<", ">"];

    /// <summary>Where the next word begins, from 0.</summary>
    internal int Position { get; private set; }

    internal bool AtEnd
    {
        get
        {
            SkipSpaces();
            return Position == text.Length;
        }
    }

    /// <summary>The next word, for a message.</summary>
    internal string Found
    {
        get
        {
            if (AtEnd)
            {
                return "the end";
            }

            int end = Position;
            while (end < text.Length && IsWord(text[end]))
            {
                end++;
            }

            return $"'{text[Position..Math.Min(Math.Max(end, Position + 1), Position + 40)]}'";
        }
    }

    /// <summary>Takes a keyword, whatever its case, if it comes next.</summary>
    internal bool TryKeyword(string keyword)
    {
        SkipSpaces();
        int end = Position + keyword.Length;
        if (!text.AsSpan(Position).StartsWith(keyword, StringComparison.OrdinalIgnoreCase) || (end < text.Length && IsWord(text[end])))
        {
            return false;
        }

        Position = end;
        return true;
    }

    internal bool TryMark(char mark)
    {
        if (AtEnd || text[Position] != mark)
        {
            return false;
        }

        Position++;
        return true;
    }

    internal string? TryOperator()
    {
        SkipSpaces();
        foreach (string one in s_operators)
        {
            if (text.AsSpan(Position).StartsWith(one, StringComparison.Ordinal))
            {
                Position += one.Length;
                return one;
            }
        }

        return null;
    }

    /// <summary>Reads a number such as <c>0.9</c>, <c>-5</c> or <c>1e-3</c>; null if none comes next.</summary>
    internal double? TryNumber(out bool isWhole)
    {
        SkipSpaces();
        int at = Position;
        at += at < text.Length && text[at] is '-' or '+' ? 1 : 0;
        int digits = at;
        at = Digits(at);
        int count = at - digits;
        isWhole = true;
        if (at < text.Length && text[at] == '.')
        {
            isWhole = false;
            int fraction = at + 1;
            at = Digits(fraction);
            count += at - fraction;
        }

        if (count == 0)
        {
            return null;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            int exponent = at + 1;
            exponent += exponent < text.Length && text[exponent] is '-' or '+' ? 1 : 0;
            int end = Digits(exponent);
            (at, isWhole) = end > exponent ? (end, false) : (at, isWhole);
        }

        if (at < text.Length && (IsWord(text[at]) || text[at] == '.'))
        {
            return null;
        }

        double value = double.Parse(text.AsSpan(Position, at - Position), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw Error(Position, $"the number {text[Position..at]} is greater than any double");
        }

        Position = at;
        return value;
    }

    /// <summary>Reads a text in single or double quotes; within it the quote is written twice. Null if none comes next.</summary>
    internal string? TryText() => !AtEnd && text[Position] is '\'' or '"' ? Quoted() : null;

    /// <summary>Reads a key of its own, or what stands before the dot: a word, or anything in back-ticks or double quotes.</summary>
    internal string? TryName()
    {
        if (AtEnd)
        {
            return null;
        }

        if (text[Position] is '`' or '"')
        {
            return Quoted();
        }

        int start = Position;
        while (Position < text.Length && IsWord(text[Position]))
        {
            Position++;
        }

        return Position > start ? text[start..Position] : null;
    }

    /// <summary>Reads the key behind the dot. Words and dots need no quotes; outside the strict mode <c>-</c>, <c>/</c> and <c>:</c> do not either.</summary>
    internal string? TryKey()
    {
        if (Position < text.Length && text[Position] is '`' or '"')
        {
            return Quoted();
        }

        int start = Position;
        while (Position < text.Length && (IsWord(text[Position]) || text[Position] == '.' || (!strict && text[Position] is '-' or '/' or ':')))
        {
            Position++;
        }

        return Position > start ? text[start..Position] : null;
    }

    /// <summary>Takes the dot between an entity and its key.</summary>
    internal bool TryDot()
    {
        if (Position == text.Length || text[Position] != '.')
        {
            return false;
        }

        Position++;
        return true;
    }

    internal TrackingException Error(int position, string problem) => new(
        TrackingError.InvalidParameterValue,
        string.Create(CultureInfo.InvariantCulture, $"Invalid clause(s) in {what} string: column {position + 1}: {problem}."));

    private string Quoted()
    {
        char quote = text[Position];
        int start = Position;
        int at = start + 1;
        bool doubled = false;
        while (true)
        {
            int end = text.IndexOf(quote, at);
            if (end < 0)
            {
                throw Error(start, $"the quote {quote} is never closed");
            }

            if (end + 1 == text.Length || text[end + 1] != quote)
            {
                Position = end + 1;
                string inner = text[(start + 1)..end];
                return doubled ? inner.Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal) : inner;
            }

            doubled = true;
            at = end + 2;
        }
    }

    private int Digits(int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private void SkipSpaces()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '#';
}
