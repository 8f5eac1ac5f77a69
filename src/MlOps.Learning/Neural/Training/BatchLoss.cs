namespace MlOps.Learning.Neural;

/// <summary>The loss of some samples: weighted sum, sum of weights, and how many were classified rightly (−1: no classes).</summary>
internal readonly record struct BatchLoss(double Sum, double Weight, int Correct)
{
    /// <summary>The weighted mean; 0 if no sample counts.</summary>
    internal double Mean => Weight == 0 ? 0 : Sum / Weight;

    internal BatchLoss Plus(BatchLoss other) => new(Sum + other.Sum, Weight + other.Weight, Correct < 0 || other.Correct < 0 ? -1 : Correct + other.Correct);

    /// <summary>Judges the outputs of samples of a batch.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">Those of the samples, one after the other.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first of the samples.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="gradient">Where the gradient of their mean with respect to the outputs goes; empty if not wanted.</param>
    internal static BatchLoss Of(Loss loss, ReadOnlySpan<float> outputs, Batch batch, int first, int count, Span<float> gradient)
    {
        double weight = 0;
        foreach (double own in batch.Weights.Slice(first, count))
        {
            weight += own;
        }

        int size = count == 0 ? 0 : outputs.Length / count;
        double sum = 0;
        int correct = 0;
        for (int i = 0; i < count; i++)
        {
            double own = batch.Weights[first + i];
            ReadOnlySpan<float> output = outputs.Slice(i * size, size);
            ReadOnlySpan<float> target = batch.Target(first + i);
            Span<float> slopes = gradient.IsEmpty ? default : gradient.Slice(i * size, size);
            sum += own * loss.Sample(output, target, slopes);
            float factor = weight == 0 ? 0 : (float)(own / weight);
            foreach (ref float slope in slopes)
            {
                slope *= factor;
            }

            correct = loss.IsCorrect(output, target) is { } right ? correct + (right ? 1 : 0) : -1;
        }

        return new BatchLoss(sum, weight, correct);
    }
}
