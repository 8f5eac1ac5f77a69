using MathNet.Numerics.LinearAlgebra;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;
using DenseVector = MathNet.Numerics.LinearAlgebra.Double.DenseVector;
using Samples = MlOps.Learning.Matrix;

namespace MlOps.Explain.Lime;

/// <summary>The heart of LIME: a small weighted ridge regression of a model's outputs on which parts of the input were there.</summary>
/// <remarks>
/// <c>minimise over w, b: Σᵢ πᵢ (fᵢ − zᵢ·w − b)² + α ‖w‖²</c> over the chosen parts, zᵢ ∈ {0, 1}^M the presence of the parts in sample i, πᵢ its
/// weight. Everything is read from the weighted moments, which take O(n · M²) once; sums run in the order of the samples, so the result does not
/// depend on the machine.
/// <para>Source: M. T. Ribeiro, S. Singh, C. Guestrin, "Why Should I Trust You?", KDD 2016, algorithm 1; selection as the lime package 0.2.</para>
/// </remarks>
internal static class LocalSurrogate
{
    /// <summary>Up to this many features, <see cref="LimeSelection.Auto"/> is forward selection.</summary>
    private const int ForwardUpTo = 6;

    /// <summary>The ridge penalty of the model that ranks all features by weight.</summary>
    private const double RankingAlpha = 0.01;

    /// <summary>What is left of a part's variance below this share is rounding: it is a combination of the parts chosen before.</summary>
    private const double Collinear = 1e-10;

    /// <summary>Fits the surrogate.</summary>
    /// <param name="presence">n samples × M parts: 0 where the part was taken away, anything else where it was there.</param>
    /// <param name="outputs">What the model said, n numbers.</param>
    /// <param name="weights">How near each sample is, n numbers ≥ 0, at least one above.</param>
    /// <param name="alpha">The ridge penalty, &gt; 0.</param>
    /// <param name="features">How many parts to choose, ≥ 1.</param>
    /// <param name="selection">How to choose them.</param>
    /// <exception cref="ArgumentException">The lengths differ, or all weights are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha or features is too small.</exception>
    internal static LocalFit Fit(Samples presence, ReadOnlySpan<double> outputs, ReadOnlySpan<double> weights, double alpha, int features, LimeSelection selection = LimeSelection.Auto)
    {
        Guard.Positive(alpha);
        Guard.AtLeast(features, 1);
        if (outputs.Length != presence.RowCount || weights.Length != presence.RowCount)
        {
            throw new ArgumentException($"Each sample needs an output and a weight: {presence.RowCount} samples, {outputs.Length} outputs, {weights.Length} weights.", nameof(outputs));
        }

        var moments = PresenceMoments.Of(presence, outputs, weights);
        int[] chosen = Choose(moments, Math.Min(features, presence.ColumnCount), selection);
        double[] beta = Ridge(moments, chosen, alpha);

        var coefficients = new double[presence.ColumnCount];
        double intercept = moments.OutputMean;
        double explained = 0; // 2 b·r − b'S b: the squares that the model takes off the total
        for (int a = 0; a < chosen.Length; a++)
        {
            coefficients[chosen[a]] = beta[a];
            intercept -= beta[a] * moments.Means[chosen[a]];
            double fitted = 0;
            for (int b = 0; b < chosen.Length; b++)
            {
                fitted += moments.Cross[chosen[a], chosen[b]] * beta[b];
            }

            explained += beta[a] * ((2 * moments.WithOutput[chosen[a]]) - fitted);
        }

        return new LocalFit(intercept, coefficients, chosen, moments.OutputSquares > 0 ? explained / moments.OutputSquares : null);
    }

    /// <summary>The nearness of a sample: <c>√exp(−d² / width²)</c>, 1 at the row itself.</summary>
    internal static double Proximity(double distance, double width) => Math.Sqrt(Math.Exp(-(distance * distance) / (width * width)));

    /// <summary>The cosine distance of a sample that kept some of M parts from the whole: <c>1 − √(kept / M)</c>, 1 where nothing is left.</summary>
    internal static double CosineDistance(int kept, int parts) => 1 - Math.Sqrt((double)kept / parts);

    private static int[] Choose(PresenceMoments moments, int count, LimeSelection selection)
    {
        int parts = moments.Means.Length;
        bool forward = selection == LimeSelection.Forward || (selection == LimeSelection.Auto && count <= ForwardUpTo);
        if (forward)
        {
            return Forward(moments, count);
        }

        int[] all = [.. Enumerable.Range(0, parts)];
        double[] beta = Ridge(moments, all, RankingAlpha);
        return [.. all.OrderByDescending(j => Math.Abs(beta[j])).Take(count)];
    }

    /// <summary>Adds the part with the largest gain of R², then takes what it explains out of all others, until the count is reached or nothing varies any more.</summary>
    private static int[] Forward(PresenceMoments moments, int count)
    {
        int parts = moments.Means.Length;
        double[,] cross = (double[,])moments.Cross.Clone();
        double[] withOutput = (double[])moments.WithOutput.Clone();
        var chosen = new List<int>();
        while (chosen.Count < count)
        {
            int best = -1;
            double bestGain = -1;
            for (int j = 0; j < parts; j++)
            {
                if (!chosen.Contains(j) && cross[j, j] > Collinear * moments.Cross[j, j] && withOutput[j] * withOutput[j] / cross[j, j] > bestGain)
                {
                    bestGain = withOutput[j] * withOutput[j] / cross[j, j];
                    best = j;
                }
            }

            if (best < 0)
            {
                break;
            }

            chosen.Add(best);
            TakeOut(cross, withOutput, best);
        }

        return [.. chosen];
    }

    private static void TakeOut(double[,] cross, double[] withOutput, int part)
    {
        int parts = withOutput.Length;
        double variance = cross[part, part];
        double output = withOutput[part];
        double[] row = [.. Enumerable.Range(0, parts).Select(j => cross[part, j])];
        for (int a = 0; a < parts; a++)
        {
            double share = row[a] / variance;
            withOutput[a] -= share * output;
            for (int b = 0; b < parts; b++)
            {
                cross[a, b] -= share * row[b];
            }
        }
    }

    private static double[] Ridge(PresenceMoments moments, int[] chosen, double alpha)
    {
        if (chosen.Length == 0)
        {
            return [];
        }

        Matrix<double> penalised = DenseMatrix.Create(chosen.Length, chosen.Length, (a, b) => moments.Cross[chosen[a], chosen[b]] + (a == b ? alpha : 0));
        return penalised.Cholesky().Solve(DenseVector.Create(chosen.Length, a => moments.WithOutput[chosen[a]])).ToArray();
    }
}
