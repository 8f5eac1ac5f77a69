using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Kernel.Display;
using MlOps.Kernel.Editing;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Jupyter;

/// <summary>A Jupyter kernel: serves one notebook's front ends until one of them shuts it down.</summary>
/// <remarks>
/// Three threads read requests. Cells run on a fourth, one after the other; whatever else is asked on the shell channel waits a moment
/// for them and is then answered while they run. The control channel never waits. Nothing here uses the thread pool, because a cell may
/// block it and must still be interruptible.
/// </remarks>
public sealed class JupyterKernel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _ended = new();
    private readonly Dictionary<string, (string Reply, Action<Utf8JsonWriter, JupyterMessage> Write)> _questions;
    private readonly IDisposable[] _sockets;
    private readonly PublisherSocket _publisher;
    private readonly RouterSocket[] _routers;
    private readonly IoPub _iopub;
    private readonly CellExecutor _executor;
    private readonly CellRequests _cells;
    private readonly EditorRequests _editor;
    private readonly CommRegistry _comms;

    private JupyterKernel(ConnectionFile connection, KernelSetup setup)
    {
        var signer = new MessageSigner(connection.Key, connection.SignatureScheme);
        var writer = new MessageWriter(signer);
        Task<NotebookEngine> warming = Warm(setup.Engine);

        // Front ends look whether the ports answer before they do anything else.
        List<IDisposable> bound = [];
        try
        {
            _publisher = Add(bound, PublisherSocket.Bind(connection.Address(connection.Iopub), topic => IoPub.Welcome(writer, topic), log: KernelLog.Write));
            _routers =
            [
                Add(bound, RouterSocket.Bind(connection.Address(connection.Shell), log: KernelLog.Write)),
                Add(bound, RouterSocket.Bind(connection.Address(connection.Control), log: KernelLog.Write)),
                Add(bound, RouterSocket.Bind(connection.Address(connection.Stdin), log: KernelLog.Write)),
            ];
            Add(bound, EchoSocket.Bind(connection.Address(connection.Heartbeat), log: KernelLog.Write));
            _sockets = [.. bound];
        }
        catch
        {
            bound.ForEach(socket => socket.Dispose());
            throw;
        }

        _iopub = new IoPub(_publisher, writer);
        _executor = new CellExecutor(_iopub);
        _comms = new CommRegistry(_iopub, _executor);
        RequestChannel Channel(string name, int router) => new(name, _routers[router], signer, writer);
        RequestChannel shell = Channel("shell", 0);
        RequestChannel control = Channel("control", 1);
        var history = new ExecutionHistory();
        Task<NotebookEngine> engine = Then(warming, warm =>
        {
            _comms.Serve(warm);
            return warm;
        });
        _cells = new CellRequests(engine, _iopub, new StdinChannel(Channel("stdin", 2)), _executor, history, WarmTheRest);
        _editor = new EditorRequests(Then(engine, warm => new CodeEditor(warm, warm.Folder, warm.Directives)));
        var info = new KernelInfo(setup);
        _questions = new(StringComparer.Ordinal)
        {
            ["kernel_info_request"] = ("kernel_info_reply", (json, _) => info.Write(json)),
            ["complete_request"] = ("complete_reply", _editor.Complete),
            ["inspect_request"] = ("inspect_reply", _editor.Inspect),
            ["is_complete_request"] = ("is_complete_reply", _editor.IsComplete),
            ["history_request"] = ("history_reply", history.WriteReply),
            ["comm_info_request"] = ("comm_info_reply", _comms.WriteInfo),
        };
        _executor.Start();
        shell.Listen(message => Take(message, shell, waits: true));
        control.Listen(message => Take(message, control, waits: false));
    }

    /// <summary>Serves until a front end shuts the kernel down, or the process that started this one has died.</summary>
    /// <param name="connectionFile">The file that the front end wrote.</param>
    /// <param name="setup">What the kernel offers.</param>
    /// <exception cref="IOException">The connection file cannot be read, or an address is in use.</exception>
    /// <exception cref="InvalidDataException">The file is not a connection file.</exception>
    public static void Run(string connectionFile, KernelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);

        // Interrupts come as messages. The signal also reaches the children of who was meant by it, such as a kernel of a terminal's Jupyter.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var kernel = new JupyterKernel(ConnectionFile.Load(connectionFile), setup);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            kernel._ended.Set();
        });
        ParentWatch.Start(kernel._ended.Set);
        kernel._ended.Wait();
    }

    /// <summary>Stops the running cell and whatever it started, and closes the sockets once the last messages have left.</summary>
    public void Dispose()
    {
        _executor.Interrupt();
        _executor.WaitUntilIdle(s_patience);
        ChildProcesses.End();
        _publisher.WaitUntilSent(s_linger);
        foreach (RouterSocket router in _routers)
        {
            router.WaitUntilSent(s_linger);
        }

        foreach (IDisposable socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static T Add<T>(List<IDisposable> bound, T socket)
        where T : IDisposable
    {
        bound.Add(socket);
        return socket;
    }

    /// <summary>Loads and warms the compiler while the front end connects.</summary>
    private static Task<NotebookEngine> Warm(EngineOptions options) => Task.Factory.StartNew(
        () =>
        {
            var engine = new NotebookEngine(options);
            engine.Prepare();
            return engine;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>What the first cell need not wait for, but the first table and the first completion should not either.</summary>
    private void WarmTheRest() => new Thread(() =>
    {
        // In a pause, so that cells that come one after the other do not share the machine with it.
        do
        {
            Thread.Sleep(s_pause);
        }
        while (!_executor.HasBeenIdleFor(s_pause) || !_editor.HasEditor);
        MimeBundles.Of(new[] { new { Warm = 1 } });
        MimeBundles.Of(Enumerable.Range(1, 2).ToArray());
        _editor.Warm();
    })
    {
        IsBackground = true,
        Name = "warm-up",
    }.UnsafeStart();

    /// <summary>What follows from a result, made on the thread that brings it.</summary>
    private static Task<TNext> Then<T, TNext>(Task<T> task, Func<T, TNext> next) => task.ContinueWith(
        done => next(done.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void Take(JupyterMessage message, RequestChannel channel, bool waits)
    {
        switch (message.Type)
        {
            case "execute_request":
                _editor.Notice(message);
                _cells.Add(message, channel);
                break;
            case "comm_open" or "comm_msg" or "comm_close":
                _cells.Add(message, _comms.Accept);
                break;
            case "interrupt_request":
                Answer(message, channel, "interrupt_reply", WriteOk);
                _executor.Interrupt();
                break;
            case "shutdown_request":
                Answer(message, channel, "shutdown_reply", json =>
                {
                    WriteOk(json);
                    json.WriteBoolean("restart", message.Flag("restart", false));
                });
                _ended.Set();
                break;
            default:
                _editor.Notice(message);
                if (waits)
                {
                    _executor.WaitUntilIdle(s_patience); // a question about the cell that was sent just before it
                }

                Question(message, channel);
                break;
        }
    }

    private void Question(JupyterMessage message, RequestChannel channel)
    {
        if (_questions.TryGetValue(message.Type, out (string Reply, Action<Utf8JsonWriter, JupyterMessage> Write) question))
        {
            Answer(message, channel, question.Reply, json => question.Write(json, message));
        }
        else
        {
            KernelLog.Write($"knows no message of the type '{message.Type}'");
            Answer(message, channel, null, static _ => { });
        }
    }

    /// <summary>Every request gets a busy before its answer and an idle behind it, also one that has no answer.</summary>
    private void Answer(JupyterMessage message, RequestChannel channel, string? type, Action<Utf8JsonWriter> content)
    {
        _iopub.Status("busy", message.Header);
        try
        {
            if (type is not null)
            {
                channel.Reply(message, type, content);
            }
        }
        catch (Exception exception)
        {
            KernelLog.Write($"{message.Type} failed: {exception}");
            channel.Reply(message, type!, json =>
            {
                json.WriteString("status", "error");
                OutputMessages.WriteError(json, new ErrorOutput(exception.GetType().Name, exception.Message, [exception.Message]));
            });
        }

        _iopub.Status("idle", message.Header);
        if (_executor.RunningHeader is { } running)
        {
            _iopub.Status("busy", running); // front ends show the newest status, and a cell is still running
        }
    }

    private static void WriteOk(Utf8JsonWriter json) => json.WriteString("status", "ok");
}
