using System.Globalization;

namespace MlOps.Grading.Feedback;

/// <summary>Numbers as people read them, in every culture the same.</summary>
internal static class Amount
{
    /// <summary>Up to two decimals, none for whole numbers; – for NaN.</summary>
    internal static string Of(double value) => double.IsNaN(value)
        ? "–"
        : (Math.Round(value, 2, MidpointRounding.AwayFromZero) + 0.0).ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−'); // + 0.0: no "−0"

    /// <summary>Two decimals, with the sign of a correlation; – for NaN.</summary>
    internal static string Signed(double value) => double.IsNaN(value)
        ? "–"
        : (Math.Round(value, 2, MidpointRounding.AwayFromZero) + 0.0).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');

    internal static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary><c>1 point</c>, <c>0.5 points</c>.</summary>
    internal static string Points(double points) => Of(points) == "1" ? "1 point" : $"{Of(points)} points";

    internal static string Points(double earned, double most) => $"{Of(earned)} of {Points(most)}";

    /// <summary><c>1 student</c>, <c>3 students</c>.</summary>
    internal static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
