using System.Globalization;
using MlOps.Data;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sketches;

/// <summary>A table of any length in bounded memory: one <see cref="ColumnSketch"/> a column, filled part by part, merged from many workers.</summary>
/// <remarks>
/// <b>What merging keeps.</b> Rows, missing and infinite values, smallest and largest value, histograms over given edges, distinct counts and
/// the levels of columns within their capacity are exactly those of one sketch over all rows, in any order and grouping. Mean and variance are,
/// up to rounding. Quantiles, and the counts of levels of columns beyond the capacity, stay within the stated error.
/// <para>Equal options and equal calls give equal bytes. Not thread-safe; <see cref="Of"/> uses all cores.</para>
/// </remarks>
public sealed partial class TableSketch
{
    private readonly List<ColumnSketch> _columns = [];

    /// <summary>Makes an empty sketch; the first part gives the columns.</summary>
    /// <param name="options">Accuracy, edges and seed; the defaults if null.</param>
    public TableSketch(SketchOptions? options = null) => Options = options ?? new SketchOptions();

    /// <summary>Gets the settings.</summary>
    public SketchOptions Options { get; }

    /// <summary>Gets the rows seen.</summary>
    public long RowCount { get; private set; }

    /// <summary>Gets the columns, in the order of the first part.</summary>
    public IReadOnlyList<ColumnSketch> Columns => _columns;

    /// <summary>Gets a column by name.</summary>
    /// <exception cref="KeyNotFoundException">No such column; the message lists those there are.</exception>
    public ColumnSketch this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"The sketch has no column '{name}'. There are: {string.Join(", ", _columns.Select(column => column.Name))}.");

    /// <summary>Sketches a table that comes in parts, several parts at a time.</summary>
    /// <remarks>The parts in hand at one time are as many as threads. The result does not depend on their number.</remarks>
    /// <param name="parts">The rows, such as those of <c>Table.ReadCsvInParts</c>; all with the same columns.</param>
    /// <param name="options">Accuracy, edges, seed and threads; the defaults if null.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    /// <exception cref="ArgumentException">A part has other columns, or a column changes its type. The message names the column.</exception>
    /// <exception cref="OperationCanceledException">The sketching was cancelled.</exception>
    public static TableSketch Of(IEnumerable<Table> parts, SketchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        options ??= new SketchOptions();
        int threads = options.MaxDegreeOfParallelism == -1 ? Environment.ProcessorCount : Guard.AtLeast(options.MaxDegreeOfParallelism, 1);
        var whole = new TableSketch(options);
        int first = 0;
        foreach (Table[] batch in parts.Chunk(threads))
        {
            var sketches = new TableSketch[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads }, i =>
            {
                sketches[i] = new TableSketch(options with { Seed = SeedOfPart(options.Seed, first + i) });
                sketches[i].Add(batch[i]);
            });
            Array.ForEach(sketches, whole.Merge); // in the order of the parts, so that the number of threads changes nothing
            first += batch.Length;
        }

        return whole;
    }

    /// <summary>Adds the rows of a part.</summary>
    /// <param name="part">The next rows, in any order. The columns may stand in another order than in the first part.</param>
    /// <exception cref="ArgumentException">The part has other columns, or a column has another type than in the parts before. Nothing was added.</exception>
    public void Add(Table part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (_columns.Count == 0)
        {
            _columns.AddRange(part.Columns.Select(column => new ColumnSketch(column.Name, Options)));
        }

        RequireColumns(_columns, [.. part.Columns.Select(column => column.Name)], nameof(part));
        _columns.ForEach(column => column.RequireFit(column.Name, ColumnSketch.TypeOf(part[column.Name]), nameof(part)));
        _columns.ForEach(column => column.Add(part[column.Name]));
        RowCount += part.RowCount;
    }

    /// <summary>Adds all that another sketch has seen. The other is not changed.</summary>
    /// <exception cref="ArgumentException">Columns, types or settings differ. Nothing was added.</exception>
    public void Merge(TableSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._columns.Count == 0)
        {
            return;
        }

        bool isFirst = _columns.Count == 0;
        ColumnSketch[] columns = isFirst ? [.. other._columns.Select(column => new ColumnSketch(column.Name, Options))] : [.. _columns];
        RequireColumns(columns, [.. other._columns.Select(column => column.Name)], nameof(other));
        Array.ForEach(columns, column => column.RequireMergeable(other[column.Name]));
        _columns.AddRange(isFirst ? columns : []);
        _columns.ForEach(column => column.Merge(other[column.Name]));
        RowCount = checked(RowCount + other.RowCount);
    }

    /// <summary>Returns what is known of each column as a table: type, rows, missing and infinite values, distinct values, quartiles.</summary>
    /// <returns>One row a column; what a column does not have is missing.</returns>
    public Table Describe() => new(
        new StringColumn("column", _columns.Select(column => column.Name)),
        new StringColumn("type", _columns.Select(column => ColumnSketch.Describe(column.Type))),
        Longs("rows", column => column.Rows),
        Longs("missing", column => column.Missing),
        Longs("infinite", column => column.Numbers.Infinite),
        Doubles("distinct (about)", column => column.Type == SketchedType.Time ? double.NaN : Math.Round(column.Distinct.Estimate())),
        Doubles("mean", column => column.Numbers.Mean),
        Doubles("min", column => column.Numbers.Min),
        Doubles("25 %", column => QuantileOf(column, 0.25)),
        Doubles("median", column => QuantileOf(column, 0.5)),
        Doubles("75 %", column => QuantileOf(column, 0.75)),
        Doubles("max", column => column.Numbers.Max));

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a sketch of {RowCount:N0} rows × {_columns.Count} columns");

    internal ColumnSketch? Find(string name) => _columns.Find(column => column.Name == name);

    private static double QuantileOf(ColumnSketch column, double p) => column.Numbers.Count == 0 ? double.NaN : column.Numbers.Quantile(p);

    /// <summary>Parts must not share their random starts, or their errors would add up instead of cancelling.</summary>
    private static int SeedOfPart(int seed, int part) => (int)StableHash.Mix(((ulong)(uint)seed << 32) + (uint)part + 1);

    private Column<long> Longs(string name, Func<ColumnSketch, long> value) => new(name, [.. _columns.Select(value)]);

    private Column<double> Doubles(string name, Func<ColumnSketch, double> value) => new(name, [.. _columns.Select(value)]);

    private static void RequireColumns(IReadOnlyList<ColumnSketch> columns, string[] names, string argument)
    {
        string[] before = [.. columns.Select(column => column.Name)];
        string[] gone = [.. before.Except(names, StringComparer.Ordinal)];
        string[] added = [.. names.Except(before, StringComparer.Ordinal)];
        if (gone.Length + added.Length > 0)
        {
            string lacks = gone.Length == 0 ? "" : $" It lacks: {string.Join(", ", gone)}.";
            string has = added.Length == 0 ? "" : $" It has besides: {string.Join(", ", added)}.";
            throw new ArgumentException($"A part has other columns than the parts before.{lacks}{has}", argument);
        }
    }
}
