using System.Globalization;
using MlOps.Charts;

namespace MlOps.Explain;

public sealed partial class Explanations
{
    /// <summary>Every contribution of the features that matter most as a point, coloured by the feature's value.</summary>
    /// <remarks>The colour is the rank of the value among the rows, from the lowest (0) to the highest (1), ties in the middle of theirs; a text of more than two kinds, or a feature that never changes, is grey.</remarks>
    /// <param name="top">How many features, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public Figure Beeswarm(int top = 12)
    {
        int[] features = Top(Guard.AtLeast(top, 1));
        return Chart.Swarm("value (rank)", [.. features.Select(j => (X.ColumnNames[j], (Values)Amounts.Column(j), (Values)Ranks(j)))])
            .XAxis($"contribution to the {Output}").Titled($"{X.ColumnNames[features[0]]} moves the {Output} most", Population(features.Length));
    }

    /// <summary>How much the model as a whole leans on each feature: the mean of |contribution|.</summary>
    /// <param name="top">How many features, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public Figure Bar(int top = 12)
    {
        int[] features = Top(Guard.AtLeast(top, 1));
        Dictionary<string, double> means = Importance().ToDictionary(pair => pair.Feature, pair => pair.Mean, StringComparer.Ordinal);
        string[] names = [.. features.Select(j => X.ColumnNames[j])];
        return Chart.HorizontalBar(names, names.Select(name => means[name]).ToArray())
            .XAxis($"mean |contribution| to the {Output}").Titled($"The model leans most on {names[0]}", Population(features.Length));
    }

    /// <summary>The contribution of a feature against its value.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="colour">A second feature that colours the points: where equal values of the first have different contributions, it may say why. A text has the colour of its number.</param>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public Figure Dependence(string feature, string? colour = null)
    {
        int j = PlaceOf(feature);
        _ = Top(1);
        double[] amounts = Amounts.Column(j);
        double[] values = X.Column(j);
        bool isText = IsText(j);
        Values across = isText ? values.Select(value => _display(j, value)).ToArray() : values;
        Figure figure = Chart.Scatter(across, amounts).XAxis(feature).YAxis($"contribution to the {Output}").Titled(Finding(feature, values, amounts, isText), $"{Population(0)}, from {Explanation.Signed(amounts.Min())} to {Explanation.Signed(amounts.Max())}");
        return colour is null ? figure : figure.Shaded(X.Column(PlaceOf(colour)), colour);
    }

    private static string Finding(string feature, double[] values, double[] amounts, bool isText)
    {
        double middle = Middle(values);
        double[] upper = [.. amounts.Where((_, i) => values[i] > middle)];
        double[] lower = [.. amounts.Where((_, i) => values[i] <= middle)];
        return isText || upper.Length == 0 || lower.Length == 0 ? $"How {feature} moves the prediction"
            : upper.Average() > lower.Average() ? $"High {feature} raises the prediction, low lowers it" : $"High {feature} lowers the prediction, low raises it";
    }

    private static double Middle(double[] values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? 0 : sorted[(sorted.Length - 1) / 2];
    }

    private string Population(int shown)
    {
        string features = shown > 0 && shown < X.ColumnCount ? string.Create(CultureInfo.InvariantCulture, $", {shown} of {X.ColumnCount} features") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Method}, n = {Count:N0}{features}");
    }

    private int[] Top(int top)
    {
        List<string> names = [.. X.ColumnNames];
        return Count > 0
            ? [.. Importance().Take(top).Select(pair => names.IndexOf(pair.Feature))]
            : throw new InvalidOperationException("There is no explained row, so there is nothing to draw.");
    }

    private int PlaceOf(string feature)
    {
        int place = X.ColumnNames.ToList().IndexOf(feature);
        return place >= 0 ? place : throw new ArgumentException($"There is no feature '{feature}'. There are: {string.Join(", ", X.ColumnNames)}.", nameof(feature));
    }

    /// <summary>Whether a feature's numbers stand for texts: then they are written otherwise than numbers are.</summary>
    private bool IsText(int feature)
    {
        for (int i = 0; i < Count; i++)
        {
            double value = X[i, feature];
            if (!double.IsNaN(value) && _display(feature, value) != value.ToString("0.####", CultureInfo.InvariantCulture))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place of each value among the rows, in [0, 1]; NaN where order means nothing.</summary>
    private double[] Ranks(int feature)
    {
        double[] values = X.Column(feature);
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        bool hasMiddle = Array.Exists(sorted, value => value > sorted[0] && value < sorted[^1]);
        if (sorted.Length == 0 || sorted[0] == sorted[^1] || (hasMiddle && IsText(feature)))
        {
            return Array.ConvertAll(values, _ => double.NaN);
        }

        double largest = RankOf(sorted[^1]);
        double smallest = RankOf(sorted[0]);
        return Array.ConvertAll(values, value => double.IsNaN(value) ? double.NaN : (RankOf(value) - smallest) / (largest - smallest));

        double RankOf(double value)
        {
            (int first, int after) = (0, sorted.Length);
            while (first < after)
            {
                int middle = (first + after) / 2;
                (first, after) = sorted[middle] < value ? (middle + 1, after) : (first, middle);
            }

            int last = first;
            for (int end = sorted.Length; last < end;)
            {
                int middle = (last + end) / 2;
                (last, end) = sorted[middle] <= value ? (middle + 1, end) : (last, middle);
            }

            return (first + last) / 2.0;
        }
    }
}
