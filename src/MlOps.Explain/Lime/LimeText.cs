using System.Text.RegularExpressions;
using MlOps.Learning;

namespace MlOps.Explain.Lime;

/// <summary>LIME for texts: which words a prediction rests on.</summary>
/// <remarks>
/// Samples are the text with some of its M different words taken out, all their occurrences at once: how many is drawn evenly from 1 to M, then which.
/// A ridge regression of the model's outputs on which words are still there, weighted by <c>√exp(−d² / width²)</c> with
/// <c>d = 100 · (1 − √(kept / M))</c> the cosine distance, gives the weights. A word is a run of letters, digits and underscores; words that differ in case differ.
/// What stands between words stays. Seeded per call: the same text always gets the same explanation. Immutable; threads may share it where they may share the model.
/// <para>Source: M. T. Ribeiro, S. Singh, C. Guestrin, "Why Should I Trust You?", KDD 2016; distances as the lime package 0.2.</para>
/// </remarks>
public sealed partial class LimeText
{
    private const double DefaultWidth = 25;
    private const double DistanceScale = 100;
    private const int BatchTexts = 1000;

    /// <summary>Samples × words are kept in memory, and the regression takes their square: some 80 MB and seconds at this limit.</summary>
    private const int MostWords = 2000;

    private readonly Func<IReadOnlyList<string>, double[]> _model;
    private readonly LimeOptions _options;
    private readonly string _output;

    /// <summary>Wraps a model of texts.</summary>
    /// <param name="model">Gives one number a text; called with many texts at once.</param>
    /// <param name="options">Samples, width (25 by default) and seed; the defaults when null.</param>
    /// <param name="output">What the number is.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public LimeText(Func<IReadOnlyList<string>, double[]> model, LimeOptions? options = null, string output = "prediction")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        (_model, _options, _output) = (model, (options ?? new LimeOptions()).Checked(), output);
    }

    /// <summary>Explains one text. A contribution is a word; its value is how often the text has it.</summary>
    /// <param name="text">At least one word.</param>
    /// <param name="progress">Told the share of samples that the model has seen.</param>
    /// <param name="cancellationToken">Stops between batches of samples.</param>
    /// <exception cref="ArgumentException">The text has no word, or more than 2,000 different ones.</exception>
    /// <exception cref="InvalidOperationException">The model gives too few numbers, NaN or an infinite one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LimeExplanation Explain(string text, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match[] places = Places(text);
        string[] words = [.. places.Select(place => place.Value).Distinct(StringComparer.Ordinal)];
        return words.Length switch
        {
            0 => throw new ArgumentException("The text has no word that could be taken out.", nameof(text)),
            > MostWords => throw new ArgumentException(FormattableString.Invariant($"The text has {words.Length:#,0} different words; at most {MostWords:#,0} can be told apart. Explain a part of it, such as a paragraph."), nameof(text)),
            _ => Explain(text, places, words, Draw(words.Length), progress, cancellationToken),
        };
    }

    /// <summary>Explains a text from given samples: n × M, 0 where a word is out; the first one keeps all.</summary>
    internal LimeExplanation Explain(string text, Matrix presence, CancellationToken cancellationToken)
    {
        Match[] places = Places(text);
        return Explain(text, places, [.. places.Select(place => place.Value).Distinct(StringComparer.Ordinal)], presence, null, cancellationToken);
    }

    private LimeExplanation Explain(string text, Match[] places, string[] words, Matrix presence, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double width = _options.KernelWidth ?? DefaultWidth;
        var weights = new double[presence.RowCount];
        for (int i = 0; i < weights.Length; i++)
        {
            int kept = 0;
            foreach (double there in presence.Row(i))
            {
                kept += there != 0 ? 1 : 0;
            }

            weights[i] = LocalSurrogate.Proximity(DistanceScale * LocalSurrogate.CosineDistance(kept, words.Length), width);
        }

        double[] outputs = Predict(text, places, words, presence, progress, cancellationToken);
        LocalFit fit = LocalSurrogate.Fit(presence, outputs, weights, _options.Alpha, _options.Features, _options.Selection);
        Contribution[] contributions = [.. words.Select((word, j) => OfWord(word, places.Count(place => place.Value == word), fit.Coefficients[j]))];
        var explanation = new Explanation("LIME", _output, fit.Intercept, outputs[0], contributions);
        return new LimeExplanation(explanation, words, fit.RSquared, fit.LocalPrediction, presence.RowCount, width, _options.Seed);
    }

    private static Contribution OfWord(string word, int count, double weight) => new(word, count, count == 1 ? "once" : FormattableString.Invariant($"{count} times"), weight);

    private Matrix Draw(int words)
    {
        var random = new Random(_options.Seed);
        var presence = new double[checked(_options.Samples * words)];
        Array.Fill(presence, 1);
        int[] order = [.. Enumerable.Range(0, words)];
        for (int i = 1; i < _options.Samples; i++)
        {
            random.Shuffle(order);
            int taken = random.Next(1, words + 1);
            for (int k = 0; k < taken; k++)
            {
                presence[(i * words) + order[k]] = 0;
            }
        }

        return new Matrix(_options.Samples, words, presence);
    }

    private double[] Predict(string text, Match[] places, string[] words, Matrix presence, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, int> number = words.Select((word, j) => (word, j)).ToDictionary(pair => pair.word, pair => pair.j, StringComparer.Ordinal);
        var outputs = new double[presence.RowCount];
        for (int start = 0; start < outputs.Length; start += BatchTexts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchTexts, outputs.Length - start);
            string[] texts = [.. Enumerable.Range(start, count).Select(i => Without(text, places, number, presence.Row(i)))];
            double[] predicted = _model(texts);
            if (predicted.Length != count || Array.Exists(predicted, value => !double.IsFinite(value)))
            {
                throw new InvalidOperationException($"The model must give a finite number for each of {count} texts; it gave {predicted.Length} numbers{(predicted.Length == count ? ", some of them NaN or infinite" : "")}.");
            }

            predicted.CopyTo(outputs, start);
            progress?.Report((double)(start + count) / outputs.Length);
        }

        return outputs;
    }

    private static string Without(string text, Match[] places, Dictionary<string, int> number, ReadOnlySpan<double> there)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        int end = 0;
        foreach (Match place in places)
        {
            kept.Append(text, end, place.Index - end);
            if (there[number[place.Value]] != 0)
            {
                kept.Append(place.Value);
            }

            end = place.Index + place.Length;
        }

        return kept.Append(text, end, text.Length - end).ToString();
    }

    private static Match[] Places(string text) => [.. Words().Matches(text).Cast<Match>()];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
