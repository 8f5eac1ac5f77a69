namespace MlOps.Charts.Svg;

/// <summary>Colours and sizes of a picture on its own light ground.</summary>
internal static class Ink
{
    internal const string Ground = "#FFFFFF";
    internal const string Edge = "#D8DEE4";
    internal const string Text = "#24292F";
    internal const string Muted = "#57606A";
    internal const string Axis = "#8C959F";
    internal const string Grid = "#E6E9ED";

    internal const double Title = 17;
    internal const double Subtitle = 13;
    internal const double Label = 12.5;
    internal const double Tick = 12;
}
