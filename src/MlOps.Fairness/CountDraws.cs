using MathNet.Numerics;

namespace MlOps.Fairness;

/// <summary>Draws of counts whose cost does not grow with the counts.</summary>
/// <remarks>
/// Small means by inversion; larger ones by the ratio of uniforms with a table mountain hat, which accepts about two of three.
/// <para>Source: E. Stadlober, "The ratio of uniforms approach for generating discrete random variates", Journal of Computational and Applied Mathematics 31 (1990) 181–189.</para>
/// </remarks>
internal static class CountDraws
{
    /// <summary>Below this mean, adding up probabilities from 0 needs fewer steps than rejection.</summary>
    private const double SmallMean = 10;

    private static readonly double s_hatWidth = 2 * Math.Sqrt(2 / Math.E);
    private static readonly double s_hatShift = 3 - (2 * Math.Sqrt(3 / Math.E));

    /// <summary>Draws how many of <paramref name="n"/> fall into a class of probability <c>weight / total</c>.</summary>
    internal static long Binomial(Random random, long n, long weight, long total)
    {
        if (n == 0 || weight == 0 || weight == total)
        {
            return weight == 0 ? 0 : n;
        }

        if (weight > total - weight)
        {
            return n - Binomial(random, n, total - weight, total);
        }

        double p = (double)weight / total;
        double q = (double)(total - weight) / total;
        double mean = n * p;
        if (mean < SmallMean)
        {
            return Inverted(random, Math.Exp(n * Math.Log(q)), n, k => (double)(n - k) / (k + 1) * (p / q));
        }

        double logOdds = Math.Log(p / q);
        return Rejected(random, mean, mean * q, (long)((n + 1) * p), n, k => (k * logOdds) - LogFactorial(k) - LogFactorial(n - k));
    }

    /// <summary>Draws how many of <paramref name="draws"/> out of <paramref name="total"/>, without putting back, are among the <paramref name="marked"/>.</summary>
    internal static long Hypergeometric(Random random, long draws, long marked, long total)
    {
        if (draws > total - draws)
        {
            return marked - Hypergeometric(random, total - draws, marked, total);
        }

        if (marked > total - marked)
        {
            return draws - Hypergeometric(random, draws, total - marked, total);
        }

        if (draws == 0 || marked == 0)
        {
            return 0;
        }

        long most = Math.Min(draws, marked);
        long others = total - marked - draws; // ≥ 0, as neither is more than half
        double mean = (double)draws * marked / total;
        if (mean < SmallMean)
        {
            double none = Math.Exp(LogFactorial(total - marked) + LogFactorial(total - draws) - LogFactorial(others) - LogFactorial(total));
            return Inverted(random, none, most, k => (double)(marked - k) * (draws - k) / ((k + 1.0) * (others + k + 1)));
        }

        double variance = mean * (total - marked) / total * (total - draws) / (total - 1);
        long mode = (long)((draws + 1.0) * (marked + 1.0) / (total + 2.0));
        return Rejected(random, mean, variance, mode, most, k => -LogFactorial(k) - LogFactorial(marked - k) - LogFactorial(draws - k) - LogFactorial(others + k));
    }

    /// <summary>Draws <paramref name="n"/> times from classes with the given weights and counts.</summary>
    internal static void Multinomial(Random random, long n, ReadOnlySpan<long> weights, Span<long> counts)
    {
        long total = 0;
        foreach (long weight in weights)
        {
            total += weight;
        }

        for (int i = 0; i < weights.Length; i++)
        {
            counts[i] = Binomial(random, n, weights[i], Math.Max(total, 1));
            n -= counts[i];
            total -= weights[i];
        }
    }

    private static long Inverted(Random random, double probability, long most, Func<long, double> step)
    {
        double left = random.NextDouble();
        long k = 0;
        while (left >= probability && k < most)
        {
            left -= probability;
            probability *= step(k);
            k++;
        }

        return k;
    }

    private static long Rejected(Random random, double mean, double variance, long mode, long most, Func<long, double> logProbability)
    {
        double centre = mean + 0.5;
        double width = (s_hatWidth * Math.Sqrt(variance + 0.5)) + s_hatShift;
        double top = logProbability(mode);
        while (true)
        {
            double u = 1 - random.NextDouble(); // in (0, 1]
            double x = Math.Floor(centre + (width * (random.NextDouble() - 0.5) / u));
            if (x >= 0 && x <= most && 2 * Math.Log(u) <= logProbability((long)x) - top)
            {
                return (long)x;
            }
        }
    }

    private static double LogFactorial(long n) => SpecialFunctions.GammaLn(n + 1.0);
}
