namespace MlOps.Learning.Metrics;

/// <summary>What every metric checks before it computes.</summary>
internal static class MetricInputs
{
    /// <summary>How far a probability may lie outside of [0, 1]: models that compute with 32 bits round their sums to 1.0000001.</summary>
    private const double Rounding = 1e-6;

    /// <summary>n ≥ 1 rows, and one value for each; returns n.</summary>
    internal static int Rows(int truth, int given, string name)
    {
        if (truth == 0)
        {
            throw new ArgumentException("There are no rows to measure.", nameof(truth));
        }

        return given == truth ? truth : throw new ArgumentException($"Each row needs one value: truth has {truth} rows, {name} has {given}.", name);
    }

    /// <summary>No NaN and nothing infinite.</summary>
    internal static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] is {values[i]}; all values must be finite."), name);
            }
        }
    }

    /// <summary>Every value lies in [0, 1], but for rounding.</summary>
    internal static void Probabilities(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not (>= -Rounding and <= 1 + Rounding))
            {
                throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] is {values[i]}; a probability lies between 0 and 1."), name);
            }
        }
    }

    /// <summary>Either no weight at all, or one a row, none negative and one above 0.</summary>
    internal static void Weights(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        if (weights.Length != rows)
        {
            throw new ArgumentException($"Each row needs one weight: truth has {rows} rows, weights has {weights.Length}.", nameof(weights));
        }

        bool any = false;
        foreach (double weight in weights)
        {
            any |= Guard.NonNegative(weight, nameof(weights)) > 0;
        }

        if (!any)
        {
            throw new ArgumentException("All weights are 0; nothing is left to measure.", nameof(weights));
        }
    }

    /// <summary>The column of <paramref name="scores"/> for each class: by name where the columns are named after the classes, else by position.</summary>
    internal static int[] ColumnsOf(Labels truth, Matrix scores, string name)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(scores, name);
        Rows(truth.Count, scores.RowCount, name);
        int[] byName = [.. truth.Classes.Select(@class => scores.ColumnNames.ToList().IndexOf(@class))];
        if (!byName.Contains(-1))
        {
            return byName;
        }

        return byName.All(column => column < 0) && scores.ColumnCount == truth.Classes.Count
            ? [.. Enumerable.Range(0, scores.ColumnCount)]
            : throw new ArgumentException(
                $"Each class needs one column: truth has the classes {string.Join(", ", truth.Classes)}; {name} has the columns {string.Join(", ", scores.ColumnNames)}.", name);
    }
}
