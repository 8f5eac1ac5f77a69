using MlOps.Explain.Lime;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>LIME for pictures: which patches a score rests on.</summary>
/// <remarks>
/// A sample shows each of the M patches with probability ½ and hides the others; the first shows all. A ridge regression of the scores on which patches are shown, weighted by
/// <c>√exp(−d² / width²)</c> with <c>d = 1 − √(shown / M)</c> the cosine distance, gives each patch its weight. A pixel has the weight of its patch divided by the patch's
/// pixels, so that the map adds up to all weights. Equal seeds give equal maps on every machine.
/// <para>Source: M. T. Ribeiro, S. Singh, C. Guestrin, "Why Should I Trust You?", KDD 2016; distances and defaults as the lime package 0.2.</para>
/// </remarks>
public static class LimeImage
{
    private const int Batch = 256;
    private const int FewestSamples = 10;

    /// <summary>Explains the score of one picture.</summary>
    /// <param name="model">Any model of pictures.</param>
    /// <param name="image">One picture.</param>
    /// <param name="patches">How the picture is cut; by <see cref="Superpixels.Slic"/> with 50 patches when null.</param>
    /// <param name="fill">What stands where a patch is hidden; the patch's mean colour when null.</param>
    /// <param name="samples">How often the model is asked, ≥ 10.</param>
    /// <param name="kernelWidth">&gt; 0; small: only samples that show nearly all count.</param>
    /// <param name="alpha">The ridge penalty, &gt; 0.</param>
    /// <param name="seed">Which patches are hidden.</param>
    /// <param name="target">Which class; the one with the largest score when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between batches of 256 samples.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it or the patches are of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class, or a number is not in its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LimeImageExplanation Of(ImageModel model, Tensor image, Superpixels? patches = null, PixelFill? fill = null, int samples = 1000, double kernelWidth = 0.25, double alpha = 1, int seed = 7, int? target = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.AtLeast(samples, FewestSamples);
        Guard.Positive(kernelWidth);
        Guard.Positive(alpha);
        (int chosen, double score) = model.Target(image, target);
        Superpixels cut = patches ?? Superpixels.Slic(image, Math.Min(50, image.Shape.Area));
        Tensor means = cut.MeanColours(image);
        Tensor hidden = fill?.For(image) ?? means;
        Matrix presence = Draw(samples, cut.Count, seed);
        double[] scores = Scores(model, image, hidden, cut, presence, chosen, progress, cancellationToken);
        var weights = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            int shown = presence.Row(i).ToArray().Count(there => there != 0);
            weights[i] = LocalSurrogate.Proximity(LocalSurrogate.CosineDistance(shown, cut.Count), kernelWidth);
        }

        LocalFit fit = LocalSurrogate.Fit(presence, scores, weights, alpha, cut.Count);
        return new LimeImageExplanation(Map(cut, fit, chosen, score), cut, fit.Coefficients, fit.RSquared, fit.LocalPrediction, samples, kernelWidth, seed);
    }

    private static AttributionMap Map(Superpixels cut, LocalFit fit, int target, double score)
    {
        var pixels = new int[cut.Count];
        foreach (int label in cut.Labels)
        {
            pixels[label]++;
        }

        var map = new double[cut.Labels.Length];
        for (int i = 0; i < map.Length; i++)
        {
            int label = cut.Labels[i];
            map[i] = fit.Coefficients[label] / pixels[label];
        }

        return new AttributionMap("LIME", cut.Width, cut.Height, map, target, score, fit.Intercept);
    }

    private static Matrix Draw(int samples, int patches, int seed)
    {
        var random = new Random(seed);
        var presence = new double[checked(samples * patches)];
        for (int i = 0; i < presence.Length; i++)
        {
            presence[i] = i < patches || random.Next(2) == 1 ? 1 : 0;
        }

        return new Matrix(samples, patches, presence);
    }

    private static double[] Scores(ImageModel model, Tensor image, Tensor hidden, Superpixels cut, Matrix presence, int target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var scores = new double[presence.RowCount];
        int area = image.Shape.Area;
        for (int start = 0; start < scores.Length; start += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Batch, scores.Length - start);
            var values = new float[checked(count * image.Shape.Size)];
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> shown = presence.Row(start + i);
                Span<float> sample = values.AsSpan(i * image.Shape.Size, image.Shape.Size);
                for (int p = 0; p < sample.Length; p++)
                {
                    sample[p] = shown[cut.Labels[p % area]] != 0 ? image.Values[p] : hidden.Values[p];
                }
            }

            model.Scores(new Tensor(count, image.Shape, values), cancellationToken: cancellationToken).Column(target).CopyTo(scores, start);
            progress?.Report((double)(start + count) / scores.Length);
        }

        return scores;
    }
}
