using System.Text;

namespace MlOps.Charts.Svg;

/// <summary>Writes SVG elements: text encoded, coordinates with two decimals. Not thread-safe.</summary>
internal sealed class SvgText
{
    /// <summary>Far outside any picture; keeps a value off the axis from becoming a number no viewer reads.</summary>
    private const double Farthest = 20000;

    private readonly StringBuilder _text = new();

    internal static string N(double value) =>
        double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(value), value, "A gap has no place on a picture.")
        : (Math.Round(Math.Clamp(value, -Farthest, Farthest), 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture); // + 0.0: no "-0"

    internal void Raw(string markup) => _text.Append(markup);

    internal void Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes) => Tag(tag, attributes, ">");

    internal void Close(string tag) => _text.Append("</").Append(tag).Append(">\n");

    internal void Element(string tag, params ReadOnlySpan<(string Name, string Value)> attributes) => Tag(tag, attributes, "/>\n");

    internal void Content(string tag, string text)
    {
        _text.Append('<').Append(tag).Append('>').Append(Encode(text));
        Close(tag);
    }

    internal void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, string dash = "", string kind = "") =>
        Element("line", ("class", kind), ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("stroke", colour), ("stroke-width", N(width)), ("stroke-dasharray", dash));

    internal void Rect(Box box, string fill, string kind = "", double opacity = 1, string stroke = "") =>
        Element("rect", ("class", kind), ("x", N(box.X)), ("y", N(box.Y)), ("width", N(box.Width)), ("height", N(box.Height)), ("fill", fill), ("fill-opacity", opacity < 1 ? N(opacity) : ""), ("stroke", stroke));

    internal void Path(string d, string stroke, double width, string fill = "none", double opacity = 1, string dash = "", string kind = "") =>
        Element("path", ("class", kind), ("d", d), ("fill", fill), ("fill-opacity", opacity < 1 ? N(opacity) : ""), ("stroke", stroke), ("stroke-width", N(width)), ("stroke-dasharray", dash), ("stroke-linejoin", "round"));

    /// <summary>One line of text. A halo keeps it readable over marks.</summary>
    internal void Text(double x, double y, string text, double size, string anchor = "start", string colour = Ink.Text, bool bold = false, double turn = 0, bool halo = false, string kind = "")
    {
        Open(
            "text", ("class", kind), ("x", N(x)), ("y", N(y)), ("font-size", N(size)), ("text-anchor", anchor == "start" ? "" : anchor), ("fill", colour),
            ("font-weight", bold ? "600" : ""), ("transform", turn == 0 ? "" : $"rotate({N(turn)} {N(x)} {N(y)})"),
            ("stroke", halo ? Ink.Ground : ""), ("stroke-width", halo ? "3" : ""), ("stroke-linejoin", halo ? "round" : ""), ("paint-order", halo ? "stroke" : ""));
        _text.Append(Encode(text));
        Close("text");
    }

    internal void Marker(Marker marker, double x, double y, double size, string colour, double opacity = 1) =>
        Path(MarkerShape.Path(marker, x, y, size), colour, marker is Model.Marker.OpenCircle or Model.Marker.X or Model.Marker.Cross ? 1.6 : 0.5, MarkerShape.IsFilled(marker) ? colour : "none", opacity, kind: "point");

    public override string ToString() => _text.ToString();

    internal static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                encoded.Append(c).Append(text[++i]);
                continue;
            }

            encoded.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\n' => "\n",
                '\t' or '\r' => " ",
                < ' ' or '\ufffe' or '\uffff' => "\ufffd", // XML has no way to write these
                >= '\ud800' and <= '\udfff' => "\ufffd",
                _ => c.ToString(),
            });
        }

        return encoded.ToString();
    }

    private void Tag(string tag, ReadOnlySpan<(string Name, string Value)> attributes, string end)
    {
        _text.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
        {
            if (value.Length > 0)
            {
                _text.Append(' ').Append(name).Append("=\"").Append(Encode(value)).Append('"');
            }
        }

        _text.Append(end);
    }
}
