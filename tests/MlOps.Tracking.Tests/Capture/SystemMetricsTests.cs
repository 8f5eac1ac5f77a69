using MlOps.Tracking.Capture;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Api;

namespace MlOps.Tracking.Tests.Capture;

public sealed class SystemMetricsTests : TemporaryStore
{
    private static readonly TrackerOptions s_sampled = Quiet with { SystemMetrics = TimeSpan.FromHours(1) };

    [Fact]
    public void Run_Short_HasAFirstAndALastSample()
    {
        using Tracker tracker = Open(s_sampled);
        ActiveRun run = tracker.StartRun();
        WaitFor(() => run.Read().Metric("system/system_memory_usage_megabytes") is not null);
        Thread.Sleep(100); // some ticks of the kernel's clock, 10 ms each: within one there is no share to tell
        run.Dispose();
        Assert.Null(run.SystemMetricsProblem);
        Assert.Equal([0L, 1L], tracker.Store.GetMetricHistory(run.Id, "system/system_memory_usage_megabytes").Select(m => m.Step));
        Run read = run.Read();
        foreach (string share in (string[])["system/cpu_utilization_percentage", "system/process_cpu_utilization_percentage", "system/system_memory_usage_percentage"])
        {
            Assert.InRange(read.Metric(share)!.Value, 0, 110); // the two clocks of the kernel do not tick together
        }

        Assert.InRange(read.Metric("system/process_memory_usage_megabytes")!.Value, 10, 1e6);
    }

    [Fact]
    public void Run_StoreAway_IsNotFailedByASample()
    {
        using ITrackingStore inner = TrackingStore.Open(Address);
        ITrackingStore store = Unreliable.Of(inner);
        using var tracker = new Tracker(store, "test", s_sampled with { SystemMetrics = TimeSpan.FromMilliseconds(100) });
        ActiveRun run = tracker.StartRun();
        ((Unreliable)(object)store).IsAway = true;
        WaitFor(() => run.SystemMetricsProblem is not null);
        Assert.Equal("The store is away.", run.SystemMetricsProblem);
        ((Unreliable)(object)store).IsAway = false;
        run.Dispose();
        Assert.Equal(RunStatus.Finished, run.Read().Info.Status);
    }

    [Fact]
    public void SystemMetrics_TooOften_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackerOptions { SystemMetrics = TimeSpan.FromMilliseconds(99) });

    /// <summary>The line is nvidia-smi's form with <c>--format=csv,noheader,nounits</c>: percent, MiB, MiB, watts; <c>[N/A]</c> for what a device does not tell.</summary>
    [Fact]
    public void ParseGpus_TwoDevices_HaveMlflowsNames()
    {
        var found = MachineLoad.ParseGpus("37, 1000, 4000, 70.5\n0, 0, 16384, [N/A]\n").ToDictionary(m => m.Key, m => m.Value);
        Assert.Equal((37, 1048.576, 25, 70.5), (found["system/gpu_0_utilization_percentage"], found["system/gpu_0_memory_usage_megabytes"], found["system/gpu_0_memory_usage_percentage"], found["system/gpu_0_power_usage_watts"]));
        Assert.Equal(0, found["system/gpu_1_memory_usage_percentage"]);
        Assert.DoesNotContain("system/gpu_1_power_usage_watts", found.Keys);
    }

    private static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)));
}
