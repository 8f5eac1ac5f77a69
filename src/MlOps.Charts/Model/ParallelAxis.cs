namespace MlOps.Charts.Model;

/// <summary>One vertical axis of parallel coordinates.</summary>
/// <param name="Positions">One per row.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Ticks">Names of categories or dates; null for numbers, which any axis can label.</param>
internal sealed record ParallelAxis(double[] Positions, double Low, double High, (double At, string Label)[]? Ticks)
{
    /// <summary>Orange over grey to blue: both ends are visible on white and on black.</summary>
    internal static readonly (double At, string Colour)[] Colours = [(0, "#E69F00"), (0.5, "#8F8F8F"), (1, Palette.Blue)];

    internal static ParallelAxis Of(ParallelTrace trace, int dimension)
    {
        var builder = new DomainBuilder(trace.Names[dimension]);
        Values values = trace.Dimensions[dimension];
        builder.Add(values);
        builder.Tighten();
        AxisDomain domain = builder.Build(new Axis());
        (double, string)[]? ticks = domain.Kind switch
        {
            ValueKind.Text => [.. domain.Categories.Select((name, i) => ((double)i, name))],
            ValueKind.Date => [(domain.Low, Dates.Text(domain.Low)), (domain.High, Dates.Text(domain.High))],
            _ => null,
        };
        return new ParallelAxis(domain.Positions(values), domain.Low, domain.High, ticks);
    }
}
