using System.Text;

namespace MlOps.Data.Csv;

/// <summary>The texts that stand for a missing value, ready to be compared with bytes.</summary>
internal sealed class MissingTokens
{
    private readonly byte[][][] _byLength;

    internal MissingTokens(IReadOnlyCollection<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        byte[][] encoded = [.. tokens.Select(Encoding.UTF8.GetBytes)];
        int longest = encoded.Length == 0 ? -1 : encoded.Max(t => t.Length);
        _byLength = [.. Enumerable.Range(0, longest + 1).Select(length => encoded.Where(t => t.Length == length).ToArray())];
        EmptyIsMissing = Contains([]);
    }

    /// <summary>Gets a value indicating whether an empty field is missing rather than empty text.</summary>
    internal bool EmptyIsMissing { get; }

    internal bool Contains(ReadOnlySpan<byte> text)
    {
        if (text.Length >= _byLength.Length)
        {
            return false;
        }

        foreach (byte[] token in _byLength[text.Length])
        {
            if (text.SequenceEqual(token))
            {
                return true;
            }
        }

        return false;
    }
}
