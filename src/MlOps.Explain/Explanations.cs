using MlOps.Learning;

namespace MlOps.Explain;

/// <summary>Why a model gave n rows the numbers it gave: n rows × d features of contributions.</summary>
public sealed partial class Explanations
{
    private readonly Func<int, double, string> _display;

    /// <summary>Collects contributions.</summary>
    /// <param name="method">How they were found.</param>
    /// <param name="output">What the explained number is.</param>
    /// <param name="baseValue">Where the contributions begin.</param>
    /// <param name="x">The rows, n × d.</param>
    /// <param name="predictions">The model's n numbers.</param>
    /// <param name="amounts">The contributions, n × d.</param>
    /// <param name="display">Writes the value of a feature; plain numbers when null.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Explanations(string method, string output, double baseValue, Matrix x, double[] predictions, Matrix amounts, Func<int, double, string>? display = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(amounts);
        if (x.RowCount != predictions.Length || x.RowCount != amounts.RowCount || x.ColumnCount != amounts.ColumnCount)
        {
            throw new ArgumentException($"x is {x.RowCount} × {x.ColumnCount}, the contributions are {amounts.RowCount} × {amounts.ColumnCount}, and there are {predictions.Length} predictions.", nameof(amounts));
        }

        (Method, Output, BaseValue, X, Predictions, Amounts) = (method, output, baseValue, x, predictions, amounts);
        _display = display ?? ((_, value) => FormattableString.Invariant($"{value:0.####}"));
    }

    /// <summary>Gets how the contributions were found.</summary>
    public string Method { get; }

    /// <summary>Gets what the explained number is.</summary>
    public string Output { get; }

    /// <summary>Gets where the contributions begin.</summary>
    public double BaseValue { get; }

    /// <summary>Gets the rows, n × d.</summary>
    public Matrix X { get; }

    /// <summary>Gets the model's n numbers.</summary>
    public IReadOnlyList<double> Predictions { get; }

    /// <summary>Gets the contributions, n × d.</summary>
    public Matrix Amounts { get; }

    /// <summary>Gets how far chance may have moved each contribution, n × d; null where nothing was drawn by chance.</summary>
    public Matrix? StandardErrors { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => X.RowCount;

    /// <summary>Gets the explanation of one row.</summary>
    public Explanation this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            var contributions = new Contribution[X.ColumnCount];
            for (int j = 0; j < contributions.Length; j++)
            {
                contributions[j] = new Contribution(X.ColumnNames[j], X[row, j], _display(j, X[row, j]), Amounts[row, j]) { StandardError = StandardErrors?[row, j] };
            }

            return new Explanation(Method, Output, BaseValue, Predictions[row], contributions);
        }
    }

    /// <summary>Checks that base value and contributions add up to the prediction in every row, and returns these explanations.</summary>
    /// <param name="tolerance">How much may be left over, as a share of the prediction where that is larger than 1.</param>
    /// <exception cref="InvalidOperationException">They do not; the message names the row that is furthest off. LIME's never need to.</exception>
    public Explanations Check(double tolerance = 1e-6)
    {
        Guard.NonNegative(tolerance);
        int worst = -1;
        double most = tolerance;
        for (int i = 0; i < Count; i++)
        {
            double off = Math.Abs(this[i].Residual) / Math.Max(1, Math.Abs(Predictions[i]));
            if (!(off <= most))
            {
                (worst, most) = (i, off);
            }
        }

        return worst < 0 ? this : throw new InvalidOperationException(FormattableString.Invariant(
            $"Row {worst}: base value and contributions add up to {Predictions[worst] - this[worst].Residual}, the model gives {Predictions[worst]}."));
    }

    /// <summary>The mean of |contribution| of every feature over the rows, largest first: how much the model as a whole leans on it.</summary>
    public IReadOnlyList<(string Feature, double Mean)> Importance()
    {
        var sums = new double[X.ColumnCount];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = Amounts.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                sums[j] += Math.Abs(row[j]);
            }
        }

        return [.. sums.Select((sum, j) => (X.ColumnNames[j], Count == 0 ? 0 : sum / Count)).OrderByDescending(pair => pair.Item2)];
    }
}
