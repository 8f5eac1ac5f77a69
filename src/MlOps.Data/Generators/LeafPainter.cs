namespace MlOps.Data.Generators;

/// <summary>Paints one leaf picture: ground, shadow, leaf, disease, what only looks like disease, then light, blur and the sensor's noise.</summary>
internal sealed class LeafPainter
{
    private const double Affected = 0.35; // how much of a lesion must show in a pixel for the mask to count it
    private const byte MaskLeaf = 1;
    private const byte MaskLesion = 2;

    private static readonly Rgb s_vein = new(0.72, 0.78, 0.45);
    private static readonly Rgb s_tip = new(0.76, 0.66, 0.28);
    private static readonly Rgb s_glare = new(0.94, 0.97, 0.95);
    private static readonly Rgb s_soil = new(0.36, 0.23, 0.13);
    private static readonly Rgb s_stalk = new(0.46, 0.52, 0.24);

    private readonly int _size;
    private readonly LeafOutline _leaf;
    private readonly LeafDisease _disease;
    private readonly LeafGround _ground;
    private readonly Rgb _green;
    private readonly uint _seed;
    private readonly double _veins;
    private readonly double _litSide;
    private readonly double _yellowTip;
    private readonly (double U, double V, double Radius) _hole;
    private readonly (double U, double V, double Strength) _glare;
    private readonly (double U, double V)[] _dirt;
    private readonly (double X, double Y) _sun;
    private readonly double _slope;
    private readonly double _blur;
    private readonly double _noise;

    internal LeafPainter(int condition, int region, double severity, int size, SplitMix64 random)
    {
        _size = size;
        _leaf = new LeafOutline(random);
        _disease = new LeafDisease(condition, severity, _leaf, random);
        _ground = new LeafGround(region, random);
        double age = random.Next(); // young leaves are light and yellowish, old ones dark
        _green = new Rgb(0.36 - (0.20 * age), 0.60 - (0.20 * age), 0.16 - (0.04 * age)).Times(random.Next(0.9, 1.1));
        _seed = (uint)random.NextBits();
        _veins = random.Next(5.0, 8.0);
        _litSide = random.Next(-0.1, 0.1);
        _yellowTip = random.Happens(0.3) ? random.Next(0.7, 0.9) : 2;
        (double holeU, double holeV) = _leaf.Inside(random);
        _hole = (holeU, holeV, random.Happens(0.2) ? random.Next(0.03, 0.06) : 0);
        (double glareU, double glareV) = _leaf.Inside(random);
        _glare = (glareU, glareV, random.Happens(0.35) ? random.Next(0.2, 0.5) : 0);
        _dirt = new (double, double)[random.Next(4)];
        for (int i = 0; i < _dirt.Length; i++)
        {
            _dirt[i] = _leaf.Inside(random);
        }

        _sun = random.Direction();
        _slope = random.Next(0.0, 0.3);
        _blur = random.Next(0.0, 0.2);
        _noise = random.Next(0.01, 0.035);
    }

    /// <summary>Paints red, green and blue, each size × size, and a mask that is 0 on the ground, 1 on the leaf and 2 on a lesion.</summary>
    internal void Paint(Span<byte> pixels, Span<byte> mask, SplitMix64 random)
    {
        int area = _size * _size;
        double[] canvas = new double[3 * area];
        for (int i = 0; i < area; i++)
        {
            double x = ((i % _size) + 0.5) / _size;
            double y = ((i / _size) + 0.5) / _size;
            (Rgb colour, mask[i]) = At(x, y);
            colour = colour.Times(_ground.Light).Times(1 + (_slope * (((x - 0.5) * _sun.X) + ((y - 0.5) * _sun.Y))));
            (canvas[i], canvas[area + i], canvas[(2 * area) + i]) = (colour.R, colour.G, colour.B);
        }

        for (int c = 0; c < 3; c++)
        {
            Blur(canvas.AsSpan(c * area, area));
        }

        Develop(canvas, pixels, random);
    }

    private (Rgb Colour, byte Mask) At(double x, double y)
    {
        double pixel = 1.0 / _size;
        double leafPixel = pixel / _leaf.Length;
        (double u, double v) = _leaf.Place(x, y);
        double depth = _leaf.Depth(u, v);
        double hole = Math.Sqrt(Square(u - _hole.U) + Square(v - _hole.V)) - _hole.Radius;
        double cover = Math.Clamp((Math.Min(depth, hole) / leafPixel) + 0.5, 0, 1);
        Rgb colour = default;
        if (cover < 1)
        {
            colour = _ground.At(x, y, pixel).Times(1 - (0.5 * Shadow(x, y)));
            colour = colour.Under(s_stalk, Math.Clamp((_leaf.StalkDepth(u, v) / leafPixel) + 0.5, 0, 1));
        }

        if (cover == 0)
        {
            return (colour, 0);
        }

        (Rgb leaf, double shows) = _disease.Paint(Healthy(u, v, depth, leafPixel), u, v, leafPixel);
        byte mask = cover <= 0.5 ? (byte)0 : shows > Affected ? MaskLesion : MaskLeaf;
        return (colour.Under(Disturbed(leaf, u, v, leafPixel), cover), mask);
    }

    private Rgb Healthy(double u, double v, double depth, double pixel)
    {
        double mottle = ValueNoise.At(u * 7, v * 7, _seed);
        Rgb leaf = _green.Times(0.88 + (0.24 * mottle) + (v > 0 ? _litSide : -_litSide));
        double across = Math.Abs(v);
        double side = (u * _veins) - (across / _leaf.Width * 1.3);
        double between = Math.Abs(side - Math.Floor(side) - 0.5); // 0.5 on a side vein, 0 half-way to the next
        leaf = leaf.Times(1 + (0.10 * (0.3 - between))); // the blade bulges between the veins
        leaf = leaf.Under(s_vein, 0.38 * Math.Clamp((between - 0.36) / 0.14, 0, 1));
        double rib = 0.016 * (1.3 - u);
        leaf = leaf.Under(s_vein, 0.8 * Math.Clamp(((rib - across) / pixel) + 0.5, 0, 1));
        leaf = leaf.Times(0.84 + (0.16 * Math.Clamp(depth / (1.6 * pixel), 0, 1))); // the edge curls away from the light
        return leaf.Under(s_tip, 0.8 * ValueNoise.Smooth((u - _yellowTip) / 0.25));
    }

    /// <summary>What a healthy leaf has too: a glare that is no mildew and specks of soil that are no rust.</summary>
    private Rgb Disturbed(Rgb leaf, double u, double v, double pixel)
    {
        double far = (Square(u - _glare.U) / 0.02) + (Square(v - _glare.V) / 0.004);
        leaf = leaf.Under(s_glare, _glare.Strength * Math.Clamp(1 - far, 0, 1));
        foreach ((double du, double dv) in _dirt)
        {
            double distance = Math.Sqrt(Square(u - du) + Square(v - dv));
            leaf = leaf.Under(s_soil, 0.8 * Math.Clamp(((0.022 - distance) / pixel) + 0.5, 0, 1));
        }

        return leaf;
    }

    private double Shadow(double x, double y)
    {
        const double Height = 0.05; // of the leaf above the ground, in picture sides
        (double u, double v) = _leaf.Place(x + (Height * _sun.X), y + (Height * _sun.Y));
        return ValueNoise.Smooth(0.5 + (_leaf.Depth(u, v) * 8));
    }

    /// <summary>The lens: each value takes a share of its neighbours on both sides, first along the rows, then down the columns.</summary>
    private void Blur(Span<double> channel)
    {
        for (int line = 0; line < _size; line++)
        {
            BlurLine(channel, line * _size, 1);
        }

        for (int line = 0; line < _size; line++)
        {
            BlurLine(channel, line, _size);
        }
    }

    private void BlurLine(Span<double> channel, int start, int step)
    {
        double before = channel[start];
        for (int i = 0; i < _size; i++)
        {
            int at = start + (i * step);
            double here = channel[at];
            double after = i == _size - 1 ? here : channel[at + step];
            channel[at] = here + (_blur * (before - here + after - here));
            before = here;
        }
    }

    /// <summary>The sensor: noise that is the sum of two uniform values, then 256 steps.</summary>
    private void Develop(double[] canvas, Span<byte> pixels, SplitMix64 random)
    {
        const double Step = 1.0 / (1 << 21);
        for (int i = 0; i < canvas.Length; i++)
        {
            ulong bits = random.NextBits();
            double grain = (((bits & 0x1FFFFF) + ((bits >> 21) & 0x1FFFFF)) * Step) - 1;
            pixels[i] = (byte)((Math.Clamp(canvas[i] + (2.4 * _noise * grain), 0, 1) * 255) + 0.5); // 2.4 ≈ √6: the sum of two has the deviation 1/√6
        }
    }

    private static double Square(double x) => x * x;
}
