using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace MlOps.Charts.Tests;

/// <summary>Reads back what a figure wrote.</summary>
internal static class Rendered
{
    internal static JsonElement Json(Figure figure) => JsonDocument.Parse(figure.ToPlotlyJson()).RootElement;

    internal static JsonElement Trace(Figure figure, int index = 0) => Json(figure).GetProperty("data")[index];

    internal static double?[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (double?)null : e.GetDouble())];

    internal static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString() ?? "null")];

    internal static XElement Image(Figure figure) => XDocument.Parse(figure.ToSvg()).Root!;

    internal static XElement[] OfClass(XElement svg, string name) => [.. svg.Descendants().Where(e => (string?)e.Attribute("class") == name)];

    internal static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The scale of an axis, worked out from the labels a reader sees: two ticks with their pixels.</summary>
    internal static Func<double, double> Axis(XElement svg, string kind)
    {
        XElement[] ticks = OfClass(svg, kind);
        string coordinate = kind == "y-tick" ? "y" : "x";
        (double v0, double p0) = (Value(ticks[0]), Number(ticks[0], coordinate));
        (double v1, double p1) = (Value(ticks[^1]), Number(ticks[^1], coordinate));
        double shift = kind == "y-tick" ? -4 : 0; // the text stands 4 pixels below its tick
        return v => p0 + shift + (v - v0) / (v1 - v0) * (p1 - p0);
    }

    private static double Value(XElement tick) =>
        double.Parse(tick.Value.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
