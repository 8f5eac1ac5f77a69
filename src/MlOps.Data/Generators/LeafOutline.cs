namespace MlOps.Data.Generators;

/// <summary>Where a leaf lies and how it is shaped. Places on it are (u, v): u runs along the midrib from 0 at the base to 1 at the tip,
/// v across it, both in leaf lengths.</summary>
internal sealed class LeafOutline
{
    private readonly double _baseX;
    private readonly double _baseY;
    private readonly (double X, double Y) _direction;
    private readonly double _bend;
    private readonly double _ovate;
    private readonly double _teeth;
    private readonly double _toothDepth;
    private readonly double _stalkBend;

    internal LeafOutline(SplitMix64 random)
    {
        Length = random.Next(0.76, 0.96);
        Width = random.Next(0.23, 0.35);
        _direction = random.Direction();
        _baseX = 0.5 - (_direction.X * Length / 2) + random.Next(-0.06, 0.06);
        _baseY = 0.5 - (_direction.Y * Length / 2) + random.Next(-0.06, 0.06);
        _bend = random.Next(-0.09, 0.09);
        _ovate = random.Next(0.1, 0.8);
        _teeth = random.Next(9.0, 14.0);
        _toothDepth = random.Next(0.0, 0.09);
        _stalkBend = random.Next(-0.5, 0.5);
    }

    /// <summary>From base to tip, in picture sides.</summary>
    internal double Length { get; }

    /// <summary>The largest half-width, in leaf lengths.</summary>
    internal double Width { get; }

    /// <summary>The place on the leaf of a place in the picture; both coordinates of the picture run from 0 to 1.</summary>
    internal (double U, double V) Place(double x, double y)
    {
        double alongX = x - _baseX;
        double alongY = y - _baseY;
        double u = ((alongX * _direction.X) + (alongY * _direction.Y)) / Length;
        double v = ((alongY * _direction.X) - (alongX * _direction.Y)) / Length;
        return (u, v - (_bend * 4 * u * (1 - u)));
    }

    /// <summary>The half-width at u, without teeth: between an ellipse and an egg.</summary>
    internal double HalfWidth(double u) =>
        u is <= 0 or >= 1 ? 0 : Width * u * (1 - u) * ((_ovate * 6.75 * (1 - u)) + ((1 - _ovate) * 4));

    /// <summary>How far a place lies inside the leaf, in leaf lengths; negative outside.</summary>
    internal double Depth(double u, double v)
    {
        double beyond = Math.Max(-u, u - 1);
        if (beyond > 0)
        {
            return -Math.Max(beyond, Math.Abs(v));
        }

        double tooth = u * _teeth;
        double notch = _toothDepth * (tooth - Math.Floor(tooth));
        return (HalfWidth(u) * (1 - notch)) - Math.Abs(v);
    }

    /// <summary>How far a place lies inside the stalk, in leaf lengths; negative outside.</summary>
    internal double StalkDepth(double u, double v)
    {
        double across = v - (_stalkBend * u * u);
        return u is > -0.3 and < 0.05 ? 0.022 - Math.Abs(across) : -1;
    }

    /// <summary>A random place well inside the leaf.</summary>
    internal (double U, double V) Inside(SplitMix64 random)
    {
        double u = random.Next(0.12, 0.88);
        return (u, HalfWidth(u) * random.Next(-0.78, 0.78));
    }

    /// <summary>A random place near the edge or the tip.</summary>
    internal (double U, double V) NearEdge(SplitMix64 random)
    {
        double u = random.Next(0.3, 0.97);
        return (u, HalfWidth(u) * (random.Happens(0.5) ? 0.8 : -0.8));
    }
}
