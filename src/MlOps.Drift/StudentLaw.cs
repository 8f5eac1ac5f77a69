namespace MlOps.Drift;

/// <summary>Student's t law for any degrees of freedom &gt; 0, whole or not.</summary>
/// <remarks>
/// <c>P(T &gt; t) = ½ · I_x(ν/2, ½)</c>, <c>x = ν / (ν + t²)</c>, I the regularised incomplete beta function by its continued fraction. Its
/// front factor is built from <c>Γ(a + ½) / Γ(a)</c> and <c>ln(1 + t²/ν)</c> directly: taken from logarithms of gamma functions it would
/// lose six digits at 400,000 degrees of freedom, which is what drift tests have. Relative error about 1e−13.
/// <para>Source: NIST Digital Library of Mathematical Functions, 8.17.22 and 5.11.13.</para>
/// </remarks>
internal static class StudentLaw
{
    /// <summary>t² up to which the centre is computed and the tail is what is left: it is not small yet, and near x = 1 the fraction for
    /// the tail loses digits.</summary>
    private const double CentralSquare = 9;

    /// <summary>From this argument on the series of the gamma ratio has all its digits.</summary>
    private const double LargeArgument = 50;

    private const int MostNewtonSteps = 50;

    /// <summary>A step of the continued fraction that no longer changes a double, with an ulp to spare.</summary>
    private const double Settled = 3e-16;

    /// <summary>Coefficients of a⁻⁵ to a⁰ in Γ(a + ½) / (Γ(a)·√a); that of a⁻⁶ comes before them.</summary>
    private static readonly double[] SeriesFromFifth = [-399.0 / 262144, -21.0 / 32768, 5.0 / 1024, 1.0 / 128, -1.0 / 8, 1];

    /// <summary>P(T &gt; t) with <paramref name="nu"/> degrees of freedom.</summary>
    internal static double Survival(double t, double nu)
    {
        if (double.IsInfinity(t))
        {
            return t > 0 ? 0 : 1;
        }

        double square = t * t;
        double half = square == 0 ? 0.5 : 0.5 * TwoTails(square, nu);
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>The t with P(T ≤ t) = p, for 0 &lt; p &lt; 1.</summary>
    internal static double Quantile(double p, double nu)
    {
        if (p == 0.5)
        {
            return 0;
        }

        double tail = Math.Min(p, 1 - p);
        double low = 0;
        double high = Math.Max(1, NormalLaw.Quantile(1 - tail));
        while (Survival(high, nu) > tail)
        {
            (low, high) = (high, 2 * high);
        }

        double t = (low + high) / 2;
        for (int i = 0; i < MostNewtonSteps; i++)
        {
            double excess = Survival(t, nu) - tail;
            (low, high) = excess > 0 ? (t, high) : (low, t);
            double next = t + (excess / Density(t, nu)); // Newton; outside the bracket, halve it instead
            next = next >= low && next <= high ? next : (low + high) / 2;
            if (Math.Abs(next - t) <= 4e-16 * t)
            {
                break;
            }

            t = next;
        }

        return p < 0.5 ? -t : t;
    }

    private static double Density(double t, double nu) =>
        GammaRatio(nu / 2) / Math.Sqrt(nu * Math.PI) * Math.Exp(-(nu + 1) / 2 * LogOnePlus(t * t / nu));

    private static double TwoTails(double square, double nu)
    {
        double a = nu / 2;
        double x = nu / (nu + square);
        double y = square / (nu + square);
        double front = Math.Exp(-a * LogOnePlus(square / nu)) * Math.Sqrt(y) * GammaRatio(a) / Math.Sqrt(Math.PI);
        return square > CentralSquare && x < (a + 1) / (a + 2.5)
            ? front / a * Fraction(a, 0.5, x)
            : 1 - (front / 0.5 * Fraction(0.5, a, y));
    }

    /// <summary>The continued fraction of I_x(a, b), evaluated from the front by the method of Lentz.</summary>
    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        double d = 1 / (1 - ((a + b) * x / (a + 1)));
        double value = d;
        for (int k = 1; ; k++)
        {
            double even = k * (b - k) * x / ((a + (2 * k) - 1) * (a + (2 * k)));
            d = 1 / (1 + (even * d));
            c = 1 + (even / c);
            value *= d * c;
            double odd = -(a + k) * (a + b + k) * x / ((a + (2 * k)) * (a + (2 * k) + 1));
            d = 1 / (1 + (odd * d));
            c = 1 + (odd / c);
            double step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < Settled)
            {
                return value;
            }
        }
    }

    /// <summary>Γ(a + ½) / Γ(a), by its series for large a, to which small ones are raised.</summary>
    private static double GammaRatio(double a)
    {
        double factor = 1;
        for (; a < LargeArgument; a++)
        {
            factor *= a / (a + 0.5);
        }

        double r = 1 / a;
        double series = 869.0 / 4194304;
        foreach (double coefficient in SeriesFromFifth)
        {
            series = (series * r) + coefficient;
        }

        return factor * Math.Sqrt(a) * series;
    }

    /// <summary>ln(1 + y), also where 1 + y has lost the digits of y.</summary>
    private static double LogOnePlus(double y)
    {
        double u = 1 + y;
        return u == 1 ? y : double.IsInfinity(u) ? Math.Log(y) : Math.Log(u) * (y / (u - 1));
    }
}
