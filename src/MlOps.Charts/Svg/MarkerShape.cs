namespace MlOps.Charts.Svg;

/// <summary>The outlines of point symbols, of about equal area.</summary>
internal static class MarkerShape
{
    internal static bool IsFilled(Marker marker) => marker is not (Marker.OpenCircle or Marker.X or Marker.Cross);

    internal static string Path(Marker marker, double x, double y, double size)
    {
        double r = size / 2;
        return marker switch
        {
            Marker.Square => Polygon((x - r * 0.9, y - r * 0.9), (x + r * 0.9, y - r * 0.9), (x + r * 0.9, y + r * 0.9), (x - r * 0.9, y + r * 0.9)),
            Marker.TriangleUp => Polygon((x, y - r * 1.2), (x + r * 1.1, y + r * 0.8), (x - r * 1.1, y + r * 0.8)),
            Marker.TriangleDown => Polygon((x, y + r * 1.2), (x + r * 1.1, y - r * 0.8), (x - r * 1.1, y - r * 0.8)),
            Marker.Diamond => Polygon((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)),
            Marker.X => $"{Stroke(x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8)}{Stroke(x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8)}",
            Marker.Cross => $"{Stroke(x - r, y, x + r, y)}{Stroke(x, y - r, x, y + r)}",
            _ => $"M{SvgText.N(x - r)} {SvgText.N(y)}a{SvgText.N(r)} {SvgText.N(r)} 0 1 0 {SvgText.N(size)} 0a{SvgText.N(r)} {SvgText.N(r)} 0 1 0 {SvgText.N(-size)} 0z",
        };
    }

    private static string Stroke(double x1, double y1, double x2, double y2) =>
        $"M{SvgText.N(x1)} {SvgText.N(y1)}L{SvgText.N(x2)} {SvgText.N(y2)}";

    private static string Polygon(params (double X, double Y)[] corners) =>
        "M" + string.Join("L", corners.Select(c => $"{SvgText.N(c.X)} {SvgText.N(c.Y)}")) + "z";
}
