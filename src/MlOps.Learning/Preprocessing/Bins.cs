namespace MlOps.Learning.Preprocessing;

/// <summary>Cuts columns of numbers into bins. Numbers as scikit-learn's KBinsDiscretizer.</summary>
/// <remarks>
/// A value on an edge belongs to the bin above it; the first and the last bin are open. Edges are single-precision numbers and
/// a value is rounded to single precision before it is compared, so that an ONNX file, whose inputs are single, bins alike.
/// A constant column has one bin. A missing value stays missing, and is in no bin when one-hot.
/// </remarks>
/// <param name="count">The most bins, ≥ 2.</param>
/// <param name="edges">Where the edges lie.</param>
/// <param name="oneHot">Whether each bin becomes a column of its own, <c>NAME=[2, 5)</c>; else the bin's number 0, 1, … is the value.</param>
public sealed class Bins(int count = 5, BinEdges edges = BinEdges.Quantile, bool oneHot = false) : Step
{
    private const double NarrowestBin = 1e-8; // narrower ones are merged, as in scikit-learn

    private readonly int _count = Guard.AtLeast(count, 2);

    internal override FittedStep Fit(Feature[] features)
    {
        NumberFeature[] numbers = NumberFeature.All(features, nameof(Bins));
        return new FittedBins([.. numbers.Select(number => number.Name)], Feature.Each(numbers, (feature, _) => Inner((NumberFeature)feature)), oneHot);
    }

    private float[] Inner(NumberFeature feature)
    {
        double[] sorted = Quantiles.Sorted(feature, nameof(Bins));
        (double min, double max) = (sorted[0], sorted[^1]);
        if (min == max)
        {
            return [];
        }

        var all = new List<double> { min };
        double before = min;
        for (int i = 1; i <= _count; i++)
        {
            double share = (double)i / _count;
            double edge = edges == BinEdges.Quantile ? Quantiles.At(sorted, share) : min + (share * (max - min));
            if (edges == BinEdges.Uniform || edge - before > NarrowestBin)
            {
                all.Add(edge);
            }

            before = edge;
        }

        return [.. all.Skip(1).SkipLast(1).Select(edge => (float)edge).Distinct()];
    }
}
