namespace MlOps.Charts.Svg;

/// <summary>Ticks at the beginnings of calendar units.</summary>
internal static class DateTicks
{
    private const double Month = 30.44 * Dates.Day;

    // Step in units, how long it is, and how the label is written.
    private static readonly (int Count, char Unit, double Length, string Format)[] Steps =
    [
        (1, 's', Dates.Second, "HH:mm:ss"), (5, 's', 5 * Dates.Second, "HH:mm:ss"), (15, 's', 15 * Dates.Second, "HH:mm:ss"),
        (30, 's', 30 * Dates.Second, "HH:mm:ss"), (1, 'm', Dates.Minute, "HH:mm"), (5, 'm', 5 * Dates.Minute, "HH:mm"),
        (15, 'm', 15 * Dates.Minute, "HH:mm"), (30, 'm', 30 * Dates.Minute, "HH:mm"), (1, 'h', Dates.Hour, "MM-dd HH:mm"),
        (3, 'h', 3 * Dates.Hour, "MM-dd HH:mm"), (6, 'h', 6 * Dates.Hour, "MM-dd HH:mm"), (12, 'h', 12 * Dates.Hour, "MM-dd HH:mm"),
        (1, 'd', Dates.Day, "yyyy-MM-dd"), (2, 'd', 2 * Dates.Day, "yyyy-MM-dd"), (7, 'd', 7 * Dates.Day, "yyyy-MM-dd"),
        (14, 'd', 14 * Dates.Day, "yyyy-MM-dd"), (1, 'M', Month, "MMM yyyy"), (2, 'M', 2 * Month, "MMM yyyy"),
        (3, 'M', 3 * Month, "MMM yyyy"), (6, 'M', 6 * Month, "MMM yyyy"), (12, 'M', 12 * Month, "yyyy"),
    ];

    internal static (double At, string Label)[] Of(double low, double high, int most = 6)
    {
        int found = Array.FindIndex(Steps, s => (high - low) / s.Length <= most);
        if (found < 0)
        {
            return Years(low, high, most);
        }

        (int count, char unit, double length, string format) = Steps[found];
        var ticks = new List<(double, string)>();
        for (DateTime date = Start(low, count, unit, length); Dates.ToMilliseconds(date) <= high; date = Next(date, count, unit, length))
        {
            double at = Dates.ToMilliseconds(date);
            if (at >= low)
            {
                ticks.Add((at, date.ToString(format, CultureInfo.InvariantCulture)));
            }
        }

        // Less than a second in sight: the ends say all there is.
        return ticks.Count > 0 ? [.. ticks] : [(low, Dates.Text(low)), (high, Dates.Text(high))];
    }

    private static DateTime Start(double low, int count, char unit, double length)
    {
        DateTime date = Dates.FromMilliseconds(low);
        return unit == 'M'
            ? new DateTime(date.Year, (date.Month - 1) / count * count + 1, 1)
            : Dates.FromMilliseconds(Math.Floor(low / length) * length);
    }

    private static DateTime Next(DateTime date, int count, char unit, double length) =>
        unit == 'M' ? date.AddMonths(count) : date.AddMilliseconds(length);

    private static (double At, string Label)[] Years(double low, double high, int most)
    {
        double[] years = NiceTicks.Of(Dates.FromMilliseconds(low).Year, Dates.FromMilliseconds(high).Year, most);
        return [.. years.Where(y => y >= 1).Select(y => (Dates.ToMilliseconds(new DateTime((int)y, 1, 1)), y.ToString("0", CultureInfo.InvariantCulture)))];
    }
}
