using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MlOps.Drift.Multivariate;

/// <summary>L2 logistic regression on standardised columns, their squares and, up to a width, their products: the default domain model.</summary>
/// <remarks>Minimises <c>Σ ln(1 + exp(−sᵢ·zᵢ)) + ½·λ·‖w‖²</c>, s = ±1 the side, z = b + w·φ(x), λ = 1, the intercept b free, by Newton's method with a Hessian
/// that is kept while the steps gain. The problem is convex, so there is one minimum.</remarks>
internal static class QuadraticLogistic
{
    private const double Lambda = 1;
    private const int MaxSteps = 50;
    private const double Tolerance = 1e-8;

    /// <summary>A step that gains more than this share of what the one before gained asks for a new Hessian.</summary>
    private const double SlowGain = 0.1;

    internal static Func<double[], double[]> Fit(double[] rows, int width, bool[] isCurrent)
    {
        (double[] means, double[] deviations) = Moments(rows, width);
        var features = QuadraticFeatures.Of(rows, width, means, deviations);
        double[] weights = Newton(features, isCurrent);
        return block => QuadraticFeatures.Times(block, width, means, deviations, weights);
    }

    private static double[] Newton(QuadraticFeatures features, bool[] isCurrent)
    {
        double[] weights = new double[features.Size];
        double[] z = features.Times(weights);
        double loss = Loss(z, isCurrent, weights);
        double lastGain = double.PositiveInfinity;
        Cholesky<double>? hessian = null; // kept while it serves: making it costs more than several steps
        for (int step = 0; step < MaxSteps; step++)
        {
            bool fresh = hessian is null;
            hessian ??= Hessian(features, z).Cholesky();
            double[] direction = hessian.Solve(Gradient(features, z, isCurrent, weights)).ToArray();
            double length = 1;
            double[] moved = Moved(weights, direction, length);
            double[] movedZ = features.Times(moved);
            double movedLoss = Loss(movedZ, isCurrent, moved);
            while (movedLoss > loss && length > 1e-6)
            {
                length /= 2; // a full step may overshoot where the sides are nearly separable
                moved = Moved(weights, direction, length);
                movedZ = features.Times(moved);
                movedLoss = Loss(movedZ, isCurrent, moved);
            }

            double gain = loss - movedLoss;
            if (movedLoss <= loss)
            {
                (weights, z, loss) = (moved, movedZ, movedLoss);
            }

            bool slow = length < 1 || gain > SlowGain * lastGain;
            if (gain <= Tolerance * Math.Max(1, Math.Abs(loss)) && (fresh || !slow))
            {
                break;
            }

            lastGain = gain;
            hessian = slow ? null : hessian;
        }

        return weights;
    }

    private static double[] Moved(double[] weights, double[] direction, double length) => [.. weights.Select((w, i) => w - (length * direction[i]))];

    private static double Loss(double[] z, bool[] isCurrent, double[] weights)
    {
        double loss = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double margin = isCurrent[i] ? z[i] : -z[i];
            loss += margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
        }

        for (int j = 1; j < weights.Length; j++)
        {
            loss += Lambda * weights[j] * weights[j] / 2;
        }

        return loss;
    }

    private static Vector<double> Gradient(QuadraticFeatures features, double[] z, bool[] isCurrent, double[] weights)
    {
        double[] errors = new double[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            errors[i] = Probability(z[i]) - (isCurrent[i] ? 1 : 0);
        }

        double[] gradient = features.WeightedSum(errors);
        for (int j = 1; j < gradient.Length; j++)
        {
            gradient[j] += Lambda * weights[j];
        }

        return Vector<double>.Build.Dense(gradient);
    }

    private static Matrix<double> Hessian(QuadraticFeatures features, double[] z)
    {
        double[] curvatures = Array.ConvertAll(z, value => Probability(value) * (1 - Probability(value)));
        double[] hessian = features.WeightedProducts(curvatures);
        int size = features.Size;
        for (int j = 1; j < size; j++)
        {
            hessian[(j * size) + j] += Lambda;
        }

        return Matrix<double>.Build.Dense(size, size, hessian);
    }

    private static double Probability(double z) => 1 / (1 + Math.Exp(-z));

    private static (double[] Means, double[] Deviations) Moments(double[] rows, int width)
    {
        int count = rows.Length / width;
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int j = 0; j < width; j++)
        {
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += rows[(i * width) + j];
            }

            means[j] = sum / count;
            double squares = 0;
            for (int i = 0; i < count; i++)
            {
                double gap = rows[(i * width) + j] - means[j];
                squares += gap * gap;
            }

            deviations[j] = Math.Sqrt(squares / count);
        }

        return (means, deviations);
    }
}
