using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Running;

/// <summary>How the run of a notebook ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran; those that failed were allowed to.</summary>
    Succeeded,

    /// <summary>A cell failed, and the cells after it did not run.</summary>
    Failed,

    /// <summary>The run was cancelled.</summary>
    Cancelled,
}

/// <summary>What came of running a notebook.</summary>
/// <param name="Notebook">The notebook with the outputs of this run; cells that did not run have none.</param>
/// <param name="Status">How it ended.</param>
/// <param name="CellsRun">Code cells that ran, the failed one included.</param>
/// <param name="CodeCells">Code cells there are.</param>
/// <param name="Duration">Wall time, start of the process included.</param>
/// <param name="FailedCell">Number of the code cell that failed, counted from 1; null if none did.</param>
/// <param name="Error">The error of that cell.</param>
public sealed record NotebookRun(
    NotebookFile Notebook,
    RunStatus Status,
    int CellsRun,
    int CodeCells,
    TimeSpan Duration,
    int? FailedCell = null,
    StoredError? Error = null);
