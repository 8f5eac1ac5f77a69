namespace MlOps.Data.Generators;

/// <summary>A colour; each part is 0 for none and 1 for full.</summary>
internal readonly record struct Rgb(double R, double G, double B)
{
    /// <summary>The colour with another laid over it, which covers the share <paramref name="cover"/>.</summary>
    internal Rgb Under(Rgb over, double cover) =>
        new(R + (cover * (over.R - R)), G + (cover * (over.G - G)), B + (cover * (over.B - B)));

    internal Rgb Times(double light) => new(R * light, G * light, B * light);

    internal Rgb Times(Rgb light) => new(R * light.R, G * light.G, B * light.B);
}
