using System.Globalization;

namespace MlOps.Drift.Monitoring;

/// <summary>The band a number has to keep to, with a first line that warns and a second that alarms. An unset line is not watched.</summary>
/// <remarks>A number on the line is within it. NaN breaks every line, as nothing is known of it.</remarks>
public sealed record Limits
{
    /// <summary>Gets the value above which to warn.</summary>
    public double? WarnAbove { get; init; }

    /// <summary>Gets the value below which to warn.</summary>
    public double? WarnBelow { get; init; }

    /// <summary>Gets the value above which to alarm.</summary>
    public double? AlarmAbove { get; init; }

    /// <summary>Gets the value below which to alarm.</summary>
    public double? AlarmBelow { get; init; }

    /// <summary>Gets the line to draw in a chart: where alarms, or else warnings, begin.</summary>
    internal double? Line => AlarmAbove ?? AlarmBelow ?? WarnAbove ?? WarnBelow;

    /// <summary>Says how a number stands and which line it broke.</summary>
    public (AlertSeverity Severity, double? Broken) Judge(double value) =>
        Line is null ? (AlertSeverity.None, null)
        : double.IsNaN(value) ? (AlertSeverity.Warning, Line)
        : value > AlarmAbove ? (AlertSeverity.Critical, AlarmAbove)
        : value < AlarmBelow ? (AlertSeverity.Critical, AlarmBelow)
        : value > WarnAbove ? (AlertSeverity.Warning, WarnAbove)
        : value < WarnBelow ? (AlertSeverity.Warning, WarnBelow)
        : (AlertSeverity.None, null);

    /// <summary>The finding about a number; null when it keeps to the band.</summary>
    internal Finding? Check(string check, string subject, string name, string words, double value, string unit = "")
    {
        (AlertSeverity severity, double? broken) = Judge(value);
        return severity == AlertSeverity.None ? null : new Finding(
            check,
            subject,
            name,
            severity,
            double.IsNaN(value) ? $"{words} is not known (NaN)" : $"{words} is {Text(value)}{unit}, {(value > broken ? "above" : "below")} {Text(broken!.Value)}{unit}",
            value,
            broken);
    }

    private static string Text(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
