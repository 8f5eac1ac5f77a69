namespace MlOps.Charts.Svg;

/// <summary>From places on an axis to pixels.</summary>
/// <param name="Domain">What the axis shows.</param>
/// <param name="Start">The pixel of the lower end.</param>
/// <param name="End">The pixel of the upper end.</param>
internal sealed record Scale(AxisDomain Domain, double Start, double End)
{
    internal static Scale Across(AxisDomain domain, Box area) => new(domain, area.X, area.Right);

    internal static Scale Up(AxisDomain domain, Box area) =>
        domain.Reversed ? new(domain, area.Y, area.Bottom) : new(domain, area.Bottom, area.Y);

    /// <summary>The pixel of a position; NaN stays NaN.</summary>
    internal double this[double position] => Start + (position - Domain.Low) / (Domain.High - Domain.Low) * (End - Start);

    /// <summary>The length of one category in pixels.</summary>
    internal double Step => Math.Abs(End - Start) / (Domain.High - Domain.Low);
}
