namespace MlOps.Kernel.Editing;

/// <summary>What could be typed at a position.</summary>
/// <param name="Start">Where the text that an entry replaces begins, in UTF-16 code units of the cell's text.</param>
/// <param name="End">Where it ends: the position asked about, clamped to the text.</param>
/// <param name="Entries">Best first; empty where nothing can be said.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<CompletionEntry> Entries)
{
    internal static Completions None(int position) => new(position, position, []);
}

/// <summary>One possible text.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">One of <see cref="EntryKind"/>: the words by which editors choose an icon.</param>
/// <param name="Signature">One line: type, parameters, overloads. Empty where there is none.</param>
/// <param name="Documentation">The summary as plain text; null where there is none, and behind the first entries of a long list.</param>
internal sealed record CompletionEntry(string Text, string Kind, string Signature, string? Documentation = null);
