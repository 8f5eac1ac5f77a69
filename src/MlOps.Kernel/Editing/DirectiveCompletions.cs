using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>Lines that start with <c>#</c>: the directives of the session, and those that C# scripts have.</summary>
internal static class DirectiveCompletions
{
    private static readonly CompletionEntry[] OfScripts =
    [
        new("#r \"", EntryKind.Directive, "#r \"path/to/library.dll\"", "Makes the types of an assembly or package available."),
        new("#load \"", EntryKind.Directive, "#load \"path/to/script.csx\"", "Runs a file's code as part of this cell."),
    ];

    /// <summary>Completes the word behind the mark; null if the line up to the position is not just such a word.</summary>
    internal static Completions? At(string line, int position, IReadOnlyList<DirectiveDescription> directives, bool inCSharp)
    {
        string typed = line.TrimStart(' ', '\t');
        if (!typed.StartsWith('#') || typed.AsSpan().IndexOfAny(' ', '\t', '"') >= 0 || (typed.Length > 1 && typed[1] != '!' && !inCSharp))
        {
            return null;
        }

        IEnumerable<CompletionEntry> entries = directives
            .OrderBy(directive => directive.Name, StringComparer.OrdinalIgnoreCase)
            .Select(directive => new CompletionEntry("#!" + directive.Name, EntryKind.Directive, directive.Usage, directive.Summary))
            .Concat(inCSharp ? OfScripts : [])
            .Where(entry => entry.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        return new Completions(position - typed.Length, position, [.. entries]);
    }
}
