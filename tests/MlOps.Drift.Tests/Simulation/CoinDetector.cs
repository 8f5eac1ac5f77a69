using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Simulation;

/// <summary>Alarms at every value above a limit: its false-alarm rate and delay follow from the law of the values alone.</summary>
internal sealed class CoinDetector(double limit) : IDriftDetector
{
    public long Count { get; private set; }

    public bool DriftDetected { get; private set; }

    public bool WarningDetected => false;

    public bool Update(double value)
    {
        Count++;
        return DriftDetected = value > limit;
    }

    public void Reset() => (Count, DriftDetected) = (0, false);

    public string ToJson() => "";
}
