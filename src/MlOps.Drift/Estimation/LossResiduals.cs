namespace MlOps.Drift.Estimation;

/// <summary>What a loss model gets wrong on rows it has not seen, by the size of its prediction: where losses are larger they also scatter more.</summary>
internal sealed class LossResiduals
{
    private const int MostBins = 10;
    private const int SmallestBin = 30;

    /// <summary>From so many draws on their sum is as good as normal.</summary>
    private const int ExactDraws = 200;

    private readonly double[] _edges;
    private readonly double[][] _residuals;
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly double[][] _replicateMeans;

    private LossResiduals(double[] edges, double[][] residuals, int replicates, int seed)
    {
        (_edges, _residuals) = (edges, residuals);
        _means = Array.ConvertAll(residuals, bin => bin.Average());
        _variances = [.. residuals.Select((bin, k) => bin.Sum(r => (r - _means[k]) * (r - _means[k])) / Math.Max(1, bin.Length - 1))];
        _replicateMeans = new double[replicates][];
        Parallel.For(0, replicates, b => _replicateMeans[b] = DrawMeans(new Random(EstimationInputs.ReplicateSeed(seed, b))));
    }

    /// <param name="predicted">Out-of-fold predictions of the loss.</param>
    /// <param name="losses">The losses.</param>
    /// <param name="replicates">How often the residuals are drawn again.</param>
    /// <param name="seed">For the draws.</param>
    internal static LossResiduals Of(double[] predicted, double[] losses, int replicates, int seed)
    {
        int bins = Math.Clamp(predicted.Length / SmallestBin, 1, MostBins);
        var sorted = SortedSample.Of(predicted);
        double[] edges = [.. Enumerable.Range(1, bins - 1).Select(k => sorted.Quantile((double)k / bins)).Distinct()];
        var residuals = new List<double>[edges.Length + 1];
        for (int k = 0; k < residuals.Length; k++)
        {
            residuals[k] = [];
        }

        for (int i = 0; i < predicted.Length; i++)
        {
            residuals[Bin(edges, predicted[i])].Add(losses[i] - predicted[i]);
        }

        for (int k = 0; k < residuals.Length; k++)
        {
            if (residuals[k].Count == 0)
            {
                residuals[k].Add(0); // an edge at the largest of tied predictions leaves nothing beyond it
            }
        }

        return new LossResiduals(edges, Array.ConvertAll(residuals, bin => bin.ToArray()), replicates, seed);
    }

    /// <summary>The mean loss of rows with these predicted losses: value, standard errors, and one value a replicate, ascending.</summary>
    internal (double Value, double SamplingError, double ReferenceError, double[] Replicates) Mean(ReadOnlySpan<double> predicted, int seed)
    {
        double n = predicted.Length;
        int[] counts = new int[_means.Length];
        double sum = 0;
        foreach (double loss in predicted)
        {
            counts[Bin(_edges, loss)]++;
            sum += loss;
        }

        double correction = 0, sampling = 0, reference = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            correction += counts[k] * _means[k];
            sampling += counts[k] * _variances[k];
            reference += counts[k] / n * (counts[k] / n) * _variances[k] / _residuals[k].Length;
        }

        double[] replicates = new double[_replicateMeans.Length];
        var random = new Random(seed);
        for (int b = 0; b < replicates.Length; b++)
        {
            double drawn = sum;
            for (int k = 0; k < counts.Length; k++)
            {
                drawn += (counts[k] * _replicateMeans[b][k]) + Noise(k, counts[k], random);
            }

            replicates[b] = Math.Max(0, drawn / n);
        }

        Array.Sort(replicates);
        return (Math.Max(0, (sum + correction) / n), Math.Sqrt(sampling) / n, Math.Sqrt(reference), replicates);
    }

    private static int Bin(double[] edges, double predicted)
    {
        int at = Array.BinarySearch(edges, predicted);
        return at >= 0 ? at : ~at;
    }

    /// <summary>The sum of a few residuals around their mean.</summary>
    private double Noise(int bin, int count, Random random)
    {
        if (count > ExactDraws)
        {
            return Math.Sqrt(count * _variances[bin]) * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _residuals[bin][random.Next(_residuals[bin].Length)] - _means[bin];
        }

        return sum;
    }

    private double[] DrawMeans(Random random)
    {
        double[] means = new double[_residuals.Length];
        for (int k = 0; k < means.Length; k++)
        {
            double[] bin = _residuals[k];
            double sum = 0;
            for (int i = 0; i < bin.Length; i++)
            {
                sum += bin[random.Next(bin.Length)];
            }

            means[k] = sum / bin.Length;
        }

        return means;
    }
}
