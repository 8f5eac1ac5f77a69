using MlOps.Learning;

namespace MlOps.Explain.Lime;

/// <summary>Weighted means and centred cross products of 0/1 parts and an output.</summary>
internal sealed class PresenceMoments
{
    private PresenceMoments(double[] means, double outputMean, double[,] cross, double[] withOutput, double outputSquares) =>
        (Means, OutputMean, Cross, WithOutput, OutputSquares) = (means, outputMean, cross, withOutput, outputSquares);

    /// <summary>Gets the weighted share of samples in which each part was there.</summary>
    internal double[] Means { get; }

    internal double OutputMean { get; }

    /// <summary>Gets Σ π (z − z̄)(z − z̄)ᵀ.</summary>
    internal double[,] Cross { get; }

    /// <summary>Gets Σ π (z − z̄)(f − f̄).</summary>
    internal double[] WithOutput { get; }

    /// <summary>Gets Σ π (f − f̄)².</summary>
    internal double OutputSquares { get; }

    internal static PresenceMoments Of(Matrix presence, ReadOnlySpan<double> outputs, ReadOnlySpan<double> weights)
    {
        int parts = presence.ColumnCount;
        (double total, double outputMean) = Mean(outputs, weights);
        var sums = new double[parts];
        var cross = new double[parts, parts];
        var withOutput = new double[parts];
        var there = new int[parts];
        double outputSquares = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double weight = weights[i];
            double output = outputs[i] - outputMean;
            outputSquares += weight * output * output;
            int count = Present(presence.Row(i), there);
            for (int a = 0; a < count; a++)
            {
                int part = there[a];
                sums[part] += weight;
                withOutput[part] += weight * output; // f is centred, so z need not be
                for (int b = 0; b < a; b++)
                {
                    cross[part, there[b]] += weight;
                }
            }
        }

        return new PresenceMoments([.. sums.Select(sum => sum / total)], outputMean, Centred(cross, sums, total), withOutput, outputSquares);
    }

    private static int Present(ReadOnlySpan<double> row, int[] there)
    {
        int count = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] != 0)
            {
                there[count++] = j;
            }
        }

        return count;
    }

    private static double[,] Centred(double[,] cross, double[] sums, double total)
    {
        for (int a = 0; a < sums.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                cross[a, b] -= sums[a] * sums[b] / total;
                cross[b, a] = cross[a, b];
            }

            cross[a, a] = sums[a] >= total ? 0 : sums[a] * (1 - (sums[a] / total)); // exactly 0 for a part that is always there
        }

        return cross;
    }

    private static (double Total, double Mean) Mean(ReadOnlySpan<double> outputs, ReadOnlySpan<double> weights)
    {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            Guard.NonNegative(weights[i], nameof(weights));
            total += weights[i];
            sum += weights[i] * outputs[i];
        }

        return total > 0 ? (total, sum / total) : throw new ArgumentException("At least one sample needs a weight above 0.", nameof(weights));
    }
}
