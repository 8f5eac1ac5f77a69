using MlOps.Tracking.Stores;

namespace MlOps.Tracking;

/// <summary>What a <see cref="Tracker"/> notes by itself, and how it opens its store.</summary>
public sealed record TrackerOptions
{
    /// <summary>Gets how the store is opened. Its clock is the tracker's too.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>Gets who starts runs; the system's user name if null.</summary>
    public string? User { get; init; }

    /// <summary>Gets a value indicating whether a run notes the commit of the code, its branch and whether tracked files were changed. It asks <c>git</c>.</summary>
    public bool CaptureCode { get; init; } = true;

    /// <summary>Gets a folder of the code; the working folder if null.</summary>
    public string? CodeFolder { get; init; }

    /// <summary>Gets a value indicating whether a run writes the artifact <c>environment.json</c>: versions of .NET and of packages, operating system, processor. No environment variable is ever written.</summary>
    public bool CaptureEnvironment { get; init; } = true;

    /// <summary>Gets how often a run logs the load of the machine, at least 100 ms; null, the default, turns it off.</summary>
    /// <remarks>The metrics have MLflow's names, <c>system/cpu_utilization_percentage</c> and so on, and their steps count the samples. There is one sample at the start and one at the end of every run.</remarks>
    public TimeSpan? SystemMetrics
    {
        get;
        init => field = value is { TotalMilliseconds: < 100 }
            ? throw new ArgumentOutOfRangeException(nameof(SystemMetrics), value, "Samples may be taken every 100 ms at most.")
            : value;
    }
}
