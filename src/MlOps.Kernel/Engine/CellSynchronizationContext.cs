namespace MlOps.Kernel.Engine;

/// <summary>Runs what follows an <c>await</c> in a cell on other threads, but stoppable.</summary>
/// <remarks>Not a single-threaded queue: code that blocks on a task (<c>.Result</c>) must not wait for itself.</remarks>
internal sealed class CellSynchronizationContext(CellContext cell, StoppableCode code, Action<Exception> onUnhandled) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        ExecutionContext? flow = ExecutionContext.Capture();
        Func<bool> work = () =>
        {
            bool stopped = false;
            if (flow is null)
            {
                stopped = !Run(d, state);
            }
            else
            {
                ExecutionContext.Run(flow, _ => stopped = !Run(d, state), null);
            }

            return !stopped;
        };
        code.Shield.Run(StoppableCode.IsHere, work, CellThreads.Run);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>False if the callback was stopped.</summary>
    private bool Run(SendOrPostCallback callback, object? state)
    {
        CellContext.Current = cell;
        SetSynchronizationContext(this);
        try
        {
            return code.TryRun(() => callback(state));
        }
        catch (Exception exception)
        {
            onUnhandled(exception); // from an async void method: nobody awaits it
            return true;
        }
        finally
        {
            SetSynchronizationContext(null);
            CellContext.Current = null;
        }
    }
}
