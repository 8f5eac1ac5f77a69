using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace MlOps.Kernel.Engine;

/// <summary>Tells a run-time error in terms of cells: the message, the user's own frames, the causes.</summary>
internal sealed class Traceback
{
    private const int MaxFrames = 30; // deep recursion: the first frames say it all
    private const int MaxCauses = 10;

    private readonly ConcurrentDictionary<Assembly, CellSource> _cells = new();

    internal void Add(Assembly assembly, CellSource source) => _cells[assembly] = source;

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
            if (frame.GetMethod() is not { } method || !_cells.TryGetValue(method.Module.Assembly, out CellSource? source) || frame.GetFileLineNumber() == 0)
            {
                continue;
            }

            int line = frame.GetFileLineNumber();
            string file = frame.GetFileName() ?? source.Label;
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
            if (file == source.Label && line <= source.Text.Lines.Count)
            {
                yield return "    " + source.Text.Lines[line - 1].ToString().Trim();
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
