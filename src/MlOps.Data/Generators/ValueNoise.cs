namespace MlOps.Data.Generators;

/// <summary>Smooth random texture: random values on a grid of whole numbers, blended between them.</summary>
internal static class ValueNoise
{
    /// <summary>The texture at a place, in [0, 1]. One unit is the size of a grain.</summary>
    internal static double At(double x, double y, uint seed)
    {
        double floorX = Math.Floor(x);
        double floorY = Math.Floor(y);
        int i = (int)floorX;
        int j = (int)floorY;
        double u = Smooth(x - floorX);
        double v = Smooth(y - floorY);
        double top = Lattice(i, j, seed) + (u * (Lattice(i + 1, j, seed) - Lattice(i, j, seed)));
        double bottom = Lattice(i, j + 1, seed) + (u * (Lattice(i + 1, j + 1, seed) - Lattice(i, j + 1, seed)));
        return top + (v * (bottom - top));
    }

    /// <summary>0 below 0, 1 above 1, and a curve without corners between them.</summary>
    internal static double Smooth(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static double Lattice(int i, int j, uint seed)
    {
        uint h = unchecked(((uint)i * 374761393) + ((uint)j * 668265263) + (seed * 2246822519));
        h = unchecked((h ^ (h >> 13)) * 1274126177);
        return (h ^ (h >> 16)) / (double)uint.MaxValue;
    }
}
