using System.Globalization;

namespace MlOps.Kernel.Engine;

/// <summary>Says how a cell ended that was told to stop.</summary>
internal static class StopReport
{
    /// <summary>The end of a cell, given what its code reported (null: nothing in time) and why it was told to stop, if it was.</summary>
    internal static CodeEnd Complete(CodeEnd? end, CellStatus reason, string label, TimeSpan? timeout, TimeSpan duration, IReadOnlyList<string> stoppedAt)
    {
        if (end is { Status: CellStatus.Ok or CellStatus.CompileError } || (end is not null && reason == CellStatus.Ok))
        {
            return end; // it came to its end by itself, perhaps a moment before the stop
        }

        string limit = string.Create(CultureInfo.InvariantCulture, $"{timeout?.TotalSeconds:0.###} s");
        string ran = string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
        string why = reason == CellStatus.TimedOut ? $"ran longer than its limit of {limit}" : $"was interrupted after {ran}";
        (CellStatus status, string name, string what) = (end, reason) switch
        {
            (null, _) => (CellStatus.Unstoppable, "CellUnstoppable", $"{label} {why} and could not be stopped: it is in code that does not react. Restart to end it; until then it runs on in the background."),
            (_, CellStatus.TimedOut) => (reason, "CellTimedOut", $"{label} {why} and was stopped. Variables of earlier cells are kept."),
            _ => (reason, "CellInterrupted", $"{label} {why}. Variables of earlier cells are kept."),
        };
        return new CodeEnd(status, null, new ErrorOutput(name, what, [what, .. stoppedAt]));
    }
}
