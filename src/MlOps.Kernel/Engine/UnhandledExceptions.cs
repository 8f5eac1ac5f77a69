using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace MlOps.Kernel.Engine;

/// <summary>Keeps the process alive when a thread that a cell started ends in an exception, and tells the cell.</summary>
/// <remarks>
/// .NET allows one handler a process. If the host has set its own, it stays and decides. Exceptions of code that no cell started
/// are left alone. Stack overflow, Environment.FailFast and Environment.Exit cannot be caught by anybody: they end the process.
/// </remarks>
internal static class UnhandledExceptions
{
    private static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Handle);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // the host's own handler was first
        }
    });

    /// <summary>Whether this process keeps running after an exception on a cell's thread. Installs the handler on first use.</summary>
    internal static bool Install() => Installed.Value;

    /// <summary>Writes a report to the error stream of the cell that the calling code belongs to.</summary>
    internal static void Report(Exception exception) => Report(exception, CellContext.Current);

    private static void Report(Exception exception, CellContext? cell) =>
        cell?.Output.Write("stderr", $"[{cell.Label}: unhandled exception in background code]\n{cell.Describe(exception)}\n");

    private static bool Handle(Exception exception)
    {
        // Timers have left their execution context by now; the frames still tell whose code it was.
        CellContext? cell = CellContext.Current ?? new StackTrace(exception).GetFrames()
            .Select(frame => frame.GetMethod() is { } method ? AssemblyLoadContext.GetLoadContext(method.Module.Assembly) : null)
            .OfType<SubmissionLoadContext>()
            .FirstOrDefault()?.LastCell;
        Report(exception, cell);
        return cell is not null;
    }
}
