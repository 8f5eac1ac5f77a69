using System.Reflection;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Engine;

/// <summary>What the executing thread does for one cell: compile, load, run, show the result, describe a failure.</summary>
internal sealed class CellBody(
    string code,
    string label,
    CellContext context,
    StoppableCode stoppable,
    CellRun run,
    CellCompiler compiler,
    SubmissionChain chain,
    SubmissionLoadContext loader,
    Traceback traceback)
{
    private CompiledCell? _cell;
    private SubmissionCode? _code;

    /// <summary>Gets the lines of the cell where it was when it was stopped; empty if that is not known.</summary>
    internal IReadOnlyList<string> StoppedAt => stoppable.Ended is { } exception ? [.. traceback.Frames(exception)] : [];

    /// <summary>Runs the cell to its end. Throws nothing.</summary>
    internal CodeEnd Execute()
    {
        CellContext.Current = context;
        loader.LastCell = context;
        SynchronizationContext.SetSynchronizationContext(new CellSynchronizationContext(context, stoppable, UnhandledExceptions.Report));
        try
        {
            (_cell, IReadOnlyList<CompileError> errors) = compiler.Compile(code, label, stoppable.Stopping);
            if (_cell is null)
            {
                return new CodeEnd(CellStatus.CompileError, null, CompileError.ToOutput(errors));
            }

            return _cell.Image is null ? new CodeEnd(CellStatus.Ok, null, null) : Start(_cell);
        }
        catch (OperationCanceledException) when (stoppable.Stopping.IsCancellationRequested)
        {
            return Stopped();
        }
        catch (Exception exception)
        {
            return new CodeEnd(CellStatus.Failed, null, Describe(exception)); // a reference that cannot be loaded, for example
        }
    }

    /// <summary>Makes the cell's names visible to later cells: all of them, or those it reached.</summary>
    internal void KeepNames(CellStatus status)
    {
        if (_cell is null || status == CellStatus.CompileError || !_cell.Source.Declares)
        {
            return;
        }

        if (_cell.Image is null || status == CellStatus.Ok)
        {
            chain.Append(_cell.Compilation, hasCode: _cell.Image is not null);
        }
        else if (_code?.Instance is not null)
        {
            chain.Append(UnreachedNames.Hide(_cell.Compilation, _cell.Source, _code.Reached), hasCode: true);
        }
    }

    private CodeEnd Start(CompiledCell cell)
    {
        cell.Image!.Position = 0;
        cell.Symbols!.Position = 0;
        Assembly assembly = loader.LoadSubmission(cell.Compilation.AssemblyName!, cell.Image, cell.Symbols);
        traceback.Add(assembly, cell.Source);
        (object?[] instances, int slot) = chain.Reserve();
        _code = new SubmissionCode(cell, assembly, instances, slot);
        run.CodeStarts();

        Task<object?>? task = null;
        Exception? failure = null;
        bool finished = stoppable.TryRun(() =>
        {
            try
            {
                task = _code.Start();
            }
            catch (Exception exception) when (!stoppable.Stopping.IsCancellationRequested)
            {
                failure = exception;
            }
        });
        return !finished ? Stopped() : failure is not null ? Failed(failure) : Finish(cell, task!);
    }

    private CodeEnd Finish(CompiledCell cell, Task<object?> task)
    {
        object? value;
        try
        {
            value = task.WaitAsync(stoppable.Stopping).GetAwaiter().GetResult(); // throws what the cell threw, not an AggregateException
        }
        catch (Exception exception) when (task.IsCompleted)
        {
            return Failed(exception);
        }

        CodeEnd end = new(CellStatus.Ok, value, null);
        bool finished = stoppable.TryRun(() =>
        {
            context.Endings.Run();
            if (ShowsResult(cell, value))
            {
                context.Output.Add(new ResultOutput(MimeBundles.Of(value)));
            }
        });
        return finished ? end : Stopped();
    }

    /// <summary>A result is shown unless it is no value at all (void) or shows itself already.</summary>
    private static bool ShowsResult(CompiledCell cell, object? value)
    {
        if (value is not null)
        {
            return value is not (DisplayedValue or ProgressBar);
        }

        return cell.Source.EndsInExpression && cell.HasResultType();
    }

    private CodeEnd Failed(Exception exception)
    {
        ErrorOutput? error = null;
        bool finished = stoppable.TryRun(() =>
        {
            error = Describe(exception);
            try
            {
                context.Endings.Run();
            }
            catch (Exception second)
            {
                UnhandledExceptions.Report(second); // told as well, but the first error is the cell's
            }
        });
        return finished ? new CodeEnd(CellStatus.Failed, null, error) : Stopped();
    }

    private ErrorOutput Describe(Exception exception) => traceback.Describe(exception);

    /// <summary>The status here is replaced by the reason for the stop.</summary>
    private static CodeEnd Stopped() => new(CellStatus.Interrupted, null, null);
}
