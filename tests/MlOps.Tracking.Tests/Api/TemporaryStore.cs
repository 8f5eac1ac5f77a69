using System.Diagnostics;
using System.Reflection;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Api;

/// <summary>A SQLite store in a folder of its own.</summary>
public abstract class TemporaryStore : IDisposable
{
    protected TemporaryStore()
    {
        Folder = Directory.CreateTempSubdirectory("mlops-tracker-").FullName;
        Address = $"sqlite:///{Path.Join(Folder, "runs.db")}";
    }

    protected string Folder { get; }

    protected string Address { get; }

    /// <summary>Gets options that note nothing by themselves, so that a test sees what it logs.</summary>
    protected static TrackerOptions Quiet { get; } = new() { CaptureCode = false, CaptureEnvironment = false };

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected Tracker Open(TrackerOptions? options = null, string experiment = "test") => new(Address, experiment, options ?? Quiet);

    protected static Process StartChild(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>A clock that a test sets. Its stopwatch goes on whatever the clock shows.</summary>
    protected sealed class HandClock : TimeProvider
    {
        internal DateTimeOffset Time { get; set; } = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

        internal TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Time;

        public override long GetTimestamp() => Elapsed.Ticks;
    }

    /// <summary>A store that is away when the test says so.</summary>
    public class Unreliable : DispatchProxy
    {
        private ITrackingStore? _store;

        public bool IsAway { get; set; }

        internal static ITrackingStore Of(ITrackingStore store)
        {
            ITrackingStore proxy = Create<ITrackingStore, Unreliable>();
            ((Unreliable)(object)proxy)._store = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (IsAway && targetMethod!.Name != nameof(IDisposable.Dispose))
            {
                throw new TrackingException(TrackingError.TemporarilyUnavailable, "The store is away.");
            }

            try
            {
                return targetMethod!.Invoke(_store, args);
            }
            catch (TargetInvocationException e)
            {
                throw e.InnerException!;
            }
        }
    }
}
