using System.Globalization;

namespace MlOps.Drift.Quality;

/// <summary>Lengths of time as rules write them: a number and s, m, h or d, such as <c>26h</c>.</summary>
internal static class Duration
{
    private static readonly (char Unit, long Ticks)[] s_units =
        [('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond)];

    /// <summary>In the largest unit of which it is a whole number; parts of a second as decimals.</summary>
    internal static string Write(TimeSpan span)
    {
        foreach ((char unit, long ticks) in s_units)
        {
            if (span.Ticks != 0 && span.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerSecond:0.#######}s");
    }

    internal static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length < 2 || Array.Find(s_units, unit => unit.Unit == text[^1]) is not { Ticks: > 0 } unit
            || !decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
            || count > long.MaxValue / unit.Ticks)
        {
            return false;
        }

        span = TimeSpan.FromTicks((long)(count * unit.Ticks));
        return true;
    }
}
