namespace MlOps.Learning.Metrics;

/// <summary>How often each class was taken for each: rows are the truth, columns the prediction. Immutable.</summary>
/// <remarks>
/// Cells hold counts, or sums of weights. Ask <see cref="For"/> for the numbers of one class, named as the positive one. The members
/// here are about all classes. <b>Averages</b> run over the classes that occur in the truth or in the predictions; a rate that is
/// undefined for such a class (<see cref="BinaryConfusion"/> says NaN) counts as 0 in the average, as in scikit-learn: otherwise a model
/// would gain by never naming a hard class.
/// </remarks>
public sealed partial class ConfusionMatrix
{
    private readonly double[,] _cells;

    private ConfusionMatrix(double[,] cells, IReadOnlyList<string> classes)
    {
        _cells = cells;
        Classes = classes;
        PerClass = [.. Enumerable.Range(0, classes.Count).Select(OneAgainstRest)];
        Total = PerClass.Sum(c => c.Positives);
    }

    /// <summary>Gets the names of the classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets each class as the positive one against all others, in the order of <see cref="Classes"/>.</summary>
    public IReadOnlyList<BinaryConfusion> PerClass { get; }

    /// <summary>Gets the number (or weight) of all cases.</summary>
    public double Total { get; }

    /// <summary>Gets the share of right predictions, in [0, 1].</summary>
    public double Accuracy => PerClass.Sum(c => c.TruePositives) / Total;

    /// <summary>Gets the mean recall of the classes that occur in the truth, in [0, 1]; 1/k is guessing among k.</summary>
    public double BalancedAccuracy => PerClass.Where(c => c.Positives > 0).Average(c => c.Recall);

    /// <summary>Gets Matthews' correlation for any number of classes, in [−1, 1]; 0 is chance, and also the value if truth or prediction is constant.</summary>
    /// <remarks><c>(c·s − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²))</c>, c right of s cases, tₖ of the class and pₖ predicted as such.
    /// With two classes it is <see cref="BinaryConfusion.Mcc"/>. Source: J. Gorodkin, Comput. Biol. Chem. 28 (2004) 367–374.</remarks>
    public double Mcc
    {
        get
        {
            // Shares instead of counts: their squares neither overflow nor lose digits.
            double right = 0, product = 0, predicted = 0, actual = 0;
            foreach (BinaryConfusion c in PerClass)
            {
                double t = c.Positives / Total;
                double p = (c.TruePositives + c.FalsePositives) / Total;
                right += c.TruePositives / Total;
                product += p * t;
                predicted += p * (1 - p);
                actual += t * (1 - t);
            }

            return predicted == 0 || actual == 0 ? 0 : (right - product) / Math.Sqrt(predicted * actual);
        }
    }

    /// <summary>Gets one cell.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="predicted">What it was taken for.</param>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    public double this[string truth, string predicted] => _cells[CodeOf(truth), CodeOf(predicted)];

    /// <summary>Gets one cell by the codes of the classes.</summary>
    public double this[int truth, int predicted] => _cells[truth, predicted];

    /// <summary>Counts n cases.</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="predicted">The predicted classes. Classes are matched by name; those unknown to the truth come last.</param>
    /// <param name="weights">A weight ≥ 0 for every case; none means 1 each.</param>
    /// <exception cref="ArgumentException">No case, unequal lengths, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static ConfusionMatrix Of(Labels truth, Labels predicted, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (truth.Classes.SequenceEqual(predicted.Classes, StringComparer.Ordinal))
        {
            return Of(truth.Codes, predicted.Codes, truth.Classes, weights);
        }

        string[] classes = [.. truth.Classes.Union(predicted.Classes, StringComparer.Ordinal)];
        int[] codes = [.. predicted.Classes.Select(name => Array.IndexOf(classes, name))];
        int[] recoded = Array.ConvertAll(predicted.Codes.ToArray(), code => codes[code]);
        return Of(truth.Codes, recoded, classes, weights);
    }

    /// <summary>Counts n cases of the classes <c>false</c> and <c>true</c>.</summary>
    /// <inheritdoc cref="Of(Labels, Labels, ReadOnlySpan{double})"/>
    public static ConfusionMatrix Of(ReadOnlySpan<bool> truth, ReadOnlySpan<bool> predicted, ReadOnlySpan<double> weights = default) =>
        Of(Labels.Of(truth.ToArray()), Labels.Of(predicted.ToArray()), weights);

    /// <summary>Counts n cases given as codes.</summary>
    /// <param name="truth">The true class of each case, an index into <paramref name="classes"/>.</param>
    /// <param name="predicted">The predicted class of each case.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="weights">A weight ≥ 0 for every case; none means 1 each.</param>
    /// <exception cref="ArgumentException">No case, unequal lengths, all weights 0, two classes with one name, or a code that names none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, IReadOnlyList<string> classes, ReadOnlySpan<double> weights = default)
    {
        string[] names = Names(classes);
        MetricInputs.Rows(truth.Length, predicted.Length, nameof(predicted));
        MetricInputs.Weights(weights, truth.Length);
        Codes(truth, names.Length, nameof(truth));
        Codes(predicted, names.Length, nameof(predicted));
        return new ConfusionMatrix(weights.IsEmpty ? Tally(truth, predicted, names.Length) : Tally(truth, predicted, names.Length, weights), names);
    }

    /// <summary>Takes the four counts of a two-class matrix as a text gives them.</summary>
    /// <param name="truePositives">Cases of the positive class that were found; ≥ 0, as are the others.</param>
    /// <param name="falsePositives">Cases of the negative class that were taken for positive.</param>
    /// <param name="falseNegatives">Cases of the positive class that were missed.</param>
    /// <param name="trueNegatives">Cases of the negative class that were left alone.</param>
    /// <param name="positive">The name of the positive class.</param>
    /// <param name="negative">The name of the other class.</param>
    /// <exception cref="ArgumentException">All counts are 0, or both names are the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or not finite.</exception>
    public static ConfusionMatrix OfCounts(
        double truePositives, double falsePositives, double falseNegatives, double trueNegatives, string positive = "true", string negative = "false")
    {
        double[,] cells =
        {
            { Guard.NonNegative(trueNegatives), Guard.NonNegative(falsePositives) },
            { Guard.NonNegative(falseNegatives), Guard.NonNegative(truePositives) },
        };
        return truePositives + falsePositives + falseNegatives + trueNegatives > 0
            ? new ConfusionMatrix(cells, Names([negative, positive]))
            : throw new ArgumentException("All four counts are 0; there is nothing to measure.", nameof(truePositives));
    }

    /// <summary>Returns the numbers of one class against all others, the positive class by name.</summary>
    /// <exception cref="ArgumentException">There is no such class; the message lists those there are.</exception>
    public BinaryConfusion For(string positive) => PerClass[CodeOf(positive)];

    /// <summary>Averages precision over the classes; see the remarks of the type for classes that were never predicted.</summary>
    public double Precision(Average average = Average.Macro) => Mean(average, c => c.Precision);

    /// <summary>Averages recall over the classes. Micro and weighted recall are both the accuracy.</summary>
    public double Recall(Average average = Average.Macro) => Mean(average, c => c.Recall);

    /// <summary>Averages F1 over the classes. Micro F1 is the accuracy.</summary>
    public double F1(Average average = Average.Macro) => FBeta(1, average);

    /// <summary>Averages F-beta over the classes.</summary>
    /// <param name="beta">β &gt; 0: how many times recall weighs as much as precision.</param>
    /// <param name="average">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not a finite number &gt; 0.</exception>
    public double FBeta(double beta, Average average = Average.Macro) => Mean(average, c => c.FBeta(beta));

    private static string[] Names(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return [.. new Labels([], classes).Classes]; // the same rules as for labels
    }

    private static void Codes(ReadOnlySpan<int> codes, int classes, string name)
    {
        int outside = codes.IndexOfAnyExceptInRange(0, classes - 1);
        if (outside >= 0)
        {
            throw new ArgumentException($"Code {codes[outside]} in row {outside} names none of {classes} classes.", name);
        }
    }

    private static double[,] Tally(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        var counts = new long[2][]; // two tables in turn: rows of one cell do not wait for each other
        counts[0] = new long[classes * classes];
        counts[1] = new long[classes * classes];
        for (int i = 0; i < truth.Length; i++)
        {
            counts[i & 1][(truth[i] * classes) + predicted[i]]++;
        }

        var cells = new double[classes, classes];
        for (int i = 0; i < counts[0].Length; i++)
        {
            cells[i / classes, i % classes] = counts[0][i] + counts[1][i];
        }

        return cells;
    }

    private static double[,] Tally(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes, ReadOnlySpan<double> weights)
    {
        var cells = new double[classes, classes];
        for (int i = 0; i < truth.Length; i++)
        {
            cells[truth[i], predicted[i]] += weights[i];
        }

        return cells;
    }

    private int CodeOf(string name)
    {
        for (int i = 0; i < Classes.Count; i++)
        {
            if (string.Equals(Classes[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new ArgumentException($"No class '{name}'. There are: {string.Join(", ", Classes)}.", nameof(name));
    }

    private BinaryConfusion OneAgainstRest(int positive)
    {
        double found = _cells[positive, positive];
        double alarms = 0, missed = 0, rest = 0;
        for (int i = 0; i < Classes.Count; i++)
        {
            for (int j = 0; j < Classes.Count; j++)
            {
                double cell = _cells[i, j];
                alarms += j == positive && i != positive ? cell : 0;
                missed += i == positive && j != positive ? cell : 0;
                rest += i != positive && j != positive ? cell : 0;
            }
        }

        return new BinaryConfusion(Classes[positive], found, alarms, missed, rest);
    }

    private double Mean(Average average, Func<BinaryConfusion, double> rate)
    {
        BinaryConfusion[] seen = [.. PerClass.Where(c => c.Positives + c.FalsePositives > 0)];
        return average switch
        {
            Average.Macro => seen.Average(c => OrZero(rate(c))),
            Average.Weighted => seen.Sum(c => c.Positives * OrZero(rate(c))) / Total,
            Average.Micro => rate(new BinaryConfusion("", seen.Sum(c => c.TruePositives), seen.Sum(c => c.FalsePositives), seen.Sum(c => c.FalseNegatives), seen.Sum(c => c.TrueNegatives))),
            _ => throw new ArgumentOutOfRangeException(nameof(average), average, "Unknown average."),
        };
    }

    private static double OrZero(double rate) => double.IsNaN(rate) ? 0 : rate;
}
