using MlOps.Kernel.Display;
using MlOps.Kernel.Languages;

namespace MlOps.Kernel.Engine;

/// <summary>What the executing thread does for one cell: run its parts in order, show the result, describe a failure.</summary>
internal sealed class CellBody(
    CellText text,
    NotebookEngine engine,
    CellContext context,
    StoppableCode stoppable,
    CellRun run,
    SubmissionLoadContext loader,
    Traceback traceback,
    Func<PartRun> newPart)
{
    private volatile PartRun? _current;

    /// <summary>Gets the lines of the cell where it was when it was stopped; empty if that is not known.</summary>
    internal IReadOnlyList<string> StoppedAt => stoppable.Ended is { } exception ? [.. traceback.Frames(exception)] : [];

    /// <summary>Runs the cell to its end. Throws nothing.</summary>
    internal CodeEnd Execute()
    {
        CellContext.Current = context;
        loader.LastCell = context;
        SynchronizationContext.SetSynchronizationContext(new CellSynchronizationContext(context, stoppable, UnhandledExceptions.Report));
        CodeEnd end;
        try
        {
            end = RunParts();
            end = end.Status == CellStatus.Ok ? Finish(end) : end;
        }
        catch (OperationCanceledException) when (stoppable.Stopping.IsCancellationRequested)
        {
            return CodeEnd.Stopped;
        }
        catch (DirectiveException exception)
        {
            end = new CodeEnd(CellStatus.CompileError, null, exception.ToOutput());
        }
        catch (Exception exception)
        {
            end = CodeEnd.Threw(exception); // a reference that cannot be loaded, a result that cannot be shown
        }

        return end.Status is CellStatus.Failed or CellStatus.CompileError ? Fail(end) : end;
    }

    /// <summary>Makes the names of the part that ran last visible to later cells; those of the parts before it are.</summary>
    internal void KeepNames(CellStatus status) => _current?.KeepNames(status);

    private CodeEnd RunParts()
    {
        var left = new Stack<CellPart>(CellParts.Split(text, engine.Table).Reverse());
        CodeEnd end = CodeEnd.Nothing;
        while (left.TryPop(out CellPart? part))
        {
            if (part.Directive.Expand is not null)
            {
                foreach (CellPart imported in Expand(part).Reverse())
                {
                    left.Push(imported);
                }

                continue;
            }

            if (Code(part) is not { } code)
            {
                return CodeEnd.Stopped;
            }

            PartRun current = newPart();
            _current = current;
            end = current.Execute(code, part);
            if (end.Status != CellStatus.Ok || left.Count == 0)
            {
                return end;
            }

            if (!stoppable.TryRun(() => ShowBetween(current, end.Value)))
            {
                return CodeEnd.Stopped;
            }

            current.KeepNames(CellStatus.Ok);
            _current = null;
            end = CodeEnd.Nothing;
        }

        return end;
    }

    private IReadOnlyList<CellPart> Expand(CellPart part)
    {
        try
        {
            return part.Directive.Expand!(part, engine);
        }
        catch (DirectiveException exception)
        {
            throw exception.At(part.Cell, part.Line);
        }
    }

    /// <summary>The part's C#; null if the cell was stopped meanwhile. What makes it may look at the user's values, so it is stoppable too.</summary>
    private string? Code(CellPart part)
    {
        if (ReferenceEquals(part.Directive, BuiltInDirectives.CSharp) && part.Arguments.Length == 0)
        {
            return part.ToCode(); // the time limit starts when the code does: compiling does not count
        }

        run.CodeStarts();
        context.Part = part;
        string? code = null;
        DirectiveException? wrong = null;
        bool finished = stoppable.TryRun(() =>
        {
            try
            {
                code = part.ToCode();
            }
            catch (DirectiveException exception)
            {
                wrong = exception.At(part.Cell, part.Line);
            }
        });
        return wrong is null ? finished ? code : null : throw wrong;
    }

    /// <summary>Shows the value of a part that is not the last one; the cell's result is that of the last.</summary>
    private static void ShowBetween(PartRun part, object? value)
    {
        if (part.Shows(value))
        {
            DisplayedValue.Show(MimeBundles.Of(value));
        }
    }

    private CodeEnd Finish(CodeEnd end)
    {
        bool finished = stoppable.TryRun(() =>
        {
            context.Endings.Run();
            if (_current is { } last && last.Shows(end.Value))
            {
                context.Output.Add(new ResultOutput(MimeBundles.Of(end.Value)));
            }

            context.AfterResult.Run();
        });
        return finished ? end : CodeEnd.Stopped;
    }

    private CodeEnd Fail(CodeEnd end)
    {
        ErrorOutput? error = end.Error;
        bool finished = stoppable.TryRun(() =>
        {
            error ??= traceback.Describe(end.Exception!);
            try
            {
                RunEndingsOfFailure();
                context.AfterResult.Run();
            }
            catch (Exception second)
            {
                UnhandledExceptions.Report(second); // told as well, but the first error is the cell's
            }
        });
        return finished ? end with { Error = error } : CodeEnd.Stopped;
    }

    /// <summary>Disposes while an exception is handled, as a <c>using</c> block of a program would: what asks the runtime (Marshal.GetExceptionPointers) whether it ends because of one is told so.</summary>
    private void RunEndingsOfFailure()
    {
        try
        {
            throw new InvalidOperationException("The cell failed."); // the cell's own exception would get a second stack trace
        }
        catch (InvalidOperationException)
        {
            context.Endings.Run();
        }
    }
}
