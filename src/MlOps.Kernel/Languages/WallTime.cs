using System.Diagnostics;
using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!time</c>.</summary>
internal static class WallTime
{
    /// <summary>Has the time from now to the cell's end shown below everything else.</summary>
    internal static void Start(CellContext cell)
    {
        long start = Stopwatch.GetTimestamp();
        cell.AfterResult.Add(() => DisplayedValue.Show(MimeBundles.Of("Wall time: " + Text(Stopwatch.GetElapsedTime(start)))));
    }

    /// <summary>Such as 12.3 ms, 1.23 s, 2 min 3.4 s.</summary>
    internal static string Text(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => FormattableString.Invariant($"{time.TotalMilliseconds:0.0} ms"),
        < 60 => FormattableString.Invariant($"{time.TotalSeconds:0.00} s"),
        _ => FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.TotalSeconds % 60:0.0} s"),
    };
}
