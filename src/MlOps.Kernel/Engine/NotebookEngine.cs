using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;
using MlOps.Kernel.Languages;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Engine;

/// <summary>Runs the cells of one notebook, one after the other, with state that grows from cell to cell.</summary>
/// <remarks>
/// <para>A cell may use top-level <c>await</c>, redefine any name, add usings, and refer to files with <c>#r</c> and <c>#load</c>.
/// Its last expression without a semicolon is its result. A cell that does not compile changes nothing. A cell that fails keeps what
/// it had declared up to then; names it did not reach keep their older meaning. Types and methods of the cell stay in any case.</para>
/// <para>Lines that start with <c>#!</c> cut a cell into parts: other languages, and directives that act (<see cref="Directives"/>). Each
/// part becomes C# and runs as a cell of its own would; the first that fails ends the cell. The result is the last part's.</para>
/// <para>A cell can be stopped by interrupt or time limit, endless loops and blocked waits included. Not stopped are native code and
/// threads or <c>Task.Run</c> work that the cell started: a waiting cell ends, that work goes on in the background. A stopped cell does not
/// dispose of its <c>using var</c> declarations, since nobody knows in which state it left them; try/finally blocks do run.</para>
/// <para>Output of background work belongs to the cell that started it, and goes to
    /// <see cref="CellOptions.LateOutput"/> once that cell has ended. Console output is
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

    /// <summary>Makes an engine. Nothing is compiled yet; <see cref="Prepare"/> does that.</summary>
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
        Folder = Path.GetFullPath(_options.WorkingDirectory);
        Table = new DirectiveTable(_options.Directives);
        var natives = new NativeFiles();
        Packages = new SessionPackages(Folder, _options.Packages, files, natives);
        var resolver = new ReferenceResolver(Folder, files, Packages);
        _loader = new SubmissionLoadContext(shared, files, natives);
        _chain = new SubmissionChain(
            [.. FrameworkReferences.All, .. shared.Distinct().Select(FrameworkReferences.Of), .. _options.ReferencePaths.Select(resolver.ResolveFile)],
            [.. BuiltInImports, .. _options.Imports],
            resolver,
            new LoadResolver(Folder));
        _compiler = new CellCompiler(_chain, resolver, new PackageDirectives(Packages));
        ConsoleCapture.Install();
        UnhandledExceptions.Install();
    }

    /// <summary>Runs something trivial that leaves no trace, so that the first real cell is fast. Before the first cell, or not at all.</summary>
    public void Prepare() => RunAsync("1 + 1", new CellOptions { Label = "preparation" }, static _ => { }).GetAwaiter().GetResult();

    /// <summary>Runs a cell.</summary>
    /// <param name="code">The cell's text. Empty is fine and does nothing.</param>
    /// <param name="options">Label, language and time limit; null for the defaults.</param>
    /// <param name="output">Receives what the cell shows, in order, on a thread of the engine. Should return soon: the time limit waits for it.</param>
    /// <param name="cancellationToken">Stops the cell.</param>
    /// <returns>How the cell ended. Whatever the cell does, this task does not fail for it.</returns>
    /// <exception cref="InvalidOperationException">Another cell is running.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is not positive.</exception>
    public Task<CellResult> RunAsync(string code, CellOptions? options, Action<CellOutput> output, CancellationToken cancellationToken = default)
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
                CellResult result = Run(code, options ?? new CellOptions(), output, cancellationToken);
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

    /// <summary>Gets the variables that the next cell would see: of each name the newest one.</summary>
    /// <remarks>Taken at one moment; a running cell's own variables come with its end.</remarks>
    public IReadOnlyList<CellVariable> Variables => _chain.Variables();

    internal SessionPackages Packages { get; }
    internal EngineOptions Options => _options;
    /// <summary>Gets the directives that cells may use, in the order of their names: the built-in ones and the host's.</summary>
    public IReadOnlyList<DirectiveDescription> Directives => Table.Descriptions;

    /// <summary>Gets the notebook's folder.</summary>
    internal string Folder { get; }

    internal DirectiveTable Table { get; }

    /// <summary>Gets what <c>#!value</c> keeps.</summary>
    internal KeptValues Values { get; } = new();

    /// <summary>Binds a text as the next cell would be bound, without running it and without changing anything. Thread-safe.</summary>
    internal CSharpCompilation Bind(SyntaxTree text) => _chain.Bind(text);

    internal int NextDisplayNumber() => Interlocked.Increment(ref _displays);

    private CellResult Run(string code, CellOptions options, Action<CellOutput> deliver, CancellationToken interrupt)
    {
        long start = Stopwatch.GetTimestamp();
        string label = options.Label ?? FormattableString.Invariant($"cell {Interlocked.Increment(ref _cells)}");
        var stoppable = new StoppableCode();
        var output = new OutputQueue(label, _options.MaxStreamBytes, _options.MaxDisplays, stoppable.Shield, options.LateOutput);
        var context = new CellContext(this, options, label, output, stoppable, _traceback);
        var run = new CellRun(output, stoppable, options.Timeout, _options.StopGrace);
        _current = run;
        using CancellationTokenRegistration registration = interrupt.UnsafeRegister(static state => ((CellRun)state!).RequestInterrupt(), run);
        ConsoleCapture.Install();

        var text = new CellText(label, code, options.Language);
        var body = new CellBody(
            text, this, context, stoppable, run, _loader, _traceback, () => new PartRun(stoppable, run, _compiler, _chain, _loader, _traceback));
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
