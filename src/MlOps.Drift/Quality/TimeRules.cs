using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>What rules about times share.</summary>
internal static class TimeRules
{
    internal const string Needs = "times";

    internal static bool Fits(Column column) => column is Column<DateTime> or StringColumn;

    /// <summary>Checks that this machine knows the zone.</summary>
    internal static string? Zone(string? name)
    {
        if (name is not null)
        {
            _ = Instants.Zone(name);
        }

        return name;
    }

    internal static TimeSpan NotNegative(TimeSpan span, string name) =>
        span >= TimeSpan.Zero ? span : throw new ArgumentOutOfRangeException(name, span, $"{name} must not be negative; got {Duration.Write(span)}.");
}
