namespace MlOps.Charts.Model;

/// <summary>Whether bars carry their numbers: read directly where there is room.</summary>
internal static class BarLabels
{
    private const int MostLabelled = 12;

    internal static bool Shown(Figure figure) =>
        figure.Traces is [BarTrace { Errors: null } bars]
        && bars.Lengths.Length <= MostLabelled
        && !(bars.Horizontal && bars.Lengths.Any(v => v < 0)); // the numbers would cover the names
}

/// <summary>The colours of a waterfall: the sign on each label says the same.</summary>
internal static class WaterfallStyle
{
    internal static readonly Style Up = new(Palette.Blue, Dash.Solid, Marker.Circle, Pattern.None);
    internal static readonly Style Down = new("#E69F00", Dash.Solid, Marker.Circle, Pattern.None);
    internal static readonly Style Total = new(Palette.Grey, Dash.Solid, Marker.Circle, Pattern.None);
}
