namespace MlOps.Charts.Svg;

/// <summary>A rectangle on the picture, in pixels from the top left.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    internal double Right => X + Width;

    internal double Bottom => Y + Height;

    internal double MiddleX => X + Width / 2;

    internal double MiddleY => Y + Height / 2;
}
