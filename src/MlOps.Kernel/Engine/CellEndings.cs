namespace MlOps.Kernel.Engine;

/// <summary>What is due when a cell ends: resources to dispose of, progress bars to bring to their last state. Thread-safe.</summary>
internal sealed class CellEndings
{
    private readonly Lock _gate = new();
    private readonly Stack<Action> _actions = new();

    internal void Add(Action action)
    {
        lock (_gate)
        {
            _actions.Push(action);
        }
    }

    /// <summary>Does what is due, the last thing first. An exception leaves the rest to the next call.</summary>
    internal void Run()
    {
        while (TryPop() is { } action)
        {
            action();
        }
    }

    private Action? TryPop()
    {
        lock (_gate)
        {
            return _actions.TryPop(out Action? action) ? action : null;
        }
    }
}
