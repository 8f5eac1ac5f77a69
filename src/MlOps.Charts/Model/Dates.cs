namespace MlOps.Charts.Model;

/// <summary>Dates as axis coordinates: milliseconds since 1970-01-01, the clock time as written.</summary>
internal static class Dates
{
    internal const double Second = 1000;
    internal const double Minute = 60 * Second;
    internal const double Hour = 60 * Minute;
    internal const double Day = 24 * Hour;

    internal static double ToMilliseconds(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;

    internal static DateTime FromMilliseconds(double value)
    {
        // An axis padded beyond year 1 or 9999 must not throw.
        double ticks = Math.Clamp(Math.Round(value) * TimeSpan.TicksPerMillisecond + DateTime.UnixEpoch.Ticks, 0, DateTime.MaxValue.Ticks - 1e6);
        return new DateTime((long)ticks, DateTimeKind.Unspecified);
    }

    /// <summary>The shortest form that loses nothing a chart shows: a day, a second or a millisecond.</summary>
    internal static string Text(double value)
    {
        DateTime date = FromMilliseconds(value);
        string format = date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : date.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss"
            : "yyyy-MM-dd HH:mm:ss.fff";
        return date.ToString(format, CultureInfo.InvariantCulture);
    }
}
