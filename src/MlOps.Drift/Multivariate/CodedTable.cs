using MlOps.Data;

namespace MlOps.Drift.Multivariate;

/// <summary>The columns of two tables as rows of numbers: numbers as they are, true/false and levels as 0 and 1.</summary>
internal sealed class CodedTable
{
    private readonly List<(string Column, Func<Row, double?> Value)> _codes = [];

    private CodedTable()
    {
    }

    /// <summary>The source column of each number of a row.</summary>
    internal IReadOnlyList<string> Sources => [.. _codes.Select(code => code.Column)];

    internal List<SkippedColumn> Skipped { get; } = [];

    internal double[] Reference { get; private set; } = [];

    internal double[] Current { get; private set; } = [];

    /// <summary>Rows that miss a value.</summary>
    internal RowCounts Missing { get; private set; }

    /// <summary>Rows with an infinite number.</summary>
    internal RowCounts Infinite { get; private set; }

    internal static CodedTable Of(Table reference, Table current, MultivariateOptions options)
    {
        var coded = new CodedTable();
        foreach (string name in options.Columns ?? [.. reference.Columns.Select(column => column.Name)])
        {
            if (!current.HasColumn(name))
            {
                throw new ArgumentException($"The current table has no column '{name}'. There are: {string.Join(", ", current.Columns.Select(c => c.Name))}.", nameof(current));
            }

            coded.Add(reference[name], current[name], options.MaxLevels);
        }

        if (coded._codes.Count < 2)
        {
            throw new ArgumentException(
                $"A multivariate comparison needs at least two columns of numbers; got {coded._codes.Count}. {string.Join(" ", coded.Skipped.Select(s => $"'{s.Name}': {s.Reason}."))}".TrimEnd(),
                nameof(reference));
        }

        (coded.Reference, int missing, int infinite) = coded.Code(reference);
        (coded.Current, int missingNow, int infiniteNow) = coded.Code(current);
        coded.Missing = new RowCounts(missing, missingNow);
        coded.Infinite = new RowCounts(infinite, infiniteNow);
        return coded;
    }

    /// <summary>Each column less the reference's mean, over its standard deviation (divisor n); a constant column is only centred.</summary>
    internal (double[] Reference, double[] Current) Standardised()
    {
        int width = _codes.Count;
        double[] reference = [.. Reference];
        double[] current = [.. Current];
        for (int j = 0; j < width; j++)
        {
            double[] column = [.. Enumerable.Range(0, Reference.Length / width).Select(i => Reference[(i * width) + j])];
            var sample = SortedSample.Of(column);
            double scale = sample.StandardDeviation == 0 ? 1 : sample.StandardDeviation;
            foreach (double[] side in new[] { reference, current })
            {
                for (int at = j; at < side.Length; at += width)
                {
                    side[at] = (side[at] - sample.Mean) / scale;
                }
            }
        }

        return (reference, current);
    }

    private void Add(Column reference, Column current, int maxLevels)
    {
        string name = reference.Name;
        bool bothNumbers = reference is Column<double> or Column<long> && current is Column<double> or Column<long>;
        if (!bothNumbers && reference.ValueType != current.ValueType)
        {
            throw new ArgumentException($"Column '{name}' has another type in the current table than in the reference; read both with the same type.", nameof(current));
        }

        switch (reference)
        {
            case Column<double> or Column<long>:
                _codes.Add((name, row => row.Double(name)));
                break;
            case Column<bool>:
                _codes.Add((name, row => row.Bool(name) is { } value ? (value ? 1 : 0) : null));
                break;
            case StringColumn texts:
                string[] levels = [.. Enumerable.Range(0, texts.Count).Select(i => texts[i]).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(maxLevels + 1)];
                if (levels.Length > maxLevels)
                {
                    Skipped.Add(new SkippedColumn(name, $"a text with more than {maxLevels} levels"));
                    break;
                }

                // One level fewer than there are would do for a model, but which one is left out must not matter to distances.
                _codes.AddRange(levels.Select(level => (name, (Func<Row, double?>)(row => row.Text(name) is { } text ? (text == level ? 1 : 0) : null))));
                break;
            default:
                Skipped.Add(new SkippedColumn(name, "times always move on"));
                break;
        }
    }

    private (double[] Rows, int Missing, int Infinite) Code(Table table)
    {
        var rows = new List<double>(table.RowCount * _codes.Count);
        int missing = 0;
        int infinite = 0;
        double?[] coded = new double?[_codes.Count];
        _ = table.Map(row =>
        {
            for (int j = 0; j < coded.Length; j++)
            {
                coded[j] = _codes[j].Value(row);
            }

            if (Array.Exists(coded, value => value is null or double.NaN))
            {
                missing++;
            }
            else if (Array.Exists(coded, value => double.IsInfinity(value!.Value)))
            {
                infinite++;
            }
            else
            {
                rows.AddRange(coded.Select(value => value!.Value));
            }

            return true;
        });
        return ([.. rows], missing, infinite);
    }
}
