namespace MlOps.Kernel.Engine;

/// <summary>Asks the person at the keyboard for a line, on the thread of the cell that asks.</summary>
/// <param name="prompt">What is asked; may be empty.</param>
/// <param name="password">True: what is typed must not be shown.</param>
/// <param name="cancellationToken">Cancelled when the cell is told to stop; the question is then void.</param>
/// <returns>The line without its end; null if there is no more input.</returns>
public delegate string? CellInput(string prompt, bool password, CancellationToken cancellationToken);
