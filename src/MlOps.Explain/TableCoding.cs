using System.Globalization;
using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Explain;

/// <summary>Rows of a table as rows of numbers and back.</summary>
internal sealed class TableCoding
{
    private const double MissingText = -1;

    private readonly Table _sample;
    private readonly Dictionary<string, double>?[] _codes;
    private readonly List<string>?[] _levels;

    internal TableCoding(Table sample, IReadOnlyList<string>? columns)
    {
        ArgumentNullException.ThrowIfNull(sample);
        Columns = columns is null ? [.. sample.Columns.Select(column => column.Name)] : [.. columns];
        if (sample.RowCount == 0 || Columns.Count == 0)
        {
            throw new ArgumentException($"The sample needs a row and a column; it has {sample.RowCount} rows and {Columns.Count} features.", nameof(sample));
        }

        _sample = sample;
        _codes = new Dictionary<string, double>?[Columns.Count];
        _levels = new List<string>?[Columns.Count];
        for (int j = 0; j < Columns.Count; j++)
        {
            if (sample[Columns[j]] is Column<DateTime>)
            {
                throw new ArgumentException($"Column '{Columns[j]}' holds times; a feature is a number, a truth value or a text. Leave it out of the columns.", nameof(sample));
            }

            if (sample[Columns[j]] is StringColumn text)
            {
                _levels[j] = [.. text.Levels];
                _codes[j] = text.Levels.ToArray().Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => (double)pair.code, StringComparer.Ordinal);
            }
        }
    }

    internal IReadOnlyList<string> Columns { get; }

    internal bool IsText(int feature) => _levels[feature] is not null;

    internal string Display(int feature, double value) => _levels[feature] is { } levels
        ? (value < 0 || double.IsNaN(value) ? "(missing)" : levels[(int)value])
        : _sample[Columns[feature]] is Column<bool> ? (value != 0 ? "true" : "false")
        : double.IsNaN(value) ? "(missing)" : value.ToString("0.####", CultureInfo.InvariantCulture);

    internal Matrix Encode(Table table)
    {
        int width = Columns.Count;
        var values = new double[checked(table.RowCount * width)];
        for (int j = 0; j < width; j++)
        {
            if (_codes[j] is null)
            {
                double[] numbers = table.Numbers(Columns[j]);
                for (int i = 0; i < numbers.Length; i++)
                {
                    values[(i * width) + j] = numbers[i];
                }

                continue;
            }

            string?[] texts = table.Texts(Columns[j]);
            for (int i = 0; i < texts.Length; i++)
            {
                values[(i * width) + j] = CodeOf(j, texts[i]);
            }
        }

        return new Matrix(table.RowCount, width, values, Columns);
    }

    /// <summary>Rows as the model reads them; what is no feature keeps the value of the sample's first row.</summary>
    internal Table Decode(Matrix x)
    {
        var columns = new List<Column>();
        var first = new int[x.RowCount];
        foreach (Column column in _sample.Columns)
        {
            int j = Columns.ToList().IndexOf(column.Name);
            columns.Add(j < 0 ? column.Take(first) : Decode(column, x.Column(j), _levels[j]));
        }

        return new Table(columns);
    }

    private static Column Decode(Column like, double[] values, List<string>? levels) => like switch
    {
        StringColumn => Column.Of(like.Name, Array.ConvertAll(values, value => value < 0 || double.IsNaN(value) ? null : levels![(int)value])),
        Column<bool> => new Column<bool>(like.Name, Array.ConvertAll(values, value => value != 0), Missing(values)),
        Column<long> when Array.TrueForAll(values, value => double.IsNaN(value) || value == Math.Floor(value)) => new Column<long>(like.Name, Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : (long)value), Missing(values)),
        _ => new Column<double>(like.Name, values),
    };

    private static bool[]? Missing(double[] values) => Array.Exists(values, double.IsNaN) ? Array.ConvertAll(values, double.IsNaN) : null;

    /// <summary>A text that the sample did not have gets the next number.</summary>
    private double CodeOf(int feature, string? text)
    {
        if (text is null)
        {
            return MissingText;
        }

        lock (_levels)
        {
            if (!_codes[feature]!.TryGetValue(text, out double code))
            {
                code = _levels[feature]!.Count;
                _levels[feature]!.Add(text);
                _codes[feature]!.Add(text, code);
            }

            return code;
        }
    }
}
