using System.Reflection;

namespace MlOps.Kernel.Engine;

/// <summary>Compiles, loads and runs the C# of one part of a cell.</summary>
internal sealed class PartRun(StoppableCode stoppable, CellRun run, CellCompiler compiler, SubmissionChain chain, SubmissionLoadContext loader, Traceback traceback)
{
    private CompiledCell? _cell;
    private SubmissionCode? _code;

    /// <summary>Runs the part to its end; what the user's code throws comes back as an error.</summary>
    /// <param name="code">The C#, on the lines that it has in the cell.</param>
    /// <param name="part">Where it comes from: errors quote those lines.</param>
    internal CodeEnd Execute(string code, Languages.CellPart part)
    {
        (_cell, IReadOnlyList<CompileError> errors) = compiler.Compile(code, part.Cell.Label, stoppable.Stopping);
        if (_cell is null)
        {
            return new CodeEnd(CellStatus.CompileError, null, CompileError.ToOutput(errors));
        }

        return _cell.Image is null ? CodeEnd.Nothing : Start(_cell, part);
    }

    /// <summary>Makes the part's names visible to later ones: all of them, or those it reached.</summary>
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

    /// <summary>A result is shown unless it is no value at all (void) or shows itself already.</summary>
    internal bool Shows(object? value)
    {
        if (value is not null)
        {
            return value is not (Display.DisplayedValue or Display.ProgressBar);
        }

        return _cell is { Image: not null, Source.EndsInExpression: true } && _cell.HasResultType();
    }

    private CodeEnd Start(CompiledCell cell, Languages.CellPart part)
    {
        cell.Image!.Position = 0;
        cell.Symbols?.Seek(0, SeekOrigin.Begin);
        Assembly assembly = loader.LoadSubmission(cell.Compilation.AssemblyName!, cell.Image, cell.Symbols);
        traceback.Add(assembly, part.Cell, hasSymbols: cell.Symbols is not null);
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
        if (!finished || failure is not null)
        {
            return finished ? CodeEnd.Threw(failure!) : CodeEnd.Stopped;
        }

        try
        {
            return new CodeEnd(CellStatus.Ok, task!.WaitAsync(stoppable.Stopping).GetAwaiter().GetResult(), null); // throws what the cell threw, not an AggregateException
        }
        catch (Exception exception) when (task!.IsCompleted)
        {
            stoppable.Remember(exception); // the compiler's code around the cell has caught it
            return CodeEnd.Threw(exception);
        }
    }
}
