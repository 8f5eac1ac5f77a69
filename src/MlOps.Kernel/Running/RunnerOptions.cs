using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Running;

/// <summary>How notebooks are run.</summary>
/// <param name="WorkerCommand">Program and arguments that start a worker; the socket's path is appended. The worker calls <see cref="NotebookWorker.RunAsync"/>.</param>
public sealed record RunnerOptions(IReadOnlyList<string> WorkerCommand)
{
    /// <summary>Gets how long one cell may take; null for as long as it likes.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Gets the folder the cells run in; null for the current one.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Gets what is called with the notebook so far when a second or more has passed since the last call, so that a
    /// killed run keeps what it had; null for nothing.</summary>
    public Action<NotebookFile>? Checkpoint { get; init; }
}
