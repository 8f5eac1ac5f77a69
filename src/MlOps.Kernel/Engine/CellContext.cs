using MlOps.Kernel.Languages;

namespace MlOps.Kernel.Engine;

/// <summary>What display functions and the console know about the cell they were called from.</summary>
/// <remarks>It flows with the execution context: to tasks and threads that the cell starts, never to another engine.</remarks>
internal sealed class CellContext(NotebookEngine engine, CellOptions options, string label, OutputQueue output, StoppableCode stoppable, Traceback traceback)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    internal static CellContext? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Gets the engine that runs the cell: its variables, its languages.</summary>
    internal NotebookEngine Engine => engine;

    internal string Label => label;

    internal OutputQueue Output => output;

    /// <summary>Gets what is due before the result is shown: resources to dispose of, progress bars.</summary>
    internal CellEndings Endings { get; } = new();

    /// <summary>Gets what is due after the result is shown.</summary>
    internal CellEndings AfterResult { get; } = new();

    /// <summary>Gets or sets the directive that is being turned into code, or was last; null before the first.</summary>
    internal CellPart? Part { get; set; }

    /// <summary>Gets the values that directives of this cell gave to its parts in other languages.</summary>
    internal GivenValues Given { get; } = new();

    /// <summary>Gets a token that is cancelled when the cell is told to stop.</summary>
    internal CancellationToken Stopping => stoppable.Stopping;

    /// <summary>Asks the person at the keyboard.</summary>
    /// <exception cref="InvalidOperationException">Nobody sits there.</exception>
    internal string? Ask(string prompt, bool password) => options.Input is { } input
        ? input(prompt, password, Stopping)
        : throw new InvalidOperationException(
            "Console input is not available here: the notebook runs without a keyboard. "
            + "Set the value in a cell, or pass it to the notebook as a parameter.");

    internal string NextDisplayId() => FormattableString.Invariant($"display-{engine.NextDisplayNumber()}");

    internal string Describe(Exception exception) => string.Join('\n', traceback.Describe(exception).Traceback);
}
