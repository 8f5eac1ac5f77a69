namespace MlOps.Kernel.Running;

/// <summary>How far a run has come.</summary>
/// <param name="CellsDone">Code cells that are over.</param>
/// <param name="CodeCells">Code cells there are.</param>
public readonly record struct RunProgress(int CellsDone, int CodeCells);
