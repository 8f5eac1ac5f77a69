namespace MlOps.Charts.Model;

/// <summary>How one series looks: colour, dash, marker and bar pattern say the same thing four ways.</summary>
internal sealed record Style(string Colour, Dash Dash, Marker Marker, Pattern Pattern);

/// <summary>Line patterns, with the lengths drawn and the name Plotly has for them.</summary>
internal sealed record Dash(string Name, string Lengths)
{
    internal static readonly Dash Solid = new("solid", "");
    internal static readonly Dash Dashed = new("dash", "8 5");
    internal static readonly Dash Dotted = new("dot", "2 4");
    internal static readonly Dash DashDot = new("dashdot", "8 4 2 4");
    internal static readonly Dash Long = new("longdash", "14 5");
    internal static readonly Dash LongDot = new("longdashdot", "14 4 2 4");
}

/// <summary>Point symbols.</summary>
internal enum Marker
{
    Circle,
    Square,
    TriangleUp,
    TriangleDown,
    Cross,
    X,
    Diamond,
    OpenCircle,
}

/// <summary>What is drawn over the colour of a bar.</summary>
internal enum Pattern
{
    None,
    Slash,
    Dots,
    Backslash,
    Grid,
    Rows,
}

/// <summary>The one palette of the course.</summary>
/// <remarks>M. Okabe, K. Ito, "Color Universal Design", 2008. Vermilion is kept for alarms; yellow and black vanish on one background or the other.</remarks>
internal static class Palette
{
    internal const string Blue = "#0072B2";
    internal const string Vermilion = "#D55E00";
    internal const string Green = "#009E73";
    internal const string Grey = "#808080";

    /// <summary>Low to high, light to dark on white; every step differs in lightness, so it also prints.</summary>
    internal static readonly (double At, string Colour)[] Sequential =
        [(0, "#DDEBF5"), (0.25, "#9FC7E3"), (0.5, "#5A9FCE"), (0.75, "#1F74AE"), (1, "#08406F")];

    /// <summary>Vermilion below zero, blue above: told apart with any colour vision.</summary>
    internal static readonly (double At, string Colour)[] Diverging =
        [(0, "#A64900"), (0.25, "#E29A5F"), (0.5, "#F2F2F2"), (0.75, "#5FA3CF"), (1, "#005A8C")];

    private static readonly Style[] Series =
    [
        new(Blue, Dash.Solid, Marker.Circle, Pattern.None),
        new("#E69F00", Dash.Long, Marker.Square, Pattern.Slash),
        new(Green, Dash.Dotted, Marker.TriangleUp, Pattern.Dots),
        new("#CC79A7", Dash.DashDot, Marker.X, Pattern.Backslash),
        new("#56B4E9", Dash.LongDot, Marker.TriangleDown, Pattern.Grid),
        new("#8C6D31", Dash.Dashed, Marker.Cross, Pattern.Rows),
    ];

    /// <summary>One style per trace: fixed for roles, in turn for the rest.</summary>
    internal static Style[] Styles(Figure figure)
    {
        // Blue means "current" as soon as one series has that role.
        int next = figure.Traces.Any(t => t.Role == Role.Current) ? 1 : 0;
        var styles = new Style[figure.Traces.Length];
        for (int i = 0; i < styles.Length; i++)
        {
            styles[i] = figure.Traces[i].Role == Role.Series ? Series[next++ % Series.Length] : Of(figure.Traces[i].Role);
        }

        return styles;
    }

    internal static Style Of(Role role) => role switch
    {
        Role.Reference => new(Grey, Dash.Dashed, Marker.OpenCircle, Pattern.Slash),
        Role.Alarm => new(Vermilion, Dash.DashDot, Marker.Diamond, Pattern.Grid),
        Role.Neutral => new("#A6A6A6", Dash.Dotted, Marker.OpenCircle, Pattern.Dots),
        _ => Series[0],
    };

    /// <summary>The colour at <paramref name="share"/> (0 to 1) of a scale, mixed linearly in sRGB as Plotly does.</summary>
    internal static string Mix((double At, string Colour)[] scale, double share)
    {
        double at = Math.Clamp(share, 0, 1);
        int upper = Math.Max(1, Array.FindIndex(scale, stop => stop.At >= at));
        ((double from, string low), (double to, string high)) = (scale[upper - 1], scale[upper]);
        double part = (at - from) / (to - from);
        int Channel(int i) => (int)Math.Round(Hex(low, i) + part * (Hex(high, i) - Hex(low, i)));
        return string.Create(CultureInfo.InvariantCulture, $"#{Channel(0):X2}{Channel(1):X2}{Channel(2):X2}");
    }

    /// <summary>Whether white text reads better than black on a colour (relative luminance of WCAG 2).</summary>
    internal static bool IsDark(string colour)
    {
        double Linear(int i)
        {
            double c = Hex(colour, i) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        // 0.179 is where the contrast ratios against black and white are equal.
        return 0.2126 * Linear(0) + 0.7152 * Linear(1) + 0.0722 * Linear(2) < 0.179;
    }

    /// <summary>A colour with opacity, as Plotly and CSS write it.</summary>
    internal static string Fade(string colour, double opacity) => string.Create(
        CultureInfo.InvariantCulture, $"rgba({Hex(colour, 0)},{Hex(colour, 1)},{Hex(colour, 2)},{opacity:0.##})");

    private static int Hex(string colour, int channel) =>
        int.Parse(colour.AsSpan(1 + 2 * channel, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
