using System.Net.Sockets;
using System.Runtime.InteropServices;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Running;

/// <summary>The process in which the cells of one notebook run: takes cells from the runner's socket, sends back what they show.</summary>
public static class NotebookWorker
{
    /// <summary>Serves the runner; ends the process when the runner closes the connection, even in the middle of a cell.</summary>
    /// <param name="socketPath">The runner's local socket.</param>
    /// <param name="options">What the engine offers to cells.</param>
    public static async Task RunAsync(string socketPath, EngineOptions options)
    {
        // Ctrl-C reaches the whole process group; the runner alone decides what becomes of the cell.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath)).ConfigureAwait(false);
        using var connection = new WorkerConnection(socket);
        using var engine = new NotebookEngine(options);

        Task<WorkerMessage?> next = connection.ReceiveAsync(CancellationToken.None);
        while (await next.ConfigureAwait(false) is RunCell cell)
        {
            next = connection.ReceiveAsync(CancellationToken.None);
            // While a cell runs the runner says nothing; if it goes away, nobody is left to wait for the cell.
            _ = next.ContinueWith(message => ExitIfGone(message.Result), TaskScheduler.Default);
            CellResult result = await engine.RunAsync(
                cell.Code,
                new CellOptions
                {
                    Label = FormattableString.Invariant($"cell {cell.Number}"),
                    Language = cell.Language ?? CellOptions.CSharp,
                    Timeout = cell.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                },
                output => connection.Send(Message(output))).ConfigureAwait(false);
            connection.Send(new Ended(MustRestart: result.Status == CellStatus.Unstoppable));
        }
    }

    private static void ExitIfGone(WorkerMessage? message)
    {
        if (message is null)
        {
            Environment.Exit(0);
        }
    }

    private static WorkerMessage Message(CellOutput output) => output switch
    {
        StreamOutput text => new Written(text.Stream, text.Text),
        DisplayOutput display => new Shown(display.Bundle, display.DisplayId, display.IsUpdate, IsResult: false),
        ResultOutput result => new Shown(result.Bundle, DisplayId: null, IsUpdate: false, IsResult: true),
        ErrorOutput error => new Raised(error.Name, error.Message, error.Traceback),
        ClearOutput clear => new Cleared(clear.Wait),
        _ => throw new InvalidOperationException($"An output of the unknown kind {output.GetType().Name}."),
    };
}
