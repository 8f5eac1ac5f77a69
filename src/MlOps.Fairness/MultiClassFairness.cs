using MlOps.Data;

namespace MlOps.Fairness;

/// <summary>What a decision among several classes did to every group: one two-class report a class, and a favourable set of classes as one outcome.</summary>
/// <remarks>
/// Every class in turn is positive and all others negative, so that each has the rates and comparisons of <see cref="FairnessReport"/>.
/// <see cref="Metrics"/> has the comparisons of demographic parity, equal opportunity, false positives, equalised odds and predictive parity at the
/// class where each is furthest from its ideal, named in the note, and before them <c>accuracyDifference</c> and <c>macroAccuracyDifference</c>, largest −
/// smallest over the groups of what <see cref="ClassConfusion"/> says of all classes together. With <c>favourable</c> classes (loan "granted" or
/// "granted in part"), <see cref="Favourable"/> is the two-class report of "one of these", as AIF360 counts favourable labels.
/// </remarks>
/// <param name="Columns">The sensitive columns.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Confusion">Labels by predictions, one table a group, in the order of <see cref="Groups"/>; also for groups nobody belongs to.</param>
/// <param name="Overall">All rows, those without a group too.</param>
/// <param name="ByClass">One report a class.</param>
/// <param name="Favourable">The report of the favourable set; null if none was named.</param>
/// <param name="Metrics">The comparisons, by name.</param>
public sealed partial record MultiClassFairness(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Classes,
    IReadOnlyList<ClassConfusion> Confusion,
    ClassConfusion Overall,
    IReadOnlyList<ClassFairness> ByClass,
    ClassFairness? Favourable,
    IReadOnlyList<ParityMetric> Metrics)
{
    /// <summary>The comparisons that mean something for one class against the rest.</summary>
    private static readonly string[] s_byClass =
    [
        "demographicParityDifference", "demographicParityRatio", "equalOpportunityDifference", "equalOpportunityRatio", "falsePositiveRateDifference",
        "falsePositiveRateRatio", "equalizedOddsDifference", "equalizedOddsRatio", "predictiveParityDifference", "predictiveParityRatio",
    ];

    /// <summary>Gets a comparison by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public ParityMetric this[string name] => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");

    /// <summary>Measures decisions in a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="label">The column with the true class: text, truth values or a few numbers.</param>
    /// <param name="prediction">The column with the predicted class.</param>
    /// <param name="sensitive">The sensitive columns, at least one.</param>
    /// <param name="favourable">The classes that are good for the person; null for none.</param>
    /// <param name="classes">All classes; null: those among the labels, ordered like groups.</param>
    /// <param name="options">The settings of the two-class reports; the defaults if null.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">As for the other overload.</exception>
    public static MultiClassFairness Of(
        Table table, string label, string prediction, IReadOnlyList<string> sensitive, IReadOnlyList<string>? favourable = null, IReadOnlyList<string>? classes = null, FairnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var labels = Fairness.Groups.Of(table, label);
        var predictions = Fairness.Groups.Of(table, prediction);
        return Of(Texts(labels), Texts(predictions), Fairness.Groups.Of(table, sensitive), favourable, classes ?? labels.Names, options);
    }

    /// <summary>Measures decisions.</summary>
    /// <param name="labels">The true class, one a row.</param>
    /// <param name="predictions">The predicted class, likewise.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="favourable">The classes that are good for the person, at least one and not all; null for none.</param>
    /// <param name="classes">All classes, each once; null: those among the labels, in ordinal order.</param>
    /// <param name="options">The settings of the two-class reports; the defaults if null.</param>
    /// <exception cref="ArgumentException">The lengths differ; there is no row; there are fewer than two classes; a label or a prediction is missing or
    /// none of the classes (the message names it and its row, counted from 0); or the favourable classes are not some of the classes.</exception>
    public static MultiClassFairness Of(
        IReadOnlyList<string?> labels, IReadOnlyList<string?> predictions, Groups groups, IReadOnlyList<string>? favourable = null, IReadOnlyList<string>? classes = null, FairnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        classes ??= [.. labels.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> places = Places(classes);
        return Of(Codes(labels, places, "label", nameof(labels)), Codes(predictions, places, "prediction", nameof(predictions)), classes, groups, favourable, options);
    }

    /// <summary>Measures decisions given as codes.</summary>
    /// <param name="labels">The true class, an index into <paramref name="classes"/>, one a row.</param>
    /// <param name="predictions">The predicted class, likewise.</param>
    /// <param name="classes">The classes' names, at least two, each once.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="favourable">The classes that are good for the person, at least one and not all; null for none.</param>
    /// <param name="options">The settings of the two-class reports; the defaults if null.</param>
    /// <exception cref="ArgumentException">The lengths differ; there is no row; there are fewer than two classes or one twice; a code is none of the
    /// classes (the message names it and its row, counted from 0); or the favourable classes are not some of the classes.</exception>
    public static MultiClassFairness Of(
        ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, IReadOnlyList<string> classes, Groups groups, IReadOnlyList<string>? favourable = null, FairnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(groups);
        Dictionary<string, int> places = Places(classes);
        if (labels.Length != predictions.Length || labels.Length != groups.RowCount || labels.Length == 0)
        {
            throw new ArgumentException($"Each row needs a label, a prediction and a group, and there must be rows: {labels.Length} labels, {predictions.Length} predictions, {groups.RowCount} groups.", nameof(labels));
        }

        long[][] tally = Tally(labels, predictions, groups, classes.Count);
        ClassConfusion[] confusion = [.. groups.Names.Select((name, g) => new ClassConfusion(name, groups.Values[g], classes, tally[g]))];
        long[] total = [.. Enumerable.Range(0, classes.Count * classes.Count).Select(cell => tally.Sum(counts => counts[cell]))];
        var byClass = new ClassFairness[classes.Count];
        for (int c = 0; c < byClass.Length; c++)
        {
            bool[] positive = new bool[classes.Count];
            positive[c] = true;
            byClass[c] = new ClassFairness(classes[c], FairnessReport.Of(Marked(labels, positive), Marked(predictions, positive), groups, options));
        }

        ClassFairness? good = null;
        if (favourable is not null)
        {
            bool[] positive = FavourableClasses(favourable, places);
            good = new ClassFairness(string.Join(" or ", favourable), FairnessReport.Of(Marked(labels, positive), Marked(predictions, positive), groups, options));
        }

        return new MultiClassFairness(groups.Columns, classes, confusion, new ClassConfusion("overall", [], classes, total), byClass, good, Compare(confusion, byClass));
    }

    private static long[][] Tally(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, Groups groups, int k)
    {
        long[][] tally = [.. Enumerable.Range(0, groups.Count + 1).Select(_ => new long[k * k])]; // the last one counts the rows without a group
        ReadOnlySpan<int> codes = groups.Codes;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)k || (uint)predictions[i] >= (uint)k)
            {
                bool isLabel = (uint)labels[i] >= (uint)k;
                throw new ArgumentException($"Row {i}: the {(isLabel ? "label" : "prediction")} is {(isLabel ? labels[i] : predictions[i])}; codes go from 0 to {k - 1}.", isLabel ? nameof(labels) : nameof(predictions));
            }

            tally[codes[i] < 0 ? groups.Count : codes[i]][(labels[i] * k) + predictions[i]]++;
        }

        return tally;
    }

    private static bool[] Marked(ReadOnlySpan<int> codes, bool[] positive)
    {
        bool[] marked = new bool[codes.Length];
        for (int i = 0; i < marked.Length; i++)
        {
            marked[i] = positive[codes[i]];
        }

        return marked;
    }

    private static ParityMetric[] Compare(ClassConfusion[] all, ClassFairness[] byClass)
    {
        ClassConfusion[] groups = [.. all.Where((_, g) => !byClass[0].Report.Groups[g].IsSuppressed)];
        var metrics = new List<ParityMetric>
        {
            Difference("accuracyDifference", groups, group => group.Accuracy.Value),
            Difference("macroAccuracyDifference", groups, group => group.MacroAccuracy),
        };
        metrics.AddRange(s_byClass.Select(name => Worst(byClass, name)));
        return [.. metrics];
    }

    /// <summary>The comparison at the class where it is furthest from its ideal.</summary>
    private static ParityMetric Worst(ClassFairness[] byClass, string name)
    {
        (string Class, ParityMetric Metric)[] all = [.. byClass.Select(one => (one.Class, one.Report[name]))];
        (string Class, ParityMetric Metric)[] defined = [.. all.Where(one => one.Metric.Value is not null)];
        string[] undefined = [.. all.Where(one => one.Metric.Value is null).Select(one => one.Class)];
        if (defined.Length == 0)
        {
            return new ParityMetric(name, null, all[0].Metric.Ideal, $"for every class {all[0].Metric.Note}");
        }

        (string at, ParityMetric worst) = defined.MaxBy(one => Math.Abs(one.Metric.Value!.Value - one.Metric.Ideal));
        string note = $"class {at}" + (worst.Note is null ? "" : $", {worst.Note}") + (undefined.Length == 0 ? "" : $"; undefined for class {string.Join(", ", undefined)}");
        return worst with { Note = note };
    }

    private static ParityMetric Difference(string name, ClassConfusion[] groups, Func<ClassConfusion, double?> number)
    {
        double[] defined = [.. groups.Select(number).OfType<double>()];
        string[] undefined = [.. groups.Where(group => number(group) is null).Select(group => group.Group)];
        return new ParityMetric(name, defined.Length < 2 ? null : defined.Max() - defined.Min(), 0, undefined.Length == 0 ? null : $"undefined for {string.Join(", ", undefined)}");
    }

    private static Dictionary<string, int> Places(IReadOnlyList<string> classes)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in classes)
        {
            if (!places.TryAdd(name, places.Count))
            {
                throw new ArgumentException($"Class '{name}' is named twice.", nameof(classes));
            }
        }

        return places.Count >= 2 ? places : throw new ArgumentException($"At least two classes are needed; got {(places.Count == 0 ? "none" : $"only '{classes[0]}'")}.", nameof(classes));
    }

    private static int[] Codes(IReadOnlyList<string?> values, Dictionary<string, int> places, string what, string parameter)
    {
        int[] codes = new int[values.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            if (values[i] is not { } value)
            {
                throw new ArgumentException($"Row {i} has no {what}.", parameter);
            }

            if (!places.TryGetValue(value, out codes[i]))
            {
                throw new ArgumentException($"Row {i}: the {what} '{value}' is none of the classes {string.Join(", ", places.Keys)}. If it is one, name all classes.", parameter);
            }
        }

        return codes;
    }

    private static bool[] FavourableClasses(IReadOnlyList<string> favourable, Dictionary<string, int> places)
    {
        bool[] positive = new bool[places.Count];
        foreach (string name in favourable)
        {
            positive[places.TryGetValue(name, out int place) ? place : throw new ArgumentException($"The favourable class '{name}' is none of the classes {string.Join(", ", places.Keys)}.", nameof(favourable))] = true;
        }

        return positive.Contains(true) && positive.Contains(false)
            ? positive
            : throw new ArgumentException("At least one class must be favourable, and one not.", nameof(favourable));
    }

    private static string?[] Texts(Groups values)
    {
        string?[] texts = new string?[values.RowCount];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = values.Codes[i] < 0 ? null : values.Names[values.Codes[i]];
        }

        return texts;
    }
}
