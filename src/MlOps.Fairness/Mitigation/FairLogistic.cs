using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MlOps.Fairness.Mitigation;

/// <summary>Logistic regression that pays for scores that go with the group.</summary>
/// <remarks>
/// Minimises <c>J = (1/n) · [Σᵢ ln(1 + e^sᵢ) − yᵢ sᵢ + l2/2 · Σⱼ wⱼ²] + penalty/2 · Σ_g c_g²</c> with the score <c>sᵢ = b + w·xᵢ</c> and
/// <c>c_g = (1/m) Σᵢ (1[gᵢ = g] − m_g/m) · sᵢ</c>, over the m rows with a group: the covariance of score and group, <c>m_g/m · (mean score of g − mean score)</c>.
/// J is convex; Newton's method with step halving reaches its only minimum. A penalty of 0 is plain logistic regression (scikit-learn's with C = 1/l2); a large one drives all
/// covariances to 0, and mean scores to equality: demographic parity of the scores on average, not of the decisions. The
/// sensitive column is needed in training only, and the result is a plain linear model: its coefficients can be exported.
/// <para>Source: M. B. Zafar et al., "Fairness Constraints: Mechanisms for Fair Classification", AISTATS 2017, equation 2 (there a bound on c, here its square as a penalty).</para>
/// </remarks>
/// <param name="Intercept">b, in log odds.</param>
/// <param name="Coefficients">w, in log odds per unit of the feature.</param>
/// <param name="Covariances">What is left of the covariance, one entry a group with rows.</param>
/// <param name="LogLoss">The mean log loss on the training rows, in nats.</param>
/// <param name="Penalty">The penalty it was trained with.</param>
public sealed record FairLogistic(double Intercept, IReadOnlyList<double> Coefficients, IReadOnlyList<GroupCovariance> Covariances, double LogLoss, double Penalty)
{
    private const int MostSteps = 200;

    /// <summary>Newton stops when a step promises less than this: all digits are there.</summary>
    private const double Decrement = 1e-22;

    /// <summary>Trains.</summary>
    /// <param name="features">n rows × <paramref name="columns"/> columns, row after row; finite. Of similar scale, as l2 treats all alike.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="labels">n labels; both must occur.</param>
    /// <param name="groups">Who belongs to which group, n rows. Rows without a group count for the loss, not for the penalty.</param>
    /// <param name="penalty">≥ 0, in 1 / (log odds)²: how many nats of mean log loss half a squared covariance costs.</param>
    /// <param name="l2">&gt; 0: without it the minimum may lie at infinity.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, one label does not occur, or no row has a group.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is negative, or l2 is not positive.</exception>
    /// <exception cref="InvalidOperationException">The minimum was not reached in 200 steps: the features are of wildly different scale.</exception>
    public static FairLogistic Fit(ReadOnlySpan<double> features, int columns, ReadOnlySpan<bool> labels, Groups groups, double penalty, double l2 = 1, CancellationToken cancellationToken = default)
    {
        Guard.NonNegative(penalty);
        Guard.Positive(l2);
        int rows = MitigationRows.Rows(features.Length, columns, nameof(features));
        MitigationRows.Same(labels.Length, rows, "a label", "features", nameof(labels));
        MitigationRows.Same(rows, groups, "features", nameof(features));
        MitigationRows.Finite(features, columns, "features", nameof(features));
        int positives = labels.Count(true);
        if (positives == 0 || positives == rows)
        {
            throw new ArgumentException($"Both labels must occur; all {rows} rows are {(positives == 0 ? "negative" : "positive")}.", nameof(labels));
        }

        var objective = new FairObjective(features.ToArray(), columns, labels.ToArray(), groups, penalty, l2);
        return Of(objective, Minimise(objective, cancellationToken), penalty);
    }

    /// <summary>The score of each row, in log odds.</summary>
    /// <param name="features">Rows of as many columns as there are coefficients, row after row; finite.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns, or a number is not finite.</exception>
    public double[] Scores(ReadOnlySpan<double> features) => LinearScore.Of(features, Intercept, Coefficients);

    /// <summary>The probability of a positive label for each row, in (0, 1).</summary>
    /// <param name="features">Rows of as many columns as there are coefficients, row after row; finite.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns, or a number is not finite.</exception>
    public double[] Probabilities(ReadOnlySpan<double> features) => Array.ConvertAll(Scores(features), LinearScore.Sigmoid);

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes what is left of the dependence, and the loss.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Logistic model with penalty {Penalty:0.####}: log loss {LogLoss:0.####}; covariance with {string.Join(", ", Covariances.Select(c => FormattableString.Invariant($"{c.Group} {c.Covariance:0.####}")))}");

    private static double[] Minimise(FairObjective objective, CancellationToken cancellationToken)
    {
        double[] parameters = new double[objective.Width];
        double value = objective.Value(parameters);
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Vector<double> gradient = new DenseVector(objective.Gradient(parameters));
            Vector<double> move = objective.Hessian(parameters).Cholesky().Solve(gradient);
            double length = 1;
            double[] next;
            double nextValue;
            do
            {
                next = [.. parameters.Select((p, j) => p - (length * move[j]))];
                nextValue = objective.Value(next);
                length /= 2;
            }
            while (nextValue > value + (1e-14 * Math.Abs(value)) && length > 1e-18); // rounding may lift the value by an ulp at the minimum

            (parameters, value) = (next, nextValue);
            if (gradient * move <= Decrement)
            {
                return parameters;
            }
        }

        throw new InvalidOperationException($"The model has not settled in {MostSteps} steps. Standardise the features or raise l2.");
    }

    private static FairLogistic Of(FairObjective objective, double[] parameters, double penalty)
    {
        double intercept = parameters[^1];
        double[] coefficients = parameters[..^1];
        GroupCovariance[] covariances = [.. objective.Groups.Select((group, g) =>
            new GroupCovariance(group, objective.Covariance(g, parameters), intercept + objective.MeanScore(g, parameters)))];
        return new FairLogistic(intercept, coefficients, covariances, objective.LogLoss(parameters), penalty);
    }
}
