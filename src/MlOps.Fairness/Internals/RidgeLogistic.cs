using System.Numerics.Tensors;

namespace MlOps.Fairness.Internals;

/// <summary>Logistic regression with an L2 penalty on the coefficients, the intercept free: small, dense, exact.</summary>
/// <remarks>
/// Minimises <c>Σᵢ wᵢ · [ln(1 + e^ηᵢ) − yᵢ ηᵢ] + l2/2 · Σⱼ βⱼ²</c> with <c>η = intercept + x·β</c> by Newton's method with step halving.
/// The optimum is unique; scikit-learn's LogisticRegression with <c>C = 1 / l2</c> has the same. Needs O(n·d² + d³) a step and d² numbers.
/// Features should be of similar scale (<see cref="FeatureEncoding"/>), as the penalty treats all alike. Deterministic: sums run in row order.
/// </remarks>
internal sealed class RidgeLogistic
{
    private const int MostSteps = 100;

    /// <summary>A step is the last one when it promises less than this share of the total weight: Newton then has all digits.</summary>
    private const double Decrement = 1e-20;

    /// <summary>How much a step may lift the loss, as a share of it: near the optimum a sum over many rows cannot tell better.</summary>
    private const double Slack = 1e-11;

    private RidgeLogistic(double intercept, double[] coefficients) => (Intercept, Coefficients) = (intercept, coefficients);

    /// <summary>Gets the intercept, in log odds.</summary>
    public double Intercept { get; }

    /// <summary>Gets one coefficient a column, in log odds per unit of the column.</summary>
    public double[] Coefficients { get; }

    /// <summary>Finds the optimum.</summary>
    /// <param name="x">n rows × <paramref name="columns"/> columns, row after row; finite.</param>
    /// <param name="columns">d ≥ 0; with 0 the model is the intercept.</param>
    /// <param name="y">n labels; both must occur with weight.</param>
    /// <param name="weights">n weights ≥ 0, finite; null counts every row once.</param>
    /// <param name="l2">The penalty, &gt; 0: without it the optimum may lie at infinity.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite, a weight is negative, or only one class has weight.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="l2"/> is not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">The optimum was not reached in 100 steps: the features are of wildly different scale.</exception>
    public static RidgeLogistic Fit(double[] x, int columns, bool[] y, double[]? weights = null, double l2 = 1, CancellationToken cancellationToken = default)
    {
        Guard.Positive(l2);
        Check(x, columns, y, weights);

        int width = columns + 1; // the intercept comes last
        double totalWeight = weights?.Sum() ?? y.Length;
        double[] parameters = new double[width];
        double[] predictor = new double[y.Length];
        double loss = Loss(x, columns, y, weights, l2, parameters, predictor);
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double[] gradient, double[] hessian) = Derivatives(x, columns, y, weights, l2, parameters, predictor);
            double[] move = CholeskySolve(hessian, gradient);
            double decrement = 0;
            for (int j = 0; j < width; j++)
            {
                decrement += gradient[j] * move[j];
            }

            double[] next = new double[width];
            double nextLoss = double.NaN;
            double length = 1;
            for (int halving = 0; halving < 60; halving++, length /= 2)
            {
                for (int j = 0; j < width; j++)
                {
                    next[j] = parameters[j] - (length * move[j]);
                }

                nextLoss = Loss(x, columns, y, weights, l2, next, predictor);
                if (nextLoss <= loss + (Slack * loss))
                {
                    break;
                }
            }

            (parameters, loss) = (next, nextLoss);
            if (decrement <= Decrement * totalWeight)
            {
                return new RidgeLogistic(parameters[columns], parameters[..columns]);
            }
        }

        throw new InvalidOperationException($"The logistic model has not settled in {MostSteps} steps. Standardise the features or raise the penalty.");
    }

    /// <summary>The probability of true for each row of <paramref name="x"/>, in (0, 1).</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is no multiple of the number of columns, or there is no column.</exception>
    public double[] Probabilities(ReadOnlySpan<double> x)
    {
        int columns = Coefficients.Length;
        if (columns == 0 || x.Length % columns != 0)
        {
            throw new ArgumentException($"Rows of {columns} numbers are needed; got {x.Length} numbers.", nameof(x));
        }

        double[] probabilities = new double[x.Length / columns];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Sigmoid(Predictor(x.Slice(i * columns, columns), Coefficients, Intercept));
        }

        return probabilities;
    }

    private static double Sigmoid(double eta)
    {
        double e = Math.Exp(-Math.Abs(eta)); // the exponent never overflows
        return eta >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    private static double Predictor(ReadOnlySpan<double> row, ReadOnlySpan<double> coefficients, double intercept)
    {
        double eta = intercept; // a plain loop: a vectorised dot product would differ between machines in the last bit
        for (int j = 0; j < row.Length; j++)
        {
            eta += row[j] * coefficients[j];
        }

        return eta;
    }

    /// <summary>The penalised loss; fills <paramref name="predictor"/> on the way.</summary>
    private static double Loss(double[] x, int columns, bool[] y, double[]? weights, double l2, double[] parameters, double[] predictor)
    {
        ReadOnlySpan<double> coefficients = parameters.AsSpan(0, columns);
        double loss = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double eta = Predictor(x.AsSpan(i * columns, columns), coefficients, parameters[columns]);
            predictor[i] = eta;
            double softplus = Math.Max(eta, 0) + Math.Log(1 + Math.Exp(-Math.Abs(eta)));
            loss += (weights?[i] ?? 1) * (softplus - (y[i] ? eta : 0));
        }

        double squares = 0;
        foreach (double coefficient in coefficients)
        {
            squares += coefficient * coefficient;
        }

        return loss + (l2 / 2 * squares);
    }

    /// <summary>Gradient and Hessian at the point whose predictor is given; the Hessian's upper triangle, row after row.</summary>
    private static (double[] Gradient, double[] Hessian) Derivatives(double[] x, int columns, bool[] y, double[]? weights, double l2, double[] parameters, double[] predictor)
    {
        int width = columns + 1;
        double[] gradient = new double[width];
        double[] hessian = new double[width * width];
        for (int i = 0; i < y.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            double p = Sigmoid(predictor[i]);
            double residual = weight * (p - (y[i] ? 1 : 0));
            double curvature = weight * p * (1 - p);
            ReadOnlySpan<double> row = x.AsSpan(i * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                if (row[j] == 0)
                {
                    continue; // one-hot rows are mostly zeros
                }

                gradient[j] += residual * row[j];
                double scaled = curvature * row[j];
                Span<double> target = hessian.AsSpan((j * width) + j, columns - j);
                TensorPrimitives.MultiplyAdd(row[j..], scaled, target, target);
                hessian[(j * width) + columns] += scaled;
            }

            gradient[columns] += residual;
            hessian[(columns * width) + columns] += curvature;
        }

        for (int j = 0; j < columns; j++)
        {
            gradient[j] += l2 * parameters[j];
            hessian[(j * width) + j] += l2;
        }

        return (gradient, hessian);
    }

    /// <summary>Solves H·s = g for a positive definite H by H = LLᵀ; H's upper triangle is read and overwritten by Lᵀ.</summary>
    private static double[] CholeskySolve(double[] h, double[] g)
    {
        int n = g.Length;
        for (int k = 0; k < n; k++)
        {
            Span<double> pivotRow = h.AsSpan((k * n) + k, n - k);
            // At a saturated fit the intercept's own curvature underflows: a pivot that rounding has eaten becomes tiny, step halving does the rest.
            double pivot = Math.Sqrt(Math.Max(pivotRow[0], 1e-300));
            for (int j = 0; j < pivotRow.Length; j++)
            {
                pivotRow[j] /= pivot;
            }

            pivotRow[0] = pivot;
            for (int i = k + 1; i < n; i++)
            {
                double factor = -pivotRow[i - k];
                if (factor != 0)
                {
                    Span<double> target = h.AsSpan((i * n) + i, n - i);
                    TensorPrimitives.MultiplyAdd(pivotRow[(i - k)..], factor, target, target);
                }
            }
        }

        double[] s = [.. g];
        for (int i = 0; i < n; i++)
        {
            s[i] /= h[(i * n) + i];
            for (int j = i + 1; j < n; j++)
            {
                s[j] -= h[(i * n) + j] * s[i];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
            {
                s[i] -= h[(i * n) + j] * s[j];
            }

            s[i] /= h[(i * n) + i];
        }

        return s;
    }

    private static void Check(double[] x, int columns, bool[] y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (x.Length != y.Length * columns || (weights is not null && weights.Length != y.Length))
        {
            throw new ArgumentException($"{y.Length} labels need {y.Length * columns} numbers and as many weights; got {x.Length} numbers{(weights is null ? "" : $" and {weights.Length} weights")}.", nameof(x));
        }

        int bad = Array.FindIndex(x, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Features must be finite; row {bad / columns}, column {bad % columns} holds {x[bad]}."), nameof(x));
        }

        double positive = 0;
        double negative = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"Weights must be finite and not negative; row {i} has {weight}."), nameof(weights));
            }

            positive += y[i] ? weight : 0;
            negative += y[i] ? 0 : weight;
        }

        if (positive == 0 || negative == 0)
        {
            throw new ArgumentException($"Both classes must occur with weight; only {(negative == 0 && positive > 0 ? "true" : positive == 0 && negative > 0 ? "false" : "neither")} does.", nameof(y));
        }
    }
}
