using System.ComponentModel;
using System.Text.Json;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Jupyter;

/// <summary>How a cell talks with code in the front end.</summary>
public static class Comms
{
    /// <summary>Says what happens when the front end opens a line of this name.</summary>
    /// <param name="target">The name.</param>
    /// <param name="opened">Gets the line and the data that came with it.</param>
    /// <exception cref="InvalidOperationException">No front end is connected.</exception>
    public static void Register(string target, Action<Comm, JsonElement> opened) => Registry().Register(target, opened);

    /// <summary>Opens a line to the front end.</summary>
    /// <param name="target">The name of what answers there.</param>
    /// <param name="data">What it gets to begin with.</param>
    /// <exception cref="InvalidOperationException">No front end is connected.</exception>
    public static Comm Open(string target, object? data = null) => Registry().Open(target, data);

    /// <summary>Calls a handler that waits for its turn. Not for use by hand.</summary>
    /// <param name="number">The number it was given.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Deliver(long number) => Registry().Deliver(number);

    private static CommRegistry Registry() =>
        CellContext.Current is { } cell && CommRegistry.Of(cell.Engine) is { } registry
            ? registry
            : throw new InvalidOperationException("No front end is connected: comms need a notebook that runs in a Jupyter kernel.");
}
