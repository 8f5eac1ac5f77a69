using System.Globalization;

namespace MlOps.Drift.Quality;

/// <summary>Numbers in YAML: the shortest text that reads back to the same double.</summary>
internal static class YamlNumbers
{
    private static readonly string[] s_words = ["true", "false", "yes", "no", "on", "off", "null", "~", "y", "n", ".nan", ".inf", "-.inf"];

    internal static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    internal static bool LooksLikeOtherThanText(string text) =>
        text.Length == 0
        || s_words.Contains(text.ToLowerInvariant())
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
