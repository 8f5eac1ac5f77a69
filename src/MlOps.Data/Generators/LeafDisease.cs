namespace MlOps.Data.Generators;

/// <summary>What a condition paints on a leaf.</summary>
internal sealed class LeafDisease
{
    private static readonly Rgb s_rust = new(0.74, 0.31, 0.05);
    private static readonly Rgb s_halo = new(0.80, 0.76, 0.22);
    private static readonly Rgb s_dead = new(0.58, 0.44, 0.27);
    private static readonly Rgb s_deadEdge = new(0.27, 0.16, 0.08);
    private static readonly Rgb s_mildew = new(0.88, 0.90, 0.86);

    private readonly int _condition;
    private readonly double _severity;
    private readonly Lesion[] _lesions;

    internal LeafDisease(int condition, double severity, LeafOutline leaf, SplitMix64 random)
    {
        (_condition, _severity) = (condition, severity);
        int count = condition switch
        {
            LeafImages.Rust => 2 + (int)(26 * severity),
            LeafImages.Blight => 1 + (int)(2.5 * severity),
            LeafImages.Mildew => 2 + (int)(5 * severity),
            _ => 0,
        };
        _lesions = new Lesion[count];
        for (int i = 0; i < count; i++)
        {
            (double u, double v) = condition == LeafImages.Blight ? leaf.NearEdge(random) : leaf.Inside(random);
            double radius = condition switch
            {
                LeafImages.Rust => random.Next(0.022, 0.046),
                LeafImages.Blight => random.Next(0.06, 0.12) + (0.16 * severity),
                _ => random.Next(0.08, 0.13) + (0.07 * severity),
            };
            _lesions[i] = new Lesion(u, v, radius, (uint)random.NextBits());
        }
    }

    /// <summary>The colour of a place on the leaf with the disease on it, and how much of the disease shows there, from 0 to 1.</summary>
    /// <param name="leaf">The colour without the disease.</param>
    /// <param name="u">The place along the midrib.</param>
    /// <param name="v">The place across it.</param>
    /// <param name="pixel">The size of a pixel in leaf lengths.</param>
    internal (Rgb Colour, double Shows) Paint(Rgb leaf, double u, double v, double pixel)
    {
        double shows = 0;
        foreach (Lesion lesion in _lesions)
        {
            double du = u - lesion.U;
            double dv = v - lesion.V;
            double distance = Math.Sqrt((du * du) + (dv * dv));
            if (distance < 2.2 * lesion.Radius)
            {
                double cover;
                (leaf, cover) = _condition switch
                {
                    LeafImages.Rust => Pustule(leaf, distance, lesion.Radius, pixel),
                    LeafImages.Blight => Blight(leaf, distance, lesion, u, v, pixel),
                    _ => Mildew(leaf, distance, lesion, u, v),
                };
                shows = Math.Max(shows, cover);
            }
        }

        return (leaf, shows);
    }

    private static (Rgb Colour, double Cover) Pustule(Rgb leaf, double distance, double radius, double pixel)
    {
        double halo = 0.55 * Math.Clamp(1 - (distance / (2.1 * radius)), 0, 1);
        double cover = Math.Clamp(((radius - distance) / pixel) + 0.5, 0, 1);
        return (leaf.Under(s_halo, halo).Under(s_rust, 0.92 * cover), cover);
    }

    private static (Rgb Colour, double Cover) Blight(Rgb leaf, double distance, Lesion lesion, double u, double v, double pixel)
    {
        double reach = lesion.Radius * (0.65 + (0.7 * ValueNoise.At(u * 9, v * 9, lesion.Seed)));
        double depth = reach - distance;
        double halo = 0.6 * Math.Clamp(1 + (depth / (0.07 + pixel)), 0, 1);
        double cover = Math.Clamp((depth / pixel) + 0.5, 0, 1);
        double ring = distance * 22;
        bool darkRing = ring - Math.Floor(ring) < 0.35; // the target pattern of early blight
        Rgb tissue = s_dead.Times(darkRing ? 0.78 : 1.0).Under(s_deadEdge, Math.Clamp(1 - (depth / 0.045), 0, 0.85));
        return (leaf.Under(s_halo, halo).Under(tissue, 0.95 * cover), cover);
    }

    private (Rgb Colour, double Cover) Mildew(Rgb leaf, double distance, Lesion lesion, double u, double v)
    {
        double soft = ValueNoise.Smooth(1.25 - (distance / lesion.Radius));
        double powder = 0.45 + (0.55 * ValueNoise.At(u * 30, v * 30, lesion.Seed));
        double cover = (0.5 + (0.4 * _severity)) * soft * powder;
        return (leaf.Under(s_mildew, cover), soft * powder);
    }

    private readonly record struct Lesion(double U, double V, double Radius, uint Seed);
}
