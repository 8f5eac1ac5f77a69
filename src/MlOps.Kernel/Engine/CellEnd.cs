using System.ComponentModel;

namespace MlOps.Kernel.Engine;

/// <summary>What the engine adds to a cell's code for <c>using var x = …;</c>. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellEnd
{
    /// <summary>Has a resource disposed of when the running cell ends, the last one first.</summary>
    /// <param name="resource">An <see cref="IDisposable"/> or <see cref="IAsyncDisposable"/>; null is ignored.</param>
    public static void Dispose(object? resource)
    {
        if (resource is not null)
        {
            CellContext.Current?.Endings.Add(() => Release(resource));
        }
    }

    private static void Release(object resource)
    {
        switch (resource)
        {
            case IDisposable disposable:
                disposable.Dispose();
                break;
            case IAsyncDisposable asynchronous:
                asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult(); // the cell has ended: nothing is left to be blocked
                break;
        }
    }
}
