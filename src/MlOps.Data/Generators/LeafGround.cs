namespace MlOps.Data.Generators;

/// <summary>What a leaf lies on, and the light of the region: red gravelly soil under a warm sun in the hills, dark wet clay with straw under a grey sky in the delta.</summary>
internal sealed class LeafGround
{
    private const int Pebbles = 14;
    private const int Straws = 5;
    private static readonly Rgb s_laterite = new(0.60, 0.35, 0.21);
    private static readonly Rgb s_clay = new(0.31, 0.28, 0.25);
    private static readonly Rgb s_straw = new(0.72, 0.64, 0.42);

    private readonly bool _hills;
    private readonly uint _seed;
    private readonly double _tone;
    private readonly (double X, double Y, double Size, double Tone)[] _pebbles;
    private readonly (double X, double Y, double DirectionX, double DirectionY, double Half)[] _straws;

    internal LeafGround(int region, SplitMix64 random)
    {
        _hills = region == LeafImages.Hills;
        _seed = (uint)random.NextBits();
        _tone = random.Next(0.85, 1.15);
        double brightness = _hills ? random.Next(0.92, 1.14) : random.Next(0.78, 1.0);
        double warmth = (_hills ? 0.05 : -0.05) + random.Next(-0.04, 0.04);
        Light = new Rgb(1 + warmth, 1, 1 - warmth).Times(brightness);
        _pebbles = new (double, double, double, double)[_hills ? Pebbles : 0];
        for (int i = 0; i < _pebbles.Length; i++)
        {
            _pebbles[i] = (random.Next(), random.Next(), random.Next(0.012, 0.05), random.Next(0.7, 1.45));
        }

        _straws = new (double, double, double, double, double)[_hills ? 0 : Straws];
        for (int i = 0; i < _straws.Length; i++)
        {
            (double x, double y) = random.Direction();
            _straws[i] = (random.Next(), random.Next(), x, y, random.Next(0.08, 0.3));
        }
    }

    /// <summary>The colour of the light on everything in the picture.</summary>
    internal Rgb Light { get; }

    internal Rgb At(double x, double y, double pixel)
    {
        double coarse = ValueNoise.At(x * 5, y * 5, _seed);
        double fine = ValueNoise.At(x * 17, y * 17, _seed + 1);
        Rgb ground = (_hills ? s_laterite : s_clay).Times(_tone * (0.72 + (0.3 * coarse) + (0.26 * fine)));
        foreach ((double px, double py, double size, double tone) in _pebbles)
        {
            double dx = x - px;
            double dy = y - py;
            double distance = Math.Sqrt((dx * dx) + (dy * dy));
            double cover = Math.Clamp(((size - distance) / pixel) + 0.5, 0, 1);
            ground = ground.Under(s_laterite.Times(tone * (1 - ((dx + dy) / size * 0.15))), cover); // lit from the upper left
        }

        foreach ((double sx, double sy, double dirX, double dirY, double half) in _straws)
        {
            double along = ((x - sx) * dirX) + ((y - sy) * dirY);
            double across = Math.Abs(((y - sy) * dirX) - ((x - sx) * dirY));
            double cover = Math.Abs(along) > half ? 0 : Math.Clamp(((0.012 - across) / pixel) + 0.5, 0, 0.75);
            ground = ground.Under(s_straw.Times(_tone), cover);
        }

        return ground;
    }
}
