namespace MlOps.Fairness.Mitigation;

/// <summary>How one group is decided, by places on its curve.</summary>
internal readonly record struct ThresholdRule(int First, int Second, double FirstShare, double IgnoreShare, double Constant)
{
    internal static ThresholdRule Single(int threshold) => new(threshold, threshold, 1, 0, 0);
}
