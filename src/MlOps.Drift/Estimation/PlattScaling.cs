namespace MlOps.Drift.Estimation;

/// <summary>Platt scaling: a logistic curve of the score.</summary>
/// <remarks>
/// <c>P(y = 1 | f) = 1 / (1 + exp(A·f + B))</c>; A and B minimise the log loss against Platt's softened targets
/// <c>t⁺ = (N⁺ + 1) / (N⁺ + 2)</c> and <c>t⁻ = 1 / (N⁻ + 2)</c>, so that scores that separate the classes give finite numbers too. Newton's
/// method with step halving on standardised scores, to the last digits; scikit-learn's sigmoid calibration solves the same problem by BFGS and stops
/// some digits earlier. A constant score gets A = 0 and the mean target.
/// <para>Sources: J. C. Platt, "Probabilistic Outputs for Support Vector Machines", Advances in Large Margin Classifiers (1999);
/// H.-T. Lin, C.-J. Lin, R. C. Weng, Machine Learning 68 (2007) 267–276.</para>
/// </remarks>
public sealed class PlattScaling : ScoreCalibration
{
    private const int MaxIterations = 100;
    private const int MaxHalvings = 40;

    /// <summary>Newton's decrement, the loss still to be gained, per row, from which one more full step leaves nothing but rounding.</summary>
    private const double LastStep = 1e-12;

    /// <summary>Keeps the Hessian solvable where every probability is 0 or 1 within rounding; per row.</summary>
    private const double HessianFloor = 1e-14;

    private PlattScaling(double slope, double intercept) => (Slope, Intercept) = (slope, intercept);

    /// <summary>Gets A; negative where higher scores mean likelier.</summary>
    public double Slope { get; }

    /// <summary>Gets B.</summary>
    public double Intercept { get; }

    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.Platt;

    /// <summary>Fits the curve.</summary>
    /// <param name="scores">At least one finite score; any scale.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, or a score that is not finite.</exception>
    public static PlattScaling Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        EstimationInputs.NotEmpty(scores.Length, nameof(scores));
        EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        EstimationInputs.Finite(scores, nameof(scores));
        return Fit(LabelledScores.Of(scores, labels));
    }

    /// <inheritdoc/>
    public override double Calibrate(double score) => Probability((Slope * Guard.Finite(score)) + Intercept);

    internal override void CalibrateAscending(ReadOnlySpan<double> scores, Span<double> into)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            into[i] = Probability((Slope * scores[i]) + Intercept);
        }
    }

    internal static PlattScaling Fit(LabelledScores reference)
    {
        double n = reference.Total;
        double positives = reference.TotalPositives;
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (n - positives + 2);
        double target = ((positives * high) + ((n - positives) * low)) / n;
        double b = Math.Log((1 - target) / target); // the best constant curve
        (double mean, double deviation) = Moments(reference, n);
        if (deviation == 0)
        {
            return new PlattScaling(0, b);
        }

        double a = 0;
        Derivatives at = Derivatives.Of(reference, mean, deviation, high, low, a, b);
        for (int i = 0; i < MaxIterations; i++)
        {
            (double da, double db, double decrement) = at.NewtonStep(HessianFloor * n);
            if (decrement <= LastStep * n)
            {
                (a, b) = (a - da, b - db); // convergence is quadratic here; the loss is too flat to see it
                break;
            }

            double step = 1;
            Derivatives next = Derivatives.Of(reference, mean, deviation, high, low, a - da, b - db);
            for (int halving = 0; next.Loss > at.Loss && halving < MaxHalvings; halving++)
            {
                step /= 2;
                next = Derivatives.Of(reference, mean, deviation, high, low, a - (step * da), b - (step * db));
            }

            (a, b, at) = (a - (step * da), b - (step * db), next);
        }

        return new PlattScaling(a / deviation, b - (a * mean / deviation));
    }

    private static double Probability(double z) => z >= 0 ? Math.Exp(-z) / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z)); // exp never overflows

    private static (double Mean, double Deviation) Moments(LabelledScores reference, double n)
    {
        double mean = 0;
        for (int g = 0; g < reference.Scores.Length; g++)
        {
            mean += reference.Scores[g] * (reference.Counts[g] / n);
        }

        double square = 0;
        for (int g = 0; g < reference.Scores.Length; g++)
        {
            double distance = reference.Scores[g] - mean;
            square += reference.Counts[g] / n * distance * distance;
        }

        return (mean, reference.Scores.Length == 1 ? 0 : Math.Sqrt(square));
    }

    /// <summary>The loss with its first and second derivatives.</summary>
    private sealed record Derivatives(double Loss, double A, double B, double AA, double AB, double BB)
    {
        internal static Derivatives Of(LabelledScores reference, double mean, double deviation, double high, double low, double a, double b)
        {
            double loss = 0, ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
            for (int g = 0; g < reference.Scores.Length; g++)
            {
                double count = reference.Counts[g];
                double f = (reference.Scores[g] - mean) / deviation;
                double z = (a * f) + b;
                double small = Math.Exp(-Math.Abs(z)); // never overflows
                double p = (z >= 0 ? small : 1) / (1 + small);
                double t = (reference.Positives[g] * high) + ((count - reference.Positives[g]) * low);
                loss += (count * (Math.Max(z, 0) + Math.Log(1 + small))) - ((count - t) * z); // −ln p is ln(1 + e^z)
                double gradient = t - (count * p);
                double curvature = count * p * (1 - p);
                ga += gradient * f;
                gb += gradient;
                haa += curvature * f * f;
                hab += curvature * f;
                hbb += curvature;
            }

            return new Derivatives(loss, ga, gb, haa, hab, hbb);
        }

        internal (double A, double B, double Decrement) NewtonStep(double floor)
        {
            (double haa, double hbb) = (AA + floor, BB + floor);
            double determinant = (haa * hbb) - (AB * AB);
            double da = ((hbb * A) - (AB * B)) / determinant;
            double db = ((haa * B) - (AB * A)) / determinant;
            return (da, db, (A * da) + (B * db));
        }
    }
}
