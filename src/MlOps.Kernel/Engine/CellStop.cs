using System.ComponentModel;

namespace MlOps.Kernel.Engine;

/// <summary>What the engine adds to the loops and catch blocks of a cell, so that it can be stopped there. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    // Read in every round of a loop: one load of a static field. A field of the thread would be exact and cost several times as much.
    private static volatile int s_requests;

    /// <summary>Gets a value indicating whether a cell of this process has been told to stop, perhaps another one.</summary>
    public static bool Requested => s_requests > 0;

    /// <summary>Ends the calling code if its cell has been told to stop; does nothing otherwise.</summary>
    /// <exception cref="OperationCanceledException">The cell has been told to stop.</exception>
    public static void Check() => StoppableCode.ThrowIfStopped();

    internal static void Request() => Interlocked.Increment(ref s_requests);

    internal static void Done() => Interlocked.Decrement(ref s_requests);
}
