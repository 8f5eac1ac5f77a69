using System.Diagnostics;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Running;

/// <summary>Runs a notebook from top to bottom in a fresh worker process and stores the outputs.</summary>
/// <remarks>
/// A cell tagged <c>raises-exception</c> may fail; any other failure ends the run. Whatever a cell does to its process, the
/// outputs of the cells before it are kept. Not thread-safe; use one runner a notebook.
/// </remarks>
public sealed class NotebookRunner(RunnerOptions options)
{
    private const string MayFailTag = "raises-exception";
    private static readonly TimeSpan s_checkpointEvery = TimeSpan.FromSeconds(1);

    // The worker stops a cell by itself; this is for the cell that does not let it.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    /// <summary>Runs the notebook.</summary>
    /// <exception cref="InvalidOperationException">The worker process does not start.</exception>
    public async Task<NotebookRun> RunAsync(NotebookFile notebook, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        long started = Stopwatch.GetTimestamp();
        NotebookCell[] cells = [.. notebook.Cells];
        int[] code = [.. Enumerable.Range(0, cells.Length).Where(i => cells[i].Kind == CellKind.Code)];
        var collector = new OutputCollector(code.Length);
        NotebookRun Result(RunStatus status, int cellsRun, Raised? error = null) => new(
            Executed(notebook, cells, code, collector),
            status,
            cellsRun,
            code.Length,
            Stopwatch.GetElapsedTime(started),
            error is null ? null : cellsRun,
            error is null ? null : new StoredError(error.Name, error.Message, error.Traceback));

        progress?.Report(new RunProgress(0, code.Length));
        int done = 0;
        try
        {
            await using WorkerProcess worker = await WorkerProcess
                .StartAsync(options.WorkerCommand, options.WorkingFolder ?? Environment.CurrentDirectory, cancellationToken).ConfigureAwait(false);
            long saved = Stopwatch.GetTimestamp();
            for (; done < code.Length; done++)
            {
                NotebookCell cell = cells[code[done]];
                Raised? error = await RunCellAsync(worker, collector, done, cell, cancellationToken).ConfigureAwait(false);
                if (error is { } failure && (failure.EndsRun || !cell.Tags.Contains(MayFailTag)))
                {
                    return Result(RunStatus.Failed, done + 1, failure);
                }

                progress?.Report(new RunProgress(done + 1, code.Length));
                if (options.Checkpoint is { } checkpoint && Stopwatch.GetElapsedTime(saved) >= s_checkpointEvery)
                {
                    checkpoint(Executed(notebook, cells, code, collector));
                    saved = Stopwatch.GetTimestamp();
                }
            }

            return Result(RunStatus.Succeeded, done);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Result(RunStatus.Cancelled, done);
        }
    }

    /// <summary>Runs one cell and returns its error; null if it has none.</summary>
    private async Task<Raised?> RunCellAsync(WorkerProcess worker, OutputCollector collector, int index, NotebookCell cell, CancellationToken cancellationToken)
    {
        int number = index + 1;
        collector.Begin(index);
        worker.Send(new RunCell(number, cell.Source, cell.Language, options.CellTimeout?.TotalSeconds));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.CellTimeout is { } timeout)
        {
            limit.CancelAfter(timeout + s_grace);
        }

        Raised? error = null;
        while (true)
        {
            WorkerMessage? message;
            try
            {
                message = await worker.ReceiveAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                string text = $"Cell {number} did not stop at its limit of {options.CellTimeout!.Value.TotalSeconds:0.#} s; its process was ended. Outputs up to here are kept.";
                return Store(new Raised("TimeoutException", text, [$"TimeoutException: {text}"]) { EndsRun = true });
            }

            switch (message)
            {
                case null:
                    return Store(await worker.WhyItEndedAsync(number).ConfigureAwait(false));
                case Ended ended:
                    return error is null ? null : error with { EndsRun = ended.MustRestart };
                case Raised raised:
                    error = Store(raised);
                    break;
                default:
                    collector.Add(index, message);
                    break;
            }
        }

        Raised Store(Raised raised)
        {
            collector.Add(index, raised);
            return raised;
        }
    }

    private static NotebookFile Executed(NotebookFile notebook, NotebookCell[] cells, int[] code, OutputCollector collector)
    {
        NotebookCell[] executed = [.. cells];
        for (int i = 0; i < code.Length; i++)
        {
            executed[code[i]] = cells[code[i]].WithOutputs(collector.Outputs(i));
        }

        return notebook.WithCells(executed);
    }
}
