using System.Diagnostics;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace MlOps.Kernel.Engine;

/// <summary>Runs the C# cells of one notebook, one after the other, with state that grows from cell to cell.</summary>
/// <remarks>
/// <para>A cell may use top-level <c>await</c>, redefine any name, add usings, and refer to files with <c>#r</c> and <c>#load</c>.
/// Its last expression without a semicolon is its result. A cell that does not compile changes nothing. A cell that fails keeps what
/// it had declared up to then; names it did not reach keep their older meaning. Types and methods of the cell stay in any case.</para>
/// <para>A cell can be stopped by interrupt or time limit, endless loops and blocked waits included. Not stopped are native code and
/// threads or <c>Task.Run</c> work that the cell started: a waiting cell ends, that work goes on in the background. A stopped cell does not
/// dispose of its <c>using var</c> declarations, since nobody knows in which state it left them; try/finally blocks do run.</para>
/// <para>Output of background work belongs to the cell that started it, and is dropped once that cell has ended. Console output is
/// captured for code of cells only; native code and raw <c>Console.OpenStandardOutput</c> streams bypass it.</para>
/// <para>One cell runs at a time. Different engines in one process are independent, except for the formatters that cells register.</para>
/// </remarks>
public sealed class NotebookEngine : IDisposable
{
    private static readonly string[] BuiltInImports =
    [
        "System", "System.Collections.Generic", "System.Linq", "System.IO", "System.Text", "System.Threading", "System.Threading.Tasks",
        "MlOps.Kernel.Display", "MlOps.Kernel.Display.DisplayFunctions", "Microsoft.DotNet.Interactive.Formatting",
    ];

    private readonly EngineOptions _options;
    private readonly SubmissionChain _chain;
    private readonly CellCompiler _compiler;
    private readonly SubmissionLoadContext _loader;
    private readonly Traceback _traceback = new();
    private int _cells;
    private int _displays;
    private int _busy;
    private volatile CellRun? _current;
    private bool _disposed;

    /// <summary>Makes an engine. Nothing is compiled yet; <see cref="Warm"/> does that in the background.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit in <paramref name="options"/> is not positive.</exception>
    /// <exception cref="FileNotFoundException">A path in <see cref="EngineOptions.ReferencePaths"/> does not exist.</exception>
    public NotebookEngine(EngineOptions? options = null)
    {
        _options = options ?? new EngineOptions();
        Guard.AtLeast(_options.MaxStreamBytes, 1);
        Guard.AtLeast(_options.MaxDisplays, 1);
        Guard.Positive(_options.StopGrace.TotalSeconds);
        Assembly[] shared = [.. _options.References, typeof(NotebookEngine).Assembly, typeof(Formatter).Assembly];
        var files = new AssemblyFiles(shared);
        string folder = Path.GetFullPath(_options.WorkingDirectory);
        var resolver = new ReferenceResolver(folder, files);
        _loader = new SubmissionLoadContext(shared, files);
        _chain = new SubmissionChain(
            [.. FrameworkReferences.All, .. shared.Distinct().Select(FrameworkReferences.Of), .. _options.ReferencePaths.Select(resolver.ResolveFile)],
            [.. BuiltInImports, .. _options.Imports],
            resolver,
            new LoadResolver(folder));
        _compiler = new CellCompiler(_chain, resolver);
        ConsoleCapture.Install();
        UnhandledExceptions.Install();
    }

    /// <summary>Compiles and shows something trivial in an engine of its own, so that the first real cell is fast.</summary>
    /// <returns>Ends when everything is warm. There is no need to wait for it.</returns>
    public static Task Warm() => Task.Factory.StartNew(
        static () =>
        {
            using var engine = new NotebookEngine();
            engine.RunAsync("var warm = new[] { 1 }; warm", null, static _ => { }).GetAwaiter().GetResult();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Runs a cell.</summary>
    /// <param name="code">The cell's text. Empty is fine and does nothing.</param>
    /// <param name="options">Label and time limit; null for the defaults.</param>
    /// <param name="output">Receives what the cell shows, in order, on a thread of the engine. Should return soon: the time limit waits for it.</param>
    /// <param name="interrupt">Stops the cell.</param>
    /// <returns>How the cell ended. Whatever the cell does, this task does not fail for it.</returns>
    /// <exception cref="InvalidOperationException">Another cell is running.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is not positive.</exception>
    public Task<CellResult> RunAsync(string code, CellOptions? options, Action<CellOutput> output, CancellationToken interrupt = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(output);
        if (options?.Timeout is { } timeout)
        {
            Guard.Positive(timeout.TotalSeconds);
        }

        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("A cell is already running in this engine. Await it, or interrupt it, before running the next one.");
        }

        var done = new TaskCompletionSource<CellResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new Thread(() =>
        {
            try
            {
                CellResult result = Run(code, options ?? new CellOptions(), output, interrupt);
                Volatile.Write(ref _busy, 0);
                done.SetResult(result);
            }
            catch (Exception exception)
            {
                Volatile.Write(ref _busy, 0);
                done.SetException(exception); // the caller's output callback threw
            }
        })
        {
            IsBackground = true,
            Name = "cell watch",
        };
        watch.UnsafeStart();
        return done.Task;
    }

    /// <summary>Interrupts the running cell, if any, and refuses further ones. Variables of cells are not disposed of.</summary>
    public void Dispose()
    {
        _disposed = true;
        _current?.RequestInterrupt();
    }

    private CellResult Run(string code, CellOptions options, Action<CellOutput> deliver, CancellationToken interrupt)
    {
        long start = Stopwatch.GetTimestamp();
        string label = options.Label ?? FormattableString.Invariant($"cell {Interlocked.Increment(ref _cells)}");
        var output = new OutputQueue(label, _options.MaxStreamBytes, _options.MaxDisplays);
        var context = new CellContext(label, output, () => Interlocked.Increment(ref _displays), _options.ReadLine, _traceback);
        var stoppable = new StoppableCode();
        var run = new CellRun(output, stoppable, options.Timeout, _options.StopGrace);
        _current = run;
        using CancellationTokenRegistration registration = interrupt.UnsafeRegister(static state => ((CellRun)state!).RequestInterrupt(), run);
        ConsoleCapture.Install();

        var body = new CellBody(CellDirectives.Apply(code, _options.Directives), label, context, stoppable, run, _compiler, _chain, _loader, _traceback);
        CodeEnd? end;
        try
        {
            end = run.Execute(body.Execute, deliver);
        }
        catch
        {
            stoppable.Stop(); // the output callback threw: the cell has no reader any more
            stoppable.Abort();
            throw;
        }
        finally
        {
            _current = null;
        }

        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        end = StopReport.Complete(end, run.StopReason, label, options.Timeout, duration, body.StoppedAt);
        body.KeepNames(end.Status);
        output.Close(end.Error);
        run.Deliver(deliver, flush: true);
        return new CellResult(end.Status, end.Value, end.Error, duration);
    }
}
