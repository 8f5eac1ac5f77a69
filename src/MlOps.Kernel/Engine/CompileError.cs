using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Engine;

/// <summary>One compile error: where, what, and the line with a caret under the place.</summary>
internal sealed record CompileError(string Id, string Message, string Place, LinePosition Position, string SourceLine)
{
    private string? Hint { get; init; }

    /// <summary>An error at a position of the cell's own text.</summary>
    internal static CompileError At(CellSource source, int position, string id, string message)
    {
        LinePosition place = source.Text.Lines.GetLinePosition(Math.Min(position, source.Text.Length));
        return new CompileError(id, message, source.Label, place, source.Text.Lines[place.Line].ToString()) { Hint = CompileHints.Of(id) };
    }

    /// <summary>An error that the compiler found.</summary>
    /// <param name="diagnostic">What it says.</param>
    /// <param name="source">The cell.</param>
    /// <param name="compilation">Knows the names that could have been meant; null to spare the search.</param>
    internal static CompileError From(Diagnostic diagnostic, CellSource source, Compilation? compilation) =>
        At(source, diagnostic.Location, diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)) with
        {
            Hint = compilation is null ? CompileHints.Of(diagnostic.Id) : CompileHints.Of(diagnostic, compilation),
        };

    /// <summary>An error at a place of the compiled text, or of a file that the cell loads.</summary>
    internal static CompileError At(CellSource source, Location location, string id, string message)
    {
        if (location.SourceTree is null || location.SourceTree == source.Compiled)
        {
            return At(source, source.ToUserPosition(location.SourceSpan.Start), id, message);
        }

        LinePosition place = location.GetLineSpan().StartLinePosition; // in a file that the cell loads
        string line = location.SourceTree.GetText().Lines[place.Line].ToString();
        return new CompileError(id, message, location.SourceTree.FilePath, place, line) { Hint = CompileHints.Of(id) };
    }

    internal static ErrorOutput ToOutput(IReadOnlyList<CompileError> errors)
    {
        CompileError first = errors[0];
        string more = errors.Count switch
        {
            1 => "",
            2 => " (and 1 more error)",
            _ => FormattableString.Invariant($" (and {errors.Count - 1} more errors)"),
        };
        return new ErrorOutput(first.Id, first.Message + more, [.. errors.SelectMany(error => error.Lines())]);
    }

    private IEnumerable<string> Lines()
    {
        yield return FormattableString.Invariant($"{Place}, line {Position.Line + 1}, column {Position.Character + 1}: {Id}: {Message}");
        yield return "    " + SourceLine;

        // Tabs are kept so that the caret stands under its place whatever their width.
        string indent = string.Concat(SourceLine.Take(Position.Character).Select(c => c == '\t' ? '\t' : ' '));
        yield return "    " + indent + "^";
        if (Hint is not null)
        {
            yield return "    " + Hint;
        }
    }
}
