using System.Globalization;

namespace MlOps.Drift.Texts;

/// <summary>Drift of texts: new words, other lengths, other shares of words, other topics.</summary>
/// <remarks>
/// Words are cut by <see cref="Tokens"/>. Missing texts (null) and texts without a word are counted and otherwise left out.
/// A topic shift or a length shift needs a large PSI <i>and</i> a small p-value, a word shift a large distance and a small p-value, new words a rise of the
/// out-of-vocabulary share beyond what it is by chance. The p-values are corrected together by Bonferroni.
/// Immutable.
/// </remarks>
public sealed partial record TextDrift
{
    private const int ShownWords = 10;

    private TextDrift()
    {
    }

    /// <summary>Gets the texts of both sides.</summary>
    public required RowCounts Texts { get; init; }

    /// <summary>Gets the texts that are null.</summary>
    public required RowCounts Missing { get; init; }

    /// <summary>Gets the texts that hold no word.</summary>
    public required RowCounts Empty { get; init; }

    /// <summary>Gets the share of current words that the reference does not have, in [0, 1].</summary>
    public required double OutOfVocabulary { get; init; }

    /// <summary>Gets what <see cref="OutOfVocabulary"/> is for a text of the reference itself: the share of its words that no <i>other</i> reference text has.</summary>
    public required double OutOfVocabularyByChance { get; init; }

    /// <summary>Gets the share of current texts with at least one such word.</summary>
    public required double TextsWithNewWords { get; init; }

    /// <summary>Gets the test of the numbers of words a text.</summary>
    public required KolmogorovSmirnov Length { get; init; }

    /// <summary>Gets the PSI of the numbers of words a text, over the reference's deciles.</summary>
    public required PopulationStabilityIndex LengthPsi { get; init; }

    /// <summary>Gets the Jensen–Shannon distance of the words' shares: the most frequent words, and all others as one.</summary>
    public required JensenShannon Words { get; init; }

    /// <summary>Gets the chi-square test of the same counts. Words of one text go together, so its p-value is too small; the distance says how much.</summary>
    public required ChiSquare WordTest { get; init; }

    /// <summary>Gets the words whose share moved most, at most ten.</summary>
    public required IReadOnlyList<WordShift> Moved { get; init; }

    /// <summary>Gets the topics, the most frequent of the reference first; empty if the reference's texts are all alike.</summary>
    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>Gets the PSI of the topics, texts without a known word being one more; null without topics.</summary>
    public required PopulationStabilityIndex? TopicPsi { get; init; }

    /// <summary>Gets the chi-square test of the topics; null without topics.</summary>
    public required ChiSquare? TopicTest { get; init; }

    /// <summary>Gets what has drifted, in words; empty if nothing has.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Gets a value indicating whether anything has drifted.</summary>
    public bool Drift => Findings.Count > 0;

    /// <summary>Compares two collections of texts.</summary>
    /// <param name="reference">What the model was trained on: at least two texts with a word.</param>
    /// <param name="current">What it sees now: at least two texts with a word.</param>
    /// <param name="options">Topics and thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">A side has fewer than two texts with a word; the message says how many were null or empty.</exception>
    public static TextDrift Compare(IReadOnlyList<string?> reference, IReadOnlyList<string?> current, TextDriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new TextDriftOptions();
        IReadOnlyList<string>[] before = Cut(reference, nameof(reference));
        IReadOnlyList<string>[] now = Cut(current, nameof(current));

        (string[] words, long[] counted, long[] countedNow) = Counts(before, now, options.Words);
        var lengths = SortedSample.Of([.. before.Select(text => (double)text.Count)]);
        var lengthsNow = SortedSample.Of([.. now.Select(text => (double)text.Count)]);
        HashSet<string> known = [.. before.SelectMany(text => text)];
        TopicModel? topics = TopicModel.Fit(before, options.Topics, options.Seed);
        (long[] inTopic, long[] inTopicNow) = topics is null ? ([], []) : (TopicCounts(topics, before), TopicCounts(topics, now));
        var drift = new TextDrift
        {
            Texts = new RowCounts(reference.Count, current.Count),
            Missing = new RowCounts(reference.Count(text => text is null), current.Count(text => text is null)),
            Empty = new RowCounts(reference.Count(text => text is not null) - before.Length, current.Count(text => text is not null) - now.Length),
            OutOfVocabulary = now.Sum(text => text.Count(word => !known.Contains(word))) / (double)now.Sum(text => text.Count),
            OutOfVocabularyByChance = WordsOfOneText(before) / (double)before.Sum(text => text.Count),
            TextsWithNewWords = now.Count(text => text.Any(word => !known.Contains(word))) / (double)now.Length,
            Length = KolmogorovSmirnov.Test(lengths, lengthsNow),
            LengthPsi = PopulationStabilityIndex.Measure(lengths, lengthsNow),
            Words = JensenShannon.FromCounts(counted, countedNow),
            WordTest = ChiSquare.Test(counted, countedNow),
            Moved = Movers(words, counted, countedNow),
            Topics = topics is null ? [] : [.. Enumerable.Range(0, topics.Count).Select(t => new Topic(topics.WordsOf(t), inTopic[t], inTopicNow[t])).OrderByDescending(topic => topic.Reference)],
            TopicPsi = topics is null ? null : PopulationStabilityIndex.FromCounts(inTopic, inTopicNow),
            TopicTest = topics is null ? null : ChiSquare.Test(inTopic, inTopicNow),
            Findings = [],
        };
        return drift with { Findings = [.. drift.Judge(options)] };
    }

    private IEnumerable<string> Judge(TextDriftOptions options)
    {
        double alpha = options.Alpha / 3; // three tests
        if (OutOfVocabulary - OutOfVocabularyByChance >= options.OutOfVocabularyRise)
        {
            yield return Text($"{100 * OutOfVocabulary:0.#} % of the words are new; by chance it would be {100 * OutOfVocabularyByChance:0.#} %");
        }

        if (LengthPsi.Value >= options.PsiThreshold && Length.PValue < alpha)
        {
            yield return Text($"the texts have another length: PSI {LengthPsi.Value:0.00}, KS p = {Length.PValue:0.##e+0}");
        }

        if (Words.Distance >= options.WordThreshold && WordTest.PValue < alpha)
        {
            yield return Text($"other words are used: Jensen–Shannon distance {Words.Distance:0.00}; most moved: {string.Join(", ", Moved.Take(3).Select(word => word.Word))}");
        }

        if (TopicPsi is { } psi && psi.Value >= options.PsiThreshold && TopicTest!.PValue < alpha)
        {
            Topic most = Topics.MaxBy(topic => Math.Abs(Share(topic.Current, Topics, t => t.Current) - Share(topic.Reference, Topics, t => t.Reference)))!;
            yield return Text($"the topics have moved: PSI {psi.Value:0.00}; most the one of {string.Join(", ", most.Words.Take(3))}");
        }
    }

    private static double Share(long count, IReadOnlyList<Topic> topics, Func<Topic, long> side) => count / (double)Math.Max(1, topics.Sum(side));

    private static IReadOnlyList<string>[] Cut(IReadOnlyList<string?> texts, string name)
    {
        IReadOnlyList<string>[] cut = [.. texts.OfType<string>().Select(Tokens.Of).Where(text => text.Count > 0)];
        return cut.Length >= 2
            ? cut
            : throw new ArgumentException($"At least two texts with a word are needed; of {texts.Count} {cut.Length} have one ({texts.Count(text => text is null)} are null).", name);
    }

    private static (string[] Words, long[] Reference, long[] Current) Counts(IReadOnlyList<string>[] reference, IReadOnlyList<string>[] current, int top)
    {
        Dictionary<string, long> before = Tally(reference);
        Dictionary<string, long> now = Tally(current);
        string[] words =
        [
            .. before.Keys.Union(now.Keys).OrderByDescending(word => before.GetValueOrDefault(word) + now.GetValueOrDefault(word)).ThenBy(word => word, StringComparer.Ordinal).Take(top),
        ];
        long[] counted = [.. words.Select(word => before.GetValueOrDefault(word))];
        long[] countedNow = [.. words.Select(word => now.GetValueOrDefault(word))];
        return (words, [.. counted, before.Values.Sum() - counted.Sum()], [.. countedNow, now.Values.Sum() - countedNow.Sum()]);
    }

    private static Dictionary<string, long> Tally(IReadOnlyList<string>[] texts)
    {
        var tally = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string word in texts.SelectMany(text => text))
        {
            tally[word] = tally.GetValueOrDefault(word) + 1;
        }

        return tally;
    }

    private static WordShift[] Movers(string[] words, long[] reference, long[] current)
    {
        double n = reference.Sum();
        double m = current.Sum();
        return
        [
            .. words.Select((word, i) => new WordShift(word, reference[i] / n, current[i] / m))
                .OrderByDescending(word => Math.Abs(word.Current - word.Reference)).ThenBy(word => word.Word, StringComparer.Ordinal).Take(ShownWords),
        ];
    }

    private static long WordsOfOneText(IReadOnlyList<string>[] texts)
    {
        Dictionary<string, int> textsWith = texts.SelectMany(text => text.Distinct(StringComparer.Ordinal)).GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return texts.Sum(text => (long)text.Count(word => textsWith[word] == 1));
    }

    private static long[] TopicCounts(TopicModel topics, IReadOnlyList<string>[] texts)
    {
        long[] counts = new long[topics.Count + 1];
        foreach (IReadOnlyList<string> text in texts)
        {
            int topic = topics.TopicOf(text);
            counts[topic < 0 ? topics.Count : topic]++;
        }

        return counts;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
