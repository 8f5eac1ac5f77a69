using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using MlOps.Kernel.Languages;

namespace MlOps.Kernel.Engine;

/// <summary>Tells a run-time error in terms of cells: the message, the user's own frames, the causes.</summary>
internal sealed class Traceback
{
    private const int MaxFrames = 30; // deep recursion: the first frames say it all
    private const int MaxCauses = 10;

    private readonly ConcurrentDictionary<Assembly, (CellText Cell, bool HasSymbols)> _cells = new();

    /// <summary>Makes the frames of an assembly readable. Without symbols all its code is taken to be on the cell's first line.</summary>
    internal void Add(Assembly assembly, CellText cell, bool hasSymbols) => _cells[assembly] = (cell, hasSymbols);

    internal ErrorOutput Describe(Exception exception)
    {
        Exception main = Unwrap(exception);
        List<string> lines = [Title(main)];
        lines.AddRange(Frames(main));
        if (!ReferenceEquals(main, exception) && lines.Count == 1)
        {
            lines.AddRange(Frames(exception)); // thrown outside cells, met in one: task.Wait()
        }

        AddCauses(main, lines, 0);
        return new ErrorOutput(TypeName(main), Message(main), lines);
    }

    /// <summary>The frames that lie in cells, innermost first, each with its line of code.</summary>
    internal IEnumerable<string> Frames(Exception exception)
    {
        int shown = 0;
        string? last = null;
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { } method || !_cells.TryGetValue(method.Module.Assembly, out (CellText Cell, bool HasSymbols) code))
            {
                continue;
            }

            CellText cell = code.Cell;
            int line = code.HasSymbols ? frame.GetFileLineNumber() : 1;
            if (line == 0)
            {
                continue; // the compiler's own code
            }

            string file = frame.GetFileName() is { } known && known != cell.Path ? known : cell.Label; // the compiler writes the full path of an imported file
            string name = CellMethodName.Of(method);
            string place = FormattableString.Invariant($"  {file}, line {line}") + (name.Length > 0 ? ", in " + name : "");
            if (place == last)
            {
                continue; // an awaited method appears once per rethrow
            }

            last = place;
            if (++shown > MaxFrames)
            {
                yield return "  …";
                yield break;
            }

            yield return place;
            if (file == cell.Label && line <= cell.Lines.Count)
            {
                yield return "    " + cell.Line(line - 1).Trim();
            }
        }
    }

    /// <summary>The exception that matters: tasks and reflection wrap it.</summary>
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: 1 } aggregate => Unwrap(aggregate.InnerExceptions[0]),
        AggregateException aggregate when aggregate.Flatten() is { InnerExceptions.Count: 1 } flat => Unwrap(flat.InnerExceptions[0]),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static string TypeName(Exception exception) => exception.GetType().Name.Split('`')[0];

    private static string Title(Exception exception) => TypeName(exception) + ": " + Message(exception);

    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception broken) when (broken is not ThreadInterruptedException)
        {
            return $"(its Message property throws {broken.GetType().Name})"; // user code: anything can happen
        }
    }

    private void AddCauses(Exception exception, List<string> lines, int depth)
    {
        IReadOnlyList<Exception> causes = exception switch
        {
            AggregateException aggregate => aggregate.Flatten().InnerExceptions,
            { InnerException: { } inner } => [inner],
            _ => [],
        };
        foreach (Exception cause in causes.Take(MaxCauses))
        {
            if (depth < MaxCauses)
            {
                lines.Add("caused by " + Title(cause));
                lines.AddRange(Frames(cause));
                AddCauses(cause, lines, depth + 1);
            }
        }

        if (causes.Count > MaxCauses)
        {
            lines.Add(FormattableString.Invariant($"and {causes.Count - MaxCauses} more causes"));
        }
    }
}
