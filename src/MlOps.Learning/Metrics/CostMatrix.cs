namespace MlOps.Learning.Metrics;

/// <summary>What it costs to take one class for another: rows are the truth, columns the prediction. Immutable.</summary>
/// <remarks>A negative cost is a gain. Costs of right answers are usually 0, but may be any. Source: C. Elkan, "The Foundations of
/// Cost-Sensitive Learning", IJCAI 2001.</remarks>
public sealed class CostMatrix
{
    private readonly double[,] _costs;

    /// <summary>Takes k × k costs. The array is copied.</summary>
    /// <param name="classes">The names of the classes, two or more.</param>
    /// <param name="costs">Finite; <c>costs[truth, predicted]</c>.</param>
    /// <exception cref="ArgumentException">Fewer than two classes, two with one name, or not k × k costs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not finite.</exception>
    public CostMatrix(IReadOnlyList<string> classes, double[,] costs)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(costs);
        Classes = [.. new Labels([], classes).Classes]; // the same rules as for labels
        if (Classes.Count < 2 || costs.GetLength(0) != Classes.Count || costs.GetLength(1) != Classes.Count)
        {
            throw new ArgumentException(
                $"Two or more classes need a cost for each truth and prediction; there are {Classes.Count} classes and {costs.GetLength(0)} × {costs.GetLength(1)} costs.", nameof(costs));
        }

        foreach (double cost in costs)
        {
            Guard.Finite(cost, nameof(costs));
        }

        _costs = (double[,])costs.Clone();
    }

    /// <summary>Gets the names of the classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the cost of taking a case of one class for another.</summary>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    public double this[string truth, string predicted] => _costs[CodeOf(truth), CodeOf(predicted)];

    /// <summary>Adds up the cost of all cases of a confusion matrix.</summary>
    /// <exception cref="ArgumentException">The matrix has cases of a class without a cost.</exception>
    public double Total(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double total = 0;
        for (int i = 0; i < confusion.Classes.Count; i++)
        {
            for (int j = 0; j < confusion.Classes.Count; j++)
            {
                if (confusion[i, j] > 0)
                {
                    total += confusion[i, j] * this[confusion.Classes[i], confusion.Classes[j]];
                }
            }
        }

        return total;
    }

    /// <summary>Returns the mean cost of a case of a confusion matrix.</summary>
    /// <exception cref="ArgumentException">The matrix has cases of a class without a cost.</exception>
    public double PerCase(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        return Total(confusion) / confusion.Total;
    }

    /// <summary>Decides for the class of the smallest expected cost, <c>min over j of Σᵢ pᵢ · cost[i, j]</c>; on a tie the first.</summary>
    /// <param name="probabilities">n rows × one column a class, calibrated; matched by name where columns are named after the classes, else by position.</param>
    /// <exception cref="ArgumentException">The columns fit no class, or a value is no probability.</exception>
    public Labels Decide(Matrix probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        int[] columns = MetricInputs.ColumnsOf(new Labels(new int[probabilities.RowCount], Classes), probabilities, nameof(probabilities));
        MetricInputs.Probabilities(probabilities.Values, nameof(probabilities));
        var codes = new int[probabilities.RowCount];
        for (int row = 0; row < codes.Length; row++)
        {
            double least = double.PositiveInfinity;
            for (int j = 0; j < Classes.Count; j++)
            {
                double expected = 0;
                for (int i = 0; i < Classes.Count; i++)
                {
                    expected += probabilities[row, columns[i]] * _costs[i, j];
                }

                if (expected < least)
                {
                    (least, codes[row]) = (expected, j);
                }
            }
        }

        return new Labels(codes, Classes);
    }

    /// <summary>Returns the costs of a two-class matrix as payoffs: for <see cref="Payoff.CalibratedThreshold"/>, and for a <see cref="ProfitCurve"/>, whose best threshold is then the cheapest.</summary>
    /// <param name="positive">The class that is acted on.</param>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">There are more than two classes.</exception>
    public Payoff PayoffFor(string positive)
    {
        int p = CodeOf(positive);
        int q = 1 - p;
        return Classes.Count == 2
            ? new Payoff(0 - _costs[p, p], 0 - _costs[q, p], 0 - _costs[p, q], 0 - _costs[q, q])
            : throw new InvalidOperationException($"A threshold decides between two classes; there are {Classes.Count}. Use Decide.");
    }

    private int CodeOf(string name) => new Labels([], Classes).CodeOf(name);
}
