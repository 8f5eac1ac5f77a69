namespace MlOps.Data.Internals;

/// <summary>One row of <see cref="Table.Describe"/>; what does not apply is NaN or null.</summary>
internal sealed record ColumnSummary
{
    internal long Distinct { get; private init; }

    internal double Mean { get; private init; } = double.NaN;

    internal double Std { get; private init; } = double.NaN;

    internal double Min { get; private init; } = double.NaN;

    internal double Q25 { get; private init; } = double.NaN;

    internal double Q50 { get; private init; } = double.NaN;

    internal double Q75 { get; private init; } = double.NaN;

    internal double Max { get; private init; } = double.NaN;

    internal string? Top { get; private init; }

    internal long? TopCount { get; private init; }

    internal DateTime? Earliest { get; private init; }

    internal DateTime? Latest { get; private init; }

    internal static ColumnSummary Of(Column column)
    {
        var summary = new ColumnSummary { Distinct = KeyCodes.Of([[column]], missingIsKey: false).Codes[0].Where(c => c >= 0).Distinct().Count() };
        return column switch
        {
            Column<double> c => summary.WithNumbers(c.Present()),
            Column<long> c => summary.WithNumbers(Array.ConvertAll(c.Present(), v => (double)v)),
            Column<bool> c => summary with { Mean = Summary.Mean(Array.ConvertAll(c.Present(), v => v ? 1.0 : 0.0)) },
            Column<DateTime> c => summary.WithTimes(c.Present()),
            _ => summary.WithTop((StringColumn)column),
        };
    }

    private ColumnSummary WithNumbers(double[] values)
    {
        double mean = Summary.Mean(values);
        double std = Summary.StandardDeviation(values);
        Array.Sort(values);
        return this with
        {
            Mean = mean,
            Std = std,
            Min = Summary.Quantile(values, 0),
            Q25 = Summary.Quantile(values, 0.25),
            Q50 = Summary.Quantile(values, 0.5),
            Q75 = Summary.Quantile(values, 0.75),
            Max = Summary.Quantile(values, 1),
        };
    }

    private ColumnSummary WithTimes(DateTime[] values) =>
        values.Length == 0 ? this : this with { Earliest = values.Min(), Latest = values.Max() };

    private ColumnSummary WithTop(StringColumn column)
    {
        long[] counts = new long[column.Levels.Length];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        int top = -1;
        for (int i = 0; i < counts.Length; i++)
        {
            bool better = top < 0 || counts[i] > counts[top]
                || (counts[i] == counts[top] && string.CompareOrdinal(column.Levels[i], column.Levels[top]) < 0);
            top = counts[i] > 0 && better ? i : top;
        }

        return top < 0 ? this : this with { Top = column.Levels[top], TopCount = counts[top] };
    }
}
