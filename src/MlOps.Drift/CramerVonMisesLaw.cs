using MathNet.Numerics;

namespace MlOps.Drift;

/// <summary>The null law of the two-sample Cramér–von Mises statistic.</summary>
internal static class CramerVonMisesLaw
{
    /// <summary>The limit law's tail at 0.95: P(ω² ≤ 0.46136) = 0.95.</summary>
    private const double LimitQuantile95 = 0.4613640;

    /// <summary>A standardised statistic below which the tail is 1 to the last bit.</summary>
    private const double CertainBelow = 0.003;

    /// <summary>A term this small no longer changes a probability.</summary>
    private const double Negligible = 1e-17;

    /// <summary>P(T ≥ t) by the limit law, t first brought to the limit's mean 1/6 and variance 1/45.</summary>
    internal static double Asymptotic(int n, int m, double statistic)
    {
        (double mean, double scale) = Moments(n, m);
        double standardised = (1.0 / 6) + ((statistic - mean) / scale);
        return standardised < CertainBelow ? 1 : Math.Clamp(1 - LimitCdf(standardised), 0, 1);
    }

    /// <summary>The T that is exceeded with probability 0.05 without drift, by the limit law.</summary>
    internal static double Quantile95(int n, int m)
    {
        (double mean, double scale) = Moments(n, m);
        return mean + ((LimitQuantile95 - (1.0 / 6)) * scale);
    }

    /// <summary>
    /// P(T ≥ t) over all orders of n and m values. An order is a path from (0, 0) to (m, n); each of its points adds (a·v − b·u)² to a
    /// sum ζ that rises with T. The table of a point lists the sums of all paths that lead to it, and how many there are of each.
    /// </summary>
    internal static double Exact(int n, int m, Int128 fourU)
    {
        long multiple = (long)n / Euclid.GreatestCommonDivisor(n, m) * m;
        long a = multiple / n;
        long b = multiple / m;
        Int128 k = (Int128)n * m;
        long zeta = (long)((Int128)multiple * multiple * (n + m) * ((6 * fourU) - (4 * k * ((4 * k) - 1))) / (24 * k * k));

        var row = new (long[] Sums, double[] Paths)[n + 1];
        Array.Fill(row, ([], []));
        for (int u = 0; u <= m; u++)
        {
            for (int v = 0; v <= n; v++)
            {
                long step = Square((a * v) - (b * u));
                row[v] = u + v == 0 ? ([0], [1]) : Merge(row[v], v == 0 ? ([], []) : row[v - 1], step);
            }
        }

        (long[] sums, double[] paths) = row[n];
        double all = 0;
        double reached = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            all += paths[i];
            reached += sums[i] >= zeta ? paths[i] : 0;
        }

        return reached / all;
    }

    /// <summary>Adds up two tables whose sums rise, and <paramref name="step"/> to every sum.</summary>
    private static (long[] Sums, double[] Paths) Merge((long[] Sums, double[] Paths) left, (long[] Sums, double[] Paths) right, long step)
    {
        long[] sums = new long[left.Sums.Length + right.Sums.Length];
        double[] paths = new double[sums.Length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < left.Sums.Length || j < right.Sums.Length)
        {
            long fromLeft = i < left.Sums.Length ? left.Sums[i] : long.MaxValue;
            long fromRight = j < right.Sums.Length ? right.Sums[j] : long.MaxValue;
            sums[count] = Math.Min(fromLeft, fromRight) + step;
            if (fromLeft <= fromRight)
            {
                paths[count] += left.Paths[i++];
            }

            if (fromRight <= fromLeft)
            {
                paths[count] += right.Paths[j++];
            }

            count++;
        }

        return (sums[..count], paths[..count]);
    }

    /// <summary>
    /// P(ω² ≤ x) = 1/(π^(3/2)·√x) Σ Γ(k + ½)/k! · √(4k + 1) · e^(−q) · K¼(q), q = (4k + 1)²/(16·x), k ≥ 0 (Csörgő, Faraway 1996, equation 1.3).
    /// </summary>
    private static double LimitCdf(double x)
    {
        double sum = 0;
        double ratio = Math.Sqrt(Math.PI); // Γ(½)/0!
        for (int k = 0; ; k++)
        {
            double y = (4 * k) + 1;
            double q = y * y / (16 * x);
            double term = ratio * Math.Sqrt(y) * Math.Exp(-2 * q) * SpecialFunctions.BesselKScaled(0.25, q);
            sum += term;
            if (term < Negligible)
            {
                return sum / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x));
            }

            ratio *= (k + 0.5) / (k + 1);
        }
    }

    /// <summary>The mean of T, and its standard deviation in units of the limit's (Anderson 1962, equations 11, 14 and 15).</summary>
    private static (double Mean, double Scale) Moments(double n, double m)
    {
        double all = n + m;
        double k = n * m;
        double variance = (all + 1) * ((4 * k * all) - (3 * ((n * n) + (m * m))) - (2 * k)) / (45 * all * all * 4 * k);
        return ((1 + (1 / all)) / 6, Math.Sqrt(45 * variance));
    }

    private static long Square(long x) => x * x;
}
