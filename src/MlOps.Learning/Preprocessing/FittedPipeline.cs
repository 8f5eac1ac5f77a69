using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

/// <summary>Turns tables into the features that a model learned from, with what was learned from the training rows. Immutable.</summary>
public sealed class FittedPipeline
{
    // Rows that go through all steps together, so that what lies between two steps stays in the cache.
    private const int BlockRows = Feature.ManyRows / 2;

    // Each block looks up every level of the text columns once; this keeps that below the work on the rows.
    private const int RowsPerLevel = 4;

    // A tile of the matrix that stays in a core's cache while its columns are written one after the other.
    private const int TileValues = 1 << 15;

    private readonly string[] _featureNames;

    internal FittedPipeline(IReadOnlyList<FittedGroup> groups, string[] featureNames)
    {
        if (featureNames.Length == 0)
        {
            throw new ArgumentException("The pipeline makes no features: each column of text has one category, which is dropped.", nameof(featureNames));
        }

        if (featureNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two features would be called '{twice.Key}'. Rename a column, or use it in one group only.", nameof(featureNames));
        }

        Groups = groups;
        _featureNames = featureNames;
        InputColumns = [.. groups.SelectMany(group => group.Group.Columns.Select(name => new InputColumn(name, group.Group.Kind))).Distinct()];
        if (InputColumns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } both)
        {
            throw new ArgumentException($"Column '{both.Key}' cannot be text and number at once.", nameof(groups));
        }
    }

    /// <summary>Gets the columns that it reads, each once, in the order of first use.</summary>
    public IReadOnlyList<InputColumn> InputColumns { get; }

    /// <summary>Gets the names of the features that it makes, such as <c>income</c> and <c>city=Pune</c>.</summary>
    public IReadOnlyList<string> FeatureNames => _featureNames;

    /// <summary>Gets the fitted steps of each group of columns, in the order of the groups.</summary>
    public IReadOnlyList<IReadOnlyList<FittedStep>> Steps => [.. Groups.Select(group => group.Steps)];

    internal IReadOnlyList<FittedGroup> Groups { get; }

    /// <summary>Makes the features of every row: n rows × one column a feature. A missing value that no step filled is NaN.</summary>
    /// <param name="table">A table with the columns of <see cref="InputColumns"/>, in any order; others are ignored.</param>
    /// <exception cref="ArgumentException">A column is missing, holds another type or something infinite, or a step does not take a value; the message names the column.</exception>
    public Matrix Transform(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        ColumnGroup.Require(table, Groups.Select(group => group.Group));
        int n = table.RowCount;
        double[] values = Allocate(n);
        int levels = InputColumns.Max(column => table[column.Name] is StringColumn text ? text.Levels.Length : 0);
        int block = Math.Max(BlockRows, RowsPerLevel * levels);
        if (n <= block)
        {
            Write(Features(table, ..), values, 0);
        }
        else
        {
            Feature.Share((n + block - 1) / block, b => Write(Features(table, (b * block)..Math.Min(n, (b + 1) * block)), values, b * block));
        }

        return new Matrix(n, _featureNames.Length, values, _featureNames);
    }

    /// <summary>Sets whole columns beside each other, row by row.</summary>
    internal Matrix Assemble(IReadOnlyList<Feature> features)
    {
        double[] values = Allocate(features[0].Count);
        Write(features, values, 0);
        return new Matrix(features[0].Count, _featureNames.Length, values, _featureNames);
    }

    private List<Feature> Features(Table table, Range rows)
    {
        var features = new List<Feature>();
        foreach (FittedGroup group in Groups)
        {
            Feature[] columns = group.Group.Read(table, rows);
            foreach (FittedStep step in group.Steps)
            {
                columns = step.Apply(columns);
            }

            features.AddRange(columns);
        }

        return features;
    }

    private double[] Allocate(int rows) => (long)rows * _featureNames.Length <= Array.MaxLength
        ? GC.AllocateUninitializedArray<double>(rows * _featureNames.Length)
        : throw new ArgumentException(FormattableString.Invariant($"{rows} rows × {_featureNames.Length} features are more than one matrix holds; transform the table in parts."), nameof(rows));

    /// <summary>Writes rows of the matrix, tile by tile; whole columns on as many threads as there are.</summary>
    private void Write(IReadOnlyList<Feature> features, double[] values, int firstRow)
    {
        int width = _featureNames.Length;
        int rows = features[0].Count;
        int tile = Math.Max(16, TileValues / width);
        int tiles = (rows + tile - 1) / tile;
        if (rows >= Feature.ManyRows)
        {
            Parallel.For(0, tiles, t => WriteTile(features, values.AsSpan(firstRow * width), width, t * tile, Math.Min(rows, (t + 1) * tile)));
            return;
        }

        for (int t = 0; t < tiles; t++)
        {
            WriteTile(features, values.AsSpan(firstRow * width), width, t * tile, Math.Min(rows, (t + 1) * tile));
        }
    }

    private static void WriteTile(IReadOnlyList<Feature> features, Span<double> values, int width, int from, int to)
    {
        values[(from * width)..(to * width)].Clear();
        int at = 0;
        foreach (Feature feature in features)
        {
            if (feature is IndicatorFeature indicator)
            {
                ReadOnlySpan<int> places = indicator.Places;
                for (int i = from; i < to; i++)
                {
                    if (places[i] >= 0)
                    {
                        values[(i * width) + at + places[i]] = 1;
                    }
                }
            }
            else
            {
                ReadOnlySpan<double> numbers = ((NumberFeature)feature).Values;
                for (int i = from; i < to; i++)
                {
                    values[(i * width) + at] = numbers[i];
                }
            }

            at += feature.OutputNames.Count;
        }
    }
}
