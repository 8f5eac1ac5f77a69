using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>What an editor asks about the text of a cell: completion, description, whether it can run.</summary>
/// <remarks>
/// Reads the session and changes nothing, so it can answer while a cell runs. Thread-safe. Positions count UTF-16 code units;
/// one outside the text is moved into it. The first answer takes a second unless <see cref="Warm"/> went before.
/// </remarks>
/// <param name="engine">The session.</param>
/// <param name="workingFolder">Where relative paths in <c>#r</c>, <c>#load</c> and <c>#!import</c> start.</param>
/// <param name="directives">The <c>#!</c> lines that the session knows.</param>
internal sealed class CodeEditor(NotebookEngine engine, string workingFolder, IReadOnlyList<DirectiveDescription> directives)
{
    private readonly Documentation _documentation = new();

    /// <summary>Lists what could be typed at a position.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Completions Complete(string code, int position, CancellationToken cancellationToken)
    {
        int clamped = Math.Clamp(position, 0, code.Length);
        return Ask(
            () =>
            {
                var cell = new CellText(code, directives);
                int place = cell.Clamp(position);
                string line = code[LineStart(code, place)..place];
                if (cell.IsForeign(place))
                {
                    return DirectiveCompletions.At(line, place, directives, inCSharp: false) ?? Completions.None(place);
                }

                return PathCompletions.At(line, place, workingFolder)
                    ?? DirectiveCompletions.At(line, place, directives, inCSharp: true)
                    ?? (cell.IsDirective(place) ? Completions.None(place) : new SymbolCompletions(engine, _documentation).At(cell.CSharp, place, cancellationToken));
            },
            Completions.None(clamped));
    }

    /// <summary>Describes what stands at a position; null if nothing is known.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">A position in it.</param>
    /// <param name="detail">0: signature and summary. 1 or more: also parameters, result, exceptions, remarks and overloads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Inspection? Inspect(string code, int position, int detail, CancellationToken cancellationToken) => Ask(
        () =>
        {
            var cell = new CellText(code, directives);
            int place = cell.Clamp(position);
            if (cell.Directives.FirstOrDefault(line => place >= line.Start && place <= line.End) is { } directive)
            {
                return directive.Directive is { } known ? new InspectionText().Signature(known.Usage).Text(known.Summary).ToInspection() : null;
            }

            return cell.IsForeign(place) ? null : new Inspector(engine, _documentation).At(cell.CSharp, place, detail, cancellationToken);
        },
        null);

    /// <summary>Tells whether a text can run as it stands, needs more lines, or is wrong.</summary>
    internal Completeness Check(string code) => Ask(() => CompletenessCheck.Of(new CellText(code, directives)), new Completeness(CompletenessStatus.Unknown));

    /// <summary>Does everything once, so that the first real answer is fast.</summary>
    /// <returns>Ends when everything is warm. There is no need to wait for it.</returns>
    internal Task Warm() => Task.Factory.StartNew(
        () =>
        {
            DocumentationFiles.Warm();
            const string Code = "var warm = new List<int> { 1 }; warm.Where(w => w > 0).Sum(); Math.Round(";
            Complete(Code, Code.IndexOf("Where", StringComparison.Ordinal), CancellationToken.None);
            Complete("", 0, CancellationToken.None);
            Inspect(Code, Code.Length, 1, CancellationToken.None);
            Inspect(Code, Code.IndexOf("Sum", StringComparison.Ordinal), 1, CancellationToken.None);
            Check(Code);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>
    /// Half-written code can break the compiler's own parser: version 5.12 throws for <c>xs&lt;&gt;::</c>. Then there is no answer, and the next
    /// key brings another question. Faults of our own are not hidden.
    /// </summary>
    private static T Ask<T>(Func<T> question, T otherwise)
    {
        try
        {
            return question();
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or InsufficientExecutionStackException
            && (exception.Source?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true || exception is InsufficientExecutionStackException))
        {
            return otherwise;
        }
    }

    private static int LineStart(string code, int position)
    {
        int end = code.AsSpan(0, position).LastIndexOfAny('\r', '\n');
        return end + 1;
    }
}
