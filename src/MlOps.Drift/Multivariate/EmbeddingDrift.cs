using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Multivariate;

/// <summary>Drift of embeddings: vectors that stand for texts, images or users.</summary>
/// <param name="CosineDistance">1 − cosine of the two mean vectors, in [0, 2]: how far the bulk has turned. NaN if a mean vector is 0.</param>
/// <param name="CosineByChance">What <paramref name="CosineDistance"/> exceeds by chance in one case of twenty, by permuted sides.</param>
/// <param name="Mmd">The maximum mean discrepancy: any difference of the laws.</param>
/// <param name="Domain">The domain classifier: how well a model can tell the sides apart.</param>
/// <param name="Drift">Whether the domain classifier's AUC is at least 0.55 and beyond chance (p &lt; 0.05), or the MMD's p-value is below 0.05 / 2 while the cosine
/// distance is beyond chance.</param>
/// <remarks>The columns are used as they are: the directions of an embedding have no units to even out. With more than 12 columns the default domain model has no
/// products; above some hundred columns reduce the dimension first.</remarks>
public sealed record EmbeddingDrift(double CosineDistance, double CosineByChance, MaximumMeanDiscrepancy Mmd, DomainClassifier Domain, bool Drift)
{
    private const double Alpha = 0.05;
    private const double AucThreshold = 0.55;

    /// <summary>Compares two sets of vectors.</summary>
    /// <param name="reference">n ≥ 10 rows × <paramref name="width"/> finite numbers, row after row.</param>
    /// <param name="current">m ≥ 10 rows of the same width.</param>
    /// <param name="width">Numbers a vector, at least 1.</param>
    /// <param name="permutations">Permutations, sample and seed; the defaults if null.</param>
    /// <param name="classifier">Settings of the domain classifier; the defaults if null.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="ArgumentException">A side has too few rows, half a row, or numbers that are NaN or infinite.</exception>
    public static EmbeddingDrift Compare(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        int width,
        PermutationOptions? permutations = null,
        DomainClassifierOptions? classifier = null,
        CancellationToken cancellationToken = default)
    {
        permutations ??= new PermutationOptions();
        RowBlock rows = RowBlock.Of(reference, current, width, minRows: 10);
        (double cosine, double chance) = Cosine(rows, permutations);
        var mmd = MaximumMeanDiscrepancy.Test(reference, current, width, null, permutations, cancellationToken);
        var domain = DomainClassifier.Test(reference, current, width, classifier, cancellationToken);
        bool told = domain.PValue < Alpha && domain.Auc >= AucThreshold;
        return new EmbeddingDrift(cosine, chance, mmd, domain, told || (mmd.PValue < Alpha / 2 && cosine > chance));
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the finding and its numbers.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"The embeddings have {(Drift ? "" : "not ")}drifted: cosine distance {CosineDistance:0.0000} (by chance up to {CosineByChance:0.0000}), MMD p = {Mmd.PValue:0.000}, domain AUC {Domain.Auc:0.000}");

    private static (double Distance, double Chance) Cosine(RowBlock rows, PermutationOptions options)
    {
        double[] pooled = rows.Pooled();
        double[] total = Sum(pooled, rows.Width, [.. Enumerable.Range(0, rows.Rows)]);
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        double observed = Distance(Sum(pooled, rows.Width, order.AsSpan(rows.ReferenceRows)), total);
        var random = new Random(options.Seed);
        double[] permuted = new double[options.Permutations];
        for (int p = 0; p < permuted.Length; p++)
        {
            random.Shuffle(order);
            permuted[p] = Distance(Sum(pooled, rows.Width, order.AsSpan(rows.ReferenceRows)), total);
        }

        return (observed, PermutationP.Chance(permuted));
    }

    private static double[] Sum(double[] rows, int width, ReadOnlySpan<int> chosen)
    {
        double[] sum = new double[width];
        foreach (int row in chosen)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(sum, rows.AsSpan(row * width, width), sum);
        }

        return sum;
    }

    /// <summary>The sums point where the means do, so no division is needed.</summary>
    private static double Distance(double[] current, double[] total)
    {
        double[] reference = [.. total.Zip(current, (all, now) => all - now)];
        return 1 - (Lanes.Dot(reference, current) / Math.Sqrt(Lanes.Dot(reference, reference) * Lanes.Dot(current, current)));
    }
}
