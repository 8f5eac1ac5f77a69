using MlOps.Tracking.Capture;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking;

/// <summary>Starts runs in one experiment and finds them again.</summary>
/// <remarks>
/// <code>
/// using var tracker = new Tracker(experiment: "credit");
/// using ActiveRun run = tracker.StartRun("lr-0.01", seed: 42);
/// run.Log(("lr", 0.01));
/// run.Metric("loss", 0.3, step: 1);
/// </code>
/// Nothing is buffered: what a call was told is in the store when it returns. Safe to use from several threads.
/// <para>Runs that are still open end with the tracker. They also end, as failed, when an unhandled exception ends the process, and with the process if it exits in order; one that is killed
/// leaves them running, and <see cref="Abandoned"/> finds them.</para>
/// </remarks>
public sealed partial class Tracker : IDisposable
{
    /// <summary>The variable that names the experiment when nobody else does.</summary>
    public const string ExperimentNameVariable = "MLFLOW_EXPERIMENT_NAME";

    /// <summary>The variable that tells the experiment's identifier when nobody names one.</summary>
    public const string ExperimentIdVariable = "MLFLOW_EXPERIMENT_ID";

    /// <summary>The variable that tells which run the first <see cref="StartRun"/> goes on with. It is cleared when that has happened, as MLflow does.</summary>
    public const string RunIdVariable = "MLFLOW_RUN_ID";

    private const string DefaultExperiment = "Default";
    private readonly bool _ownsStore;
    private readonly Lock _lock = new();
    private readonly List<ActiveRun> _open = [];
    private readonly AsyncLocal<ActiveRun?> _current = new();
    private bool _disposed;

    /// <summary>Opens a store and an experiment in it, which is made if there is none of that name.</summary>
    /// <param name="address">See <see cref="TrackingStore.Open"/>; null takes <c>MLFLOW_TRACKING_URI</c>, else <c>sqlite:///mlruns.db</c>.</param>
    /// <param name="experiment">Its name; null takes <see cref="ExperimentNameVariable"/> or <see cref="ExperimentIdVariable"/>, else <c>Default</c>.</param>
    /// <param name="options">What is noted without being asked for.</param>
    /// <exception cref="ArgumentException">The address is of no known kind.</exception>
    /// <exception cref="TrackingException">The store cannot be opened, or the experiment was deleted.</exception>
    public Tracker(string? address = null, string? experiment = null, TrackerOptions? options = null)
        : this(TrackingStore.Open(address, options?.Store), experiment, options, ownsStore: true)
    {
    }

    /// <summary>Uses a store that is open, and leaves it open.</summary>
    /// <param name="store">The store.</param>
    /// <param name="experiment">As in the other constructor.</param>
    /// <param name="options">What is noted without being asked for; its <see cref="TrackerOptions.Store"/> tells the clock only.</param>
    /// <exception cref="TrackingException">The experiment was deleted.</exception>
    public Tracker(ITrackingStore store, string? experiment = null, TrackerOptions? options = null)
        : this(store ?? throw new ArgumentNullException(nameof(store)), experiment, options, ownsStore: false)
    {
    }

    private Tracker(ITrackingStore store, string? experiment, TrackerOptions? options, bool ownsStore)
    {
        (Store, Options, _ownsStore) = (store, options ?? new TrackerOptions(), ownsStore);
        Models = new ModelRegistry(store, Options.Store.Clock);
        try
        {
            Experiment = OpenExperiment(experiment);
        }
        catch when (ownsStore)
        {
            store.Dispose();
            throw;
        }

        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Gets the store.</summary>
    public ITrackingStore Store { get; }

    /// <summary>Gets the registry of models in the store.</summary>
    public ModelRegistry Models { get; }

    /// <summary>Gets the experiment as it was when the tracker was made.</summary>
    public Experiment Experiment { get; }

    /// <summary>Gets the options.</summary>
    public TrackerOptions Options { get; }

    /// <summary>Gets the run that was started last in this flow of control and has not ended; else the last one that is open at all; null if none is.</summary>
    /// <remarks>A parallel loop whose bodies start runs sees in each body its own. A notebook's cells, which do not share a flow, see the last one.</remarks>
    public ActiveRun? Current
    {
        get
        {
            ActiveRun? run = _current.Value;
            while (run is { HasEnded: true })
            {
                run = run.Outer;
            }

            if (run is not null)
            {
                return run;
            }

            lock (_lock)
            {
                return _open.FindLast(open => !open.OfFit);
            }
        }
    }

    internal TimeProvider Clock => Options.Store.Clock;

    /// <summary>Starts a run.</summary>
    /// <param name="name">Its name, which need not be unique; null lets the store invent one.</param>
    /// <param name="parent">The run that it is a part of, such as the sweep of a trial; null if none.</param>
    /// <param name="seed">What makes its random numbers; logged as the parameter <c>seed</c>. Give the same number to what draws them.</param>
    /// <param name="tags">Its first tags.</param>
    /// <returns>The run; dispose it to end it.</returns>
    /// <exception cref="TrackingException">The store refused or is away.</exception>
    public ActiveRun StartRun(string? name = null, ActiveRun? parent = null, int? seed = null, IReadOnlyList<Tag>? tags = null) => Start(name, parent, seed, tags, ofFit: false);

    /// <summary>Goes on with a run: it is running again, and what is logged is added.</summary>
    /// <remarks>Several processes may go on with one run; whoever ends it last tells its status.</remarks>
    /// <param name="runId">Its identifier.</param>
    /// <exception cref="TrackingException">There is no such run, or it is deleted.</exception>
    public ActiveRun Resume(string runId)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Run run = Store.GetRun(runId);
        if (run.Info.Stage == LifecycleStage.Deleted)
        {
            throw TrackingLimits.Invalid($"The run '{runId}' is deleted; restore it before going on with it.");
        }

        Store.UpdateRun(runId, RunStatus.Running);
        Store.SetTag(runId, new Tag(ProcessIdentity.TagKey, ProcessIdentity.Own.ToString()));
        return Track(new ActiveRun(this, run with { Info = run.Info with { Status = RunStatus.Running, EndTime = null } }, _current.Value, ofFit: false));
    }

    /// <summary>Does something in a run of its own: it ends as finished, or as failed with the exception's message if one gets out.</summary>
    /// <param name="name">The run's name; null lets the store invent one.</param>
    /// <param name="body">What to do.</param>
    /// <param name="seed">As in <see cref="StartRun"/>.</param>
    /// <returns>The run as it ended.</returns>
    public Run Run(string? name, Action<ActiveRun> body, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        string id = Run(name, run =>
        {
            body(run);
            return run.Id;
        }, seed);
        return Store.GetRun(id);
    }

    /// <summary>Does something in a run of its own, and returns its result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="name">The run's name; null lets the store invent one.</param>
    /// <param name="body">What to do.</param>
    /// <param name="seed">As in <see cref="StartRun"/>.</param>
    public T Run<T>(string? name, Func<ActiveRun, T> body, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        using ActiveRun run = StartRun(name, seed: seed);
        try
        {
            return body(run);
        }
        catch (Exception e)
        {
            run.FailQuietly(e);
            throw;
        }
    }

    /// <summary>Ends the runs that are open, and closes the store if the tracker opened it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        try
        {
            foreach (ActiveRun run in Open())
            {
                run.Dispose();
            }
        }
        finally
        {
            if (_ownsStore)
            {
                Store.Dispose();
            }
        }
    }

    /// <summary>Returns where the tracker writes.</summary>
    public override string ToString() => $"{Store.Address}, experiment '{Experiment.Name}'";

    internal ActiveRun Start(string? name, ActiveRun? parent, int? seed, IReadOnlyList<Tag>? tags, bool ofFit)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (parent is null && !ofFit && Environment.GetEnvironmentVariable(RunIdVariable) is { Length: > 0 } told)
        {
            ActiveRun resumed = Resume(told);
            Environment.SetEnvironmentVariable(RunIdVariable, null);
            return resumed;
        }

        string user = Options.User ?? Environment.UserName;
        long start = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        List<Tag> all = [new("mlflow.user", user), .. Source.Tags(), new(ProcessIdentity.TagKey, ProcessIdentity.Own.ToString())];
        if (parent is not null)
        {
            all.Add(new Tag("mlflow.parentRunId", parent.Id));
        }

        if (Options.CaptureCode)
        {
            all.AddRange(CodeVersion.Of(Options.CodeFolder)?.Tags() ?? []);
        }

        foreach (Tag tag in tags ?? [])
        {
            all.RemoveAll(t => t.Key == tag.Key);
            all.Add(tag);
        }

        Run made = Store.CreateRun(new NewRun(Experiment.Id) { Name = name, UserId = user, StartTime = start, Tags = all });
        ActiveRun run = Track(new ActiveRun(this, made, _current.Value, ofFit));
        try
        {
            run.Begin(seed);
        }
        catch (Exception e)
        {
            run.FailQuietly(e);
            throw;
        }

        return run;
    }

    internal void Untrack(ActiveRun run)
    {
        lock (_lock)
        {
            _open.Remove(run);
        }

        if (_current.Value == run)
        {
            _current.Value = run.Outer;
        }
    }

    private ActiveRun Track(ActiveRun run)
    {
        lock (_lock)
        {
            _open.Add(run);
        }

        _current.Value = run;
        return run;
    }

    private ActiveRun[] Open()
    {
        lock (_lock)
        {
            return [.. _open.AsEnumerable().Reverse()]; // a part ends before what it is a part of
        }
    }

    private Experiment OpenExperiment(string? name)
    {
        if (name is null && Told(ExperimentNameVariable) is null && Told(ExperimentIdVariable) is { } id)
        {
            return Active(Store.GetExperiment(id));
        }

        name ??= Told(ExperimentNameVariable) ?? DefaultExperiment;
        Experiment? found = Store.FindExperiment(name);
        if (found is null)
        {
            try
            {
                return Store.GetExperiment(Store.CreateExperiment(name));
            }
            catch (TrackingException e) when (e.Error == TrackingError.ResourceAlreadyExists)
            {
                found = Store.FindExperiment(name) ?? throw new TrackingException(e.Error, e.Message, e); // another process was quicker
            }
        }

        return Active(found);

        static string? Told(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
    }

    private static Experiment Active(Experiment experiment) => experiment.Stage == LifecycleStage.Active
        ? experiment
        : throw TrackingLimits.Invalid($"The experiment '{experiment.Name}' is deleted. Restore it (RestoreExperiment(\"{experiment.Id}\") of the store) or choose another name.");

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs e)
    {
        foreach (ActiveRun run in Open())
        {
            run.FailQuietly(e.ExceptionObject as Exception ?? new InvalidOperationException($"{e.ExceptionObject} was thrown."));
        }
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        foreach (ActiveRun run in Open())
        {
            run.EndQuietly(Environment.ExitCode == 0 ? RunStatus.Finished : RunStatus.Failed);
        }
    }
}
