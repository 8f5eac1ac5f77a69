using System.Globalization;
using System.Runtime.InteropServices;
using MlOps.Tracking.Capture;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking;

/// <summary>A run that things are logged to. Dispose it to end it.</summary>
/// <remarks>
/// <para>Nothing is buffered: what a call was told is in the store when it returns, even if the process is killed the next moment. Safe to use from several threads.</para>
/// <para>Disposing ends the run as <see cref="RunStatus.Finished"/>; as <see cref="RunStatus.Failed"/> if an exception is on its way through the <c>using</c> block. Which exception that is cannot be seen there:
/// <see cref="Tracker.Run(string?, Action{ActiveRun}, int?)"/> and <see cref="Fail"/> note its message too. In a <c>catch</c> block call <see cref="Fail"/> before the <c>using</c> block ends.</para>
/// <para>Times are those of the clock, but never less than the start plus what a stopwatch has counted since: a clock that is set back makes no run end before it began.</para>
/// </remarks>
public sealed partial class ActiveRun : IDisposable
{
    private readonly Tracker _tracker;
    private readonly ITrackingStore _store;
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly long _stamp;
    private readonly nint _exceptionAtStart;
    private readonly Lock _ending = new();
    private readonly SystemSampler? _sampler;
    private volatile bool _ended;

    internal ActiveRun(Tracker tracker, Run run, ActiveRun? outer, bool ofFit)
    {
        (_tracker, _store, _clock, Info, Outer, OfFit) = (tracker, tracker.Store, tracker.Clock, run.Info, outer, ofFit);
        _origin = Math.Max(run.Info.StartTime, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        _stamp = _clock.GetTimestamp();
        _exceptionAtStart = Marshal.GetExceptionPointers();
        if (tracker.Options.SystemMetrics is { } interval)
        {
            _sampler = new SystemSampler(this, interval);
        }
    }

    /// <summary>Gets the identifier: 32 hexadecimal digits.</summary>
    public string Id => Info.RunId;

    /// <summary>Gets the name.</summary>
    public string Name => Info.Name;

    /// <summary>Gets what the store knew of the run when it was started here.</summary>
    public RunInfo Info { get; }

    /// <summary>Gets a value indicating whether the run has ended here.</summary>
    public bool HasEnded => _ended;

    /// <summary>Gets what kept the last sample of system metrics from being logged; null if nothing did. It never fails the run.</summary>
    public string? SystemMetricsProblem => _sampler?.Problem;

    /// <summary>Gets the run that was current when this one started.</summary>
    internal ActiveRun? Outer { get; }

    /// <summary>Gets a value indicating whether the run was started by <see cref="Tracker.Autolog"/>.</summary>
    internal bool OfFit { get; }

    /// <summary>Starts a run that is a part of this one, such as a fold or a trial.</summary>
    /// <param name="name">Its name; null lets the store invent one.</param>
    /// <param name="seed">As in <see cref="Tracker.StartRun"/>.</param>
    public ActiveRun StartRun(string? name = null, int? seed = null) => _tracker.StartRun(name, this, seed);

    /// <summary>Reads the run from the store, with all that was logged so far.</summary>
    public Run Read() => _store.GetRun(Id);

    /// <summary>Ends the run as failed: with the tag <c>mlops.exception</c> (type and message) and the artifact <c>exception.txt</c> (where it was thrown).</summary>
    /// <param name="exception">What happened. An <see cref="OperationCanceledException"/> ends the run as <see cref="RunStatus.Killed"/>.</param>
    /// <exception cref="TrackingException">The store refused or is away; the run is still open.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        lock (_ending)
        {
            if (_ended)
            {
                return;
            }

            _store.SetTag(Id, new Tag("mlops.exception", $"{exception.GetType().FullName}: {exception.Message}"));
            Artifact("exception.txt", exception.ToString());
            End(exception is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed);
        }
    }

    /// <summary>Ends the run. A second call does nothing.</summary>
    /// <exception cref="TrackingException">The store refused or is away, so the run is still open: dispose it again later. Not thrown while another exception is on its way.</exception>
    public void Dispose()
    {
        // The runtime tells whether a finally block runs because of an exception; it also tells of one that is handled around the start of the run, which is not meant.
        nint exception = Marshal.GetExceptionPointers();
        if (exception != 0 && exception != _exceptionAtStart)
        {
            EndQuietly(RunStatus.Failed);
        }
        else
        {
            End(RunStatus.Finished);
        }
    }

    internal void Begin(int? seed)
    {
        if (seed is { } number)
        {
            _store.LogParam(Id, new Param("seed", number.ToString(CultureInfo.InvariantCulture)));
        }

        if (_tracker.Options.CaptureEnvironment)
        {
            Artifact(EnvironmentRecord.ArtifactName, EnvironmentRecord.Now().ToJson());
        }
    }

    /// <summary>Ends the run as failed; what the store says against it is noted with the exception, which is the one to be seen.</summary>
    internal void FailQuietly(Exception exception)
    {
        try
        {
            Fail(exception);
        }
        catch (TrackingException e)
        {
            exception.Data["MlOps.Tracking"] = $"The run {Id} could not be marked as failed: {e.Message}";
        }
    }

    /// <summary>Ends the run where nobody can be told that it does not work: an exception is on its way, or the process exits.</summary>
    internal void EndQuietly(RunStatus status)
    {
        try
        {
            End(status);
        }
        catch (TrackingException)
        {
            // The run stays as it is; Tracker.Abandoned finds it.
        }
    }

    internal void End(RunStatus status)
    {
        lock (_ending)
        {
            if (_ended)
            {
                return;
            }

            _sampler?.Dispose();
            _store.UpdateRun(Id, status, Now());
            _ended = true;
        }

        _tracker.Untrack(this);
    }

    internal void LogSystemMetrics(IReadOnlyList<Metric> metrics) => _store.LogBatch(Id, metrics, [], []);

    internal long Now() => Math.Max(_clock.GetUtcNow().ToUnixTimeMilliseconds(), _origin + (long)_clock.GetElapsedTime(_stamp).TotalMilliseconds);

    private void ThrowIfEnded()
    {
        if (_ended)
        {
            throw new ObjectDisposedException(nameof(ActiveRun), $"The run '{Name}' ({Id}) has ended. Go on with it by tracker.Resume(\"{Id}\").");
        }
    }
}
