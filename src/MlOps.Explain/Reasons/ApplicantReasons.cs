using System.Globalization;
using MlOps.Explain.Counterfactuals;
using MlOps.Learning;

namespace MlOps.Explain.Reasons;

/// <summary>Turns an explanation into the reasons that a person who is affected can read.</summary>
/// <remarks>
/// The reasons against are the features whose contributions moved the model's number away from what is good for the person, the largest first; those in favour the
/// others. The letter speaks of what the model weighed, never of causes. What would change the answer comes from a counterfactual, and leaves out whatever
/// would change a feature that is sensitive or that a person cannot change. A sensitive feature that counted is named all the same, for the reasons must be the
/// true ones, and the sender is warned. The text is deterministic. Immutable; threads may share it.
/// <para>Not legal advice: what a notice must say depends on the law that applies (GDPR art. 15(1)(h) and 22, US Regulation B § 1002.9, India's RBI Digital Lending Directions, …).</para>
/// </remarks>
public sealed class ApplicantReasons
{
    /// <summary>The reasons leave more than this share of the score's distance from its base open: the letter says so.</summary>
    private const double NotableResidual = 0.02;

    private readonly IReadOnlyDictionary<string, FeatureWording> _wording;
    private readonly ReasonOptions _options;
    private readonly IExplainer? _explainer;
    private readonly CounterfactualSearch? _search;
    private readonly Dictionary<string, double> _typical = new(StringComparer.Ordinal);

    /// <summary>Makes letters from explanations.</summary>
    /// <param name="wording">Plain words by feature name. A feature without an entry is named as the model names it, underscores as blanks.</param>
    /// <param name="options">What the decision needs; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ApplicantReasons(IReadOnlyDictionary<string, FeatureWording> wording, ReasonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(wording);
        _wording = wording;
        _options = (options ?? new ReasonOptions()).Checked();
    }

    /// <summary>Makes letters from rows.</summary>
    /// <param name="wording">Plain words by feature name.</param>
    /// <param name="explainer">Explains the rows: Shapley values, LIME, any other.</param>
    /// <param name="comparison">Rows of other people, n × d: a letter says on which side of their middle a number is. None of their values but the median is named.</param>
    /// <param name="search">Finds what would change the answer; no advice without it.</param>
    /// <param name="options">What the decision needs; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ApplicantReasons(
        IReadOnlyDictionary<string, FeatureWording> wording, IExplainer explainer, Matrix? comparison = null, CounterfactualSearch? search = null, ReasonOptions? options = null)
        : this(wording, options)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        (_explainer, _search) = (explainer, search);
        for (int j = 0; j < comparison?.ColumnCount; j++)
        {
            double[] sorted = [.. comparison.Column(j).Where(double.IsFinite).Order()];
            if (sorted.Length > 0)
            {
                _typical[comparison.ColumnNames[j]] = SortedQuantile.Linear(sorted, 0.5);
            }
        }
    }

    /// <summary>The reasons for one row.</summary>
    /// <param name="row">d values, as the model reads them.</param>
    /// <param name="cancellationToken">Stops the explanation and the search.</param>
    /// <exception cref="InvalidOperationException">The letters were made without an explainer; or the model gives NaN or an infinite number.</exception>
    /// <exception cref="ArgumentException">There are not d values, or one is not allowed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ReasonLetter ForApplicant(ReadOnlySpan<double> row, CancellationToken cancellationToken = default)
    {
        IExplainer explainer = _explainer ?? throw new InvalidOperationException("A row needs an explainer: give one to the constructor, or explain the row first and pass the explanation.");
        Explanation explanation = explainer.Explain(new Matrix(1, row.Length, row.ToArray()), null, cancellationToken)[0];
        CounterfactualTarget target = _options.HigherIsBetter ? CounterfactualTarget.AtLeast(_options.Threshold) : CounterfactualTarget.AtMost(_options.Threshold);
        return ForApplicant(explanation, _search?.Find(row, target, null, cancellationToken));
    }

    /// <summary>The reasons from an explanation of any method.</summary>
    /// <param name="explanation">Of the number that the decision rests on.</param>
    /// <param name="changes">What would change it; no advice without it.</param>
    public ReasonLetter ForApplicant(Explanation explanation, CounterfactualResult? changes = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        double good = _options.HigherIsBetter ? 1 : -1;
        bool meets = good * (explanation.Prediction - _options.Threshold) >= 0;
        Contribution[] ranked = [.. explanation.Ranked()];
        IReadOnlyList<Reason> against = Reasons([.. ranked.Where(c => good * c.Amount < 0)], _options.MaxReasons, "against you");
        IReadOnlyList<Reason> favour = Reasons([.. ranked.Where(c => good * c.Amount > 0)], _options.MaxFavourable, "in your favour");
        return new ReasonLetter(
            _options.Subject, Outcome(explanation, meets), explanation.Prediction, _options.Threshold, meets, against, favour,
            meets ? [] : Advice(changes), Certainty(explanation), Objection(), Warnings(explanation, against.Count == 0 && !meets, changes));
    }

    private FeatureWording Wording(string feature) => _wording.TryGetValue(feature, out FeatureWording? wording) ? wording : new FeatureWording(feature.Replace('_', ' '));

    private string Outcome(Explanation explanation, bool meets)
    {
        string side = _options.HigherIsBetter ? "at least" : "at most";
        return $"A computer model gave your {_options.Subject} a {_options.ScoreName} of {Number(explanation.Prediction)} ({explanation.Output}). It has to be {side} {Number(_options.Threshold)}, so it is {(meets ? "enough" : "not enough")}. "
            + "Below is what the model weighed. It shows how the model works out its answer, not what causes what in life.";
    }

    private List<Reason> Reasons(Contribution[] ranked, int most, string direction)
    {
        double total = ranked.Sum(contribution => Math.Abs(contribution.Amount));
        var reasons = new List<Reason>();
        foreach (Contribution contribution in ranked.Take(most))
        {
            double share = Math.Abs(contribution.Amount) / total;
            if (share >= _options.MinShare)
            {
                reasons.Add(new Reason(contribution.Feature, Sentence(contribution, share, direction), contribution.Amount, share));
            }
        }

        return reasons;
    }

    private string Sentence(Contribution contribution, double share, string direction)
    {
        FeatureWording wording = Wording(contribution.Feature);
        string compared = FeatureWording.IsNumber(contribution.Value, contribution.ValueText) && _typical.TryGetValue(contribution.Feature, out double typical) ? Compared(wording, contribution.Value, typical) : "";
        return $"Your {wording.Name}: {wording.Say(contribution.Value, contribution.ValueText)}.{compared} About {Percent(share)} of what counted {direction}.";
    }

    private static string Compared(FeatureWording wording, double value, double typical) => value.CompareTo(typical) switch
    {
        > 0 => wording.WhenHigh is { } high ? $" {Stopped(high)}" : $" Half of the others have {Formatted(wording, typical)} or less.",
        < 0 => wording.WhenLow is { } low ? $" {Stopped(low)}" : $" Half of the others have {Formatted(wording, typical)} or more.",
        _ => " This is the middle of what others have.",
    };

    private static string Formatted(FeatureWording wording, double value) => value.ToString(wording.Format, CultureInfo.InvariantCulture);

    private List<string> Advice(CounterfactualResult? changes)
    {
        if (changes is null)
        {
            return [];
        }

        Counterfactual[] usable = [.. changes.Counterfactuals.Where(IsAdvice)];
        return usable.Length == 0
            ? ["We looked for small changes that you could make and that would change the model's answer, and found none. This does not mean that nothing else can: ask for a person to look at your case."]
            : [.. usable.Select(Sentence), "These are answers of the model as it is today, with everything else unchanged. They are no promise."];
    }

    private bool IsAdvice(Counterfactual counterfactual) => counterfactual.Changes.All(change => Wording(change.Feature) is { IsSensitive: false, CanChange: true });

    private string Sentence(Counterfactual counterfactual)
    {
        IEnumerable<string> parts = counterfactual.Changes.Select(change =>
        {
            FeatureWording wording = Wording(change.Feature);
            return $"your {wording.Name} were {wording.Say(change.To, change.ToText)} instead of {wording.Say(change.From, change.FromText)}";
        });
        return $"If {string.Join(" and ", parts)}, the {_options.ScoreName} would be {Number(counterfactual.Prediction)}.";
    }

    private List<string> Certainty(Explanation explanation)
    {
        double margin = Math.Abs(explanation.Prediction - _options.Threshold);
        var sentences = new List<string> { $"The {_options.ScoreName} is {Number(margin)} away from the line of {Number(_options.Threshold)}." };
        double span = Math.Abs(explanation.Prediction - explanation.BaseValue);
        double left = Math.Abs(explanation.Residual);
        sentences.Add(left > NotableResidual * Math.Max(span, double.Epsilon) && Number(left) != Number(0)
            ? $"The reasons were worked out with {explanation.Method}, which is an approximation: {Number(left)} of the {_options.ScoreName} is not accounted for."
            : $"The reasons were worked out with {explanation.Method} and account for the whole {_options.ScoreName}.");
        sentences.Add("The model can be wrong about you: it knows only the facts it was given, and only how others with such facts fared.");
        return sentences;
    }

    private List<string> Objection() =>
    [
        "Check the facts named above. If one of them is wrong, say so and ask for it to be corrected and for a new decision.",
        $"You can ask for a person to look at your {_options.Subject} and to hear your side. Write to {_options.Contact ?? "whoever sent you this letter"}.",
    ];

    private List<string> Warnings(Explanation explanation, bool noReason, CounterfactualResult? changes)
    {
        var warnings = new List<string>();
        warnings.AddRange(explanation.Ranked().Where(c => c.Amount != 0 && Wording(c.Feature).IsSensitive)
            .Select(c => $"The sensitive feature '{c.Feature}' moved this score by {c.Amount.ToString("+0.####;-0.####", CultureInfo.InvariantCulture)}. Have a person decide, and ask whether the model may use it."));
        int dropped = changes?.Counterfactuals.Count(counterfactual => !IsAdvice(counterfactual)) ?? 0;
        if (dropped > 0)
        {
            warnings.Add(FormattableString.Invariant($"{dropped} of {changes!.Counterfactuals.Count} counterfactuals would change a sensitive feature or one that nobody can change and are left out. Fix those features in the search (Actionability.Fixed) to find others."));
        }

        if (noReason)
        {
            warnings.Add("The score is not enough, yet no feature counted against the person: everybody starts below the line. The letter names no reason, and a decision needs one.");
        }

        return warnings;
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Stopped(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
}
