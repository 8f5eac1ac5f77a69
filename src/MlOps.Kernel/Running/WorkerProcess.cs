using System.Diagnostics;
using System.Net.Sockets;

namespace MlOps.Kernel.Running;

/// <summary>The runner's side of one worker: starts it, talks to it, notices its death, ends it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly WorkerConnection _connection;
    private readonly FirstLines _said;

    private WorkerProcess(Process process, WorkerConnection connection, FirstLines said) =>
        (_process, _connection, _said) = (process, connection, said);

    /// <summary>Starts <paramref name="command"/> with the socket's path as its last argument.</summary>
    internal static async Task<WorkerProcess> StartAsync(IReadOnlyList<string> command, string workingFolder, CancellationToken cancellationToken)
    {
        // Our own folder: a socket in the shared temporary folder could be opened by others.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-");
        try
        {
            string path = Path.Combine(folder.FullName, "s");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);

            var start = new ProcessStartInfo(command[0], [.. command.Skip(1), path])
            {
                WorkingDirectory = workingFolder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{command[0]}' did not start.");
            var said = new FirstLines();
            process.StandardInput.Close();
            process.OutputDataReceived += (_, e) => said.Add(e.Data);
            process.ErrorDataReceived += (_, e) => said.Add(e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(s_startLimit);
                _ = process.WaitForExitAsync(limit.Token).ContinueWith(_ => limit.Cancel(), TaskScheduler.Default);
                Socket socket = await listener.AcceptAsync(limit.Token).ConfigureAwait(false);
                return new WorkerProcess(process, new WorkerConnection(socket), said);
            }
            catch (OperationCanceledException)
            {
                Kill(process);
                process.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"The worker process did not come up. It said: {said}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal void Send(WorkerMessage message)
    {
        try
        {
            _connection.Send(message);
        }
        catch (IOException)
        {
            // The worker is gone; the next ReceiveAsync says so, and WhyItEndedAsync says why.
        }
    }

    internal Task<WorkerMessage?> ReceiveAsync(CancellationToken cancellationToken) => _connection.ReceiveAsync(cancellationToken);

    /// <summary>After the connection broke: what became of the process, in words for the person who wrote the cell.</summary>
    internal async Task<Raised> WhyItEndedAsync(int cell)
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
        {
            try
            {
                await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Kill(_process); // it closed its socket but lives on
            }
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        return ProcessEnd.Explain(cell, _process.ExitCode, _said.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Kill(_process);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _connection.Dispose();
        _process.Dispose();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself, which is what was wanted; a child that cannot be killed is not ours.
        }
    }
}
