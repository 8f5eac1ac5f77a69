namespace MlOps.Kernel.Engine;

/// <summary>How the code of a cell ended, seen from inside.</summary>
internal sealed record CodeEnd(CellStatus Status, object? Value, ErrorOutput? Error)
{
    /// <summary>Gets the end of code that ran and has no value.</summary>
    internal static CodeEnd Nothing { get; } = new(CellStatus.Ok, null, null);

    /// <summary>Gets the end of code that was told to stop. The status is replaced by the reason for the stop.</summary>
    internal static CodeEnd Stopped { get; } = new(CellStatus.Interrupted, null, null);

    /// <summary>Gets what the code threw, until it is told as <see cref="Error"/>.</summary>
    internal Exception? Exception { get; private init; }

    internal static CodeEnd Threw(Exception exception) => new(CellStatus.Failed, null, null) { Exception = exception };
}
