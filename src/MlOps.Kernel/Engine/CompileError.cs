using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Engine;

/// <summary>One compile error: where, what, and the line with a caret under the place.</summary>
internal sealed record CompileError(string Id, string Message, string Place, LinePosition Position, string SourceLine)
{
    /// <summary>What a learner can do about the errors that notebooks produce most.</summary>
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["CS0103"] = "Check the spelling, or run the cell that declares it first.",
        ["CS0246"] = "Check the spelling, add the using, or run the cell that declares the type first.",
        ["CS1002"] = "Only the last expression of a cell may go without a semicolon.",
        ["CS0120"] = "A class cannot see the variables of cells; pass the value as a parameter.",
    };

    /// <summary>An error at a position of the cell's own text.</summary>
    internal static CompileError At(CellSource source, int position, string id, string message)
    {
        LinePosition place = source.Text.Lines.GetLinePosition(Math.Min(position, source.Text.Length));
        return new CompileError(id, message, source.Label, place, source.Text.Lines[place.Line].ToString());
    }

    internal static CompileError From(Diagnostic diagnostic, CellSource source)
    {
        string message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Location location = diagnostic.Location;
        if (location.SourceTree is null || location.SourceTree == source.Compiled)
        {
            return At(source, source.ToUserPosition(location.SourceSpan.Start), diagnostic.Id, message);
        }

        LinePosition place = location.GetLineSpan().StartLinePosition; // in a file that the cell loads
        string line = location.SourceTree.GetText().Lines[place.Line].ToString();
        return new CompileError(diagnostic.Id, message, location.SourceTree.FilePath, place, line);
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
        if (Hints.TryGetValue(Id, out string? hint))
        {
            yield return "    " + hint;
        }
    }
}
