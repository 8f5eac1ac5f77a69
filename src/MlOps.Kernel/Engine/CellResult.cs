namespace MlOps.Kernel.Engine;

/// <summary>The end of a cell. What it showed has by then gone to the caller's output callback.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="ReturnValue">The value of the last expression; null if there was none.</param>
/// <param name="Error">What went wrong, the same record as in the output; null if <paramref name="Status"/> is <see cref="CellStatus.Ok"/>.</param>
/// <param name="Duration">From the call to the end, compiling included.</param>
public sealed record CellResult(CellStatus Status, object? ReturnValue, ErrorOutput? Error, TimeSpan Duration);
