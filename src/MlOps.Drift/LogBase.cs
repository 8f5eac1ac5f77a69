namespace MlOps.Drift;

/// <summary>The check of a logarithm's base.</summary>
internal static class LogBase
{
    internal static void Check(double logBase)
    {
        if (!double.IsFinite(logBase) || logBase <= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(logBase), FormattableString.Invariant($"logBase must be a finite number > 1; got {logBase}."));
        }
    }
}
