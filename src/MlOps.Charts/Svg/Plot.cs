namespace MlOps.Charts.Svg;

/// <summary>One plot being drawn: its figure, its scales and the area inside its axes.</summary>
internal sealed record Plot(Figure Figure, Domains Domains, Box Area)
{
    internal Scale X { get; } = Scale.Across(Domains.X, Area);

    internal Scale Y { get; } = Scale.Up(Domains.Y, Area);
}
