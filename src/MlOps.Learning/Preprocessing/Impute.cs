namespace MlOps.Learning.Preprocessing;

/// <summary>Fills missing values, in columns of numbers or of text.</summary>
/// <remarks>
/// <c>Impute.Median()</c>, <c>Impute.Constant("missing")</c> … Numbers as scikit-learn's SimpleImputer. With <c>indicator</c>, each column in which
/// a training value was missing gets another one behind all columns, <c>NAME_missing</c>: 1 where the value was missing, 0 elsewhere.
/// </remarks>
public sealed class Impute : Step
{
    private readonly Func<Feature, object> _learn;
    private readonly bool _indicator;

    private Impute(bool indicator, Func<Feature, object> learn) => (_indicator, _learn) = (indicator, learn);

    /// <summary>Fills with the mean of the values that are there. Numbers only.</summary>
    public static Impute Mean(bool indicator = false) => new(indicator, feature => Moments.Of(Number(feature, "mean").Present()) is { Count: > 0 } moments
        ? moments.Mean
        : throw Quantiles.Empty(feature, nameof(Impute)));

    /// <summary>Fills with the median of the values that are there; of an even number the mean of the two in the middle. Numbers only.</summary>
    public static Impute Median(bool indicator = false) => new(indicator, feature => Number(feature, "median").Present() is { Length: > 0 } present
        ? Quantiles.Median(present)
        : throw Quantiles.Empty(feature, nameof(Impute)));

    /// <summary>Fills with the value that occurs most often; of several the smallest, of texts the first in ordinal order.</summary>
    public static Impute MostFrequent(bool indicator = false) => new(indicator, feature => feature is TextFeature text ? Commonest(text) : Commonest(Number(feature, "most frequent number")));

    /// <summary>Fills columns of numbers with a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or infinite.</exception>
    public static Impute Constant(double value, bool indicator = false)
    {
        Guard.Finite(value);
        return new(indicator, feature => feature is TextFeature
            ? throw new ArgumentException(FormattableString.Invariant($"Column '{feature.Name}' is text and cannot be filled with the number {value}."), nameof(feature))
            : value);
    }

    /// <summary>Fills columns of text with a text, such as "missing".</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, which means missing.</exception>
    public static Impute Constant(string value, bool indicator = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new(indicator, feature => feature is TextFeature
            ? value
            : throw new ArgumentException($"Column '{feature.Name}' holds numbers and cannot be filled with the text '{value}'.", nameof(feature)));
    }

    internal override FittedStep Fit(Feature[] features)
    {
        object[] fills = Feature.Each(features, (feature, _) => _learn(feature));
        int[] indicated = _indicator ? [.. Enumerable.Range(0, features.Length).Where(j => FittedImpute.HasMissing(features[j]))] : [];
        return new FittedImpute([.. features.Select(feature => feature.Name)], fills, indicated);
    }

    private static NumberFeature Number(Feature feature, string what) => feature switch
    {
        NumberFeature number => number,
        TextFeature => throw new ArgumentException($"Column '{feature.Name}' is text and has no {what}; use {nameof(MostFrequent)} or {nameof(Constant)}.", nameof(feature)),
        _ => throw new ArgumentException($"Column '{feature.Name}' is encoded already and has no missing values; put {nameof(Impute)} before the encoding.", nameof(feature)),
    };

    private static string Commonest(TextFeature feature)
    {
        string? best = null;
        int most = 0;
        foreach ((string text, int count) in feature.Occurring(out _))
        {
            (best, most) = count > most ? (text, count) : (best, most);
        }

        return best ?? throw Quantiles.Empty(feature, nameof(Impute));
    }

    private static double Commonest(NumberFeature feature)
    {
        double[] sorted = Quantiles.Sorted(feature, nameof(Impute));
        (double best, int most, int run) = (sorted[0], 0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            (best, most) = run > most ? (sorted[i], run) : (best, most);
        }

        return best;
    }
}
