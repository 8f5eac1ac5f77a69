namespace MlOps.Data.Generators;

/// <summary>Small made data sets for pictures: two features, or one feature and a target, with a shape that one sees at once.</summary>
/// <remarks>Equal arguments give equal tables on every machine: randomness is a seeded <see cref="Random"/>, and the arithmetic is +, −, ·,
/// / and the square root, which IEEE 754 fixes to the last bit. Noise is nearly normal, within 6 standard deviations.</remarks>
public static class ToyData
{
    private static readonly (double X1, double X2)[] Centres = [(-3, -1), (3, -1), (0, 3.5), (6, 4), (-6, 4)];

    /// <summary>Makes two half circles of radius 1 that reach into each other: no straight line parts them.</summary>
    /// <param name="rows">The number of cases, at least 2; every second one is <c>upper</c>, the others <c>lower</c>.</param>
    /// <param name="noise">Standard deviation added to both features, ≥ 0.</param>
    /// <param name="seed">Equal seeds give equal tables.</param>
    /// <returns>Columns <c>x1</c>, <c>x2</c>, <c>label</c>. The upper half circle has its centre at (0, 0), the lower one at (1, 0.5).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Table Moons(int rows = 300, double noise = 0.2, int seed = 1)
    {
        Guard.AtLeast(rows, 2);
        Guard.NonNegative(noise);
        return Labelled(rows, noise, seed, (i, random) =>
        {
            (double u, double v) = Direction(random);
            v = Math.Abs(v);
            return i % 2 == 0 ? (u, v, "upper") : (1 - u, 0.5 - v, "lower");
        });
    }

    /// <summary>Makes a disc's edge of radius 1 inside one of radius 2: no straight line parts them, a circle does.</summary>
    /// <param name="rows">The number of cases, at least 2; every second one is <c>inner</c>, the others <c>outer</c>.</param>
    /// <param name="noise">Standard deviation added to both features, ≥ 0.</param>
    /// <param name="seed">Equal seeds give equal tables.</param>
    /// <returns>Columns <c>x1</c>, <c>x2</c>, <c>label</c>; both circles have their centre at (0, 0).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Table Rings(int rows = 300, double noise = 0.15, int seed = 1)
    {
        Guard.AtLeast(rows, 2);
        Guard.NonNegative(noise);
        return Labelled(rows, noise, seed, (i, random) =>
        {
            (double u, double v) = Direction(random);
            return i % 2 == 0 ? (u, v, "inner") : (2 * u, 2 * v, "outer");
        });
    }

    /// <summary>Makes round clouds around fixed centres.</summary>
    /// <param name="rows">The number of cases, at least one a cloud; clouds take turns.</param>
    /// <param name="clouds">The number of clouds, 2 to 5; their centres are at least 4.6 apart.</param>
    /// <param name="spread">Standard deviation of a cloud in each direction, ≥ 0.</param>
    /// <param name="seed">Equal seeds give equal tables.</param>
    /// <returns>Columns <c>x1</c>, <c>x2</c>, <c>label</c>, which is <c>a</c>, <c>b</c>, …</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Table Blobs(int rows = 300, int clouds = 3, double spread = 0.8, int seed = 1)
    {
        Guard.AtLeast(clouds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clouds, Centres.Length);
        Guard.AtLeast(rows, clouds);
        Guard.NonNegative(spread);
        return Labelled(rows, spread, seed, (i, _) => (Centres[i % clouds].X1, Centres[i % clouds].X2, "abcde"[i % clouds].ToString()));
    }

    /// <summary>Makes one period of a sine, seen through noise: <c>y = sin(2πx) + noise</c>, x uniform in [0, 1).</summary>
    /// <param name="rows">The number of cases, at least 1.</param>
    /// <param name="noise">Standard deviation added to y, ≥ 0.</param>
    /// <param name="seed">Equal seeds give equal tables.</param>
    /// <returns>Columns <c>x</c> and <c>y</c>, in no order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Table Wave(int rows = 30, double noise = 0.3, int seed = 1)
    {
        Guard.AtLeast(rows, 1);
        Guard.NonNegative(noise);
        var random = new Random(seed);
        (double[] x, double[] y) = (new double[rows], new double[rows]);
        for (int i = 0; i < rows; i++)
        {
            x[i] = random.NextDouble();
            y[i] = PortableMath.Sin(Math.PI * (1 - (2 * x[i]))) + (noise * PortableMath.Normal(random)); // sin(2πx) with an argument within ±π
        }

        return new Table(Column.Of("x", x), Column.Of("y", y));
    }

    private static Table Labelled(int rows, double noise, int seed, Func<int, Random, (double X1, double X2, string Label)> draw)
    {
        var random = new Random(seed);
        (double[] x1, double[] x2, string[] labels) = (new double[rows], new double[rows], new string[rows]);
        for (int i = 0; i < rows; i++)
        {
            (double first, double second, labels[i]) = draw(i, random);
            x1[i] = first + (noise * PortableMath.Normal(random));
            x2[i] = second + (noise * PortableMath.Normal(random));
        }

        return new Table(Column.Of("x1", x1), Column.Of("x2", x2), Column.Of("label", labels));
    }

    /// <summary>A point on the unit circle, each as likely: one in the disc, moved out to its edge. Needs no sine, whose last bit depends on the platform.</summary>
    private static (double U, double V) Direction(Random random)
    {
        const double TooNear = 1e-6; // to the centre, where the direction would lose digits
        while (true)
        {
            double u = (2 * random.NextDouble()) - 1;
            double v = (2 * random.NextDouble()) - 1;
            double square = (u * u) + (v * v);
            if (square is > TooNear and <= 1)
            {
                double radius = Math.Sqrt(square);
                return (u / radius, v / radius);
            }
        }
    }
}
