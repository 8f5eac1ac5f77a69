using MlOps.Data;
using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class TableSketchTests
{
    private static readonly SketchOptions Small = new() { Accuracy = 32, DistinctPrecision = 8, LevelCapacity = 50 };

    [Fact]
    public void Add_EveryType_KeepsWhatTheColumnIs()
    {
        var sketch = new TableSketch();
        sketch.Add(Mixed(1000, 1));

        Assert.Equal(1000, sketch.RowCount);
        Assert.Equal(
            [SketchedType.Numeric, SketchedType.Numeric, SketchedType.Text, SketchedType.Boolean, SketchedType.Time, SketchedType.Unknown],
            sketch.Columns.Select(column => column.Type));
        Table table = Mixed(1000, 1);
        var incomes = SortedSample.Of(((Column<double>)table["income"]).Present());
        Assert.Equal(table["income"].MissingCount, sketch["income"].Missing);
        Assert.Equal(incomes.Quantile(0.3), sketch["income"].Numbers.Quantile(0.3));
        Assert.Equal(((Column<long>)table["age"]).Values.ToArray().Distinct().Count(), Math.Round(sketch["age"].Distinct.Estimate()), 1.0);
        Assert.Equal(table.RowCount - table["city"].MissingCount, sketch["city"].Levels.Count);
        Assert.Equal(["false", "true"], sketch["member"].Levels.Levels.Select(level => level.Level));
        Assert.Equal((1000, 0), (sketch["when"].Rows, sketch["when"].Missing));
        Assert.Equal(1000, sketch["empty"].Missing);
    }

    [Fact]
    public void Add_EmptyColumnThatGetsValuesLater_TakesTheirType()
    {
        var sketch = new TableSketch();
        sketch.Add(new Table(Column.Of("x", double.NaN, double.NaN)));
        sketch.Add(new Table(Column.Of("x", "a", "b")));
        sketch.Add(new Table(Column.Of("x", (string?)null)));

        Assert.Equal((SketchedType.Text, 5, 3), (sketch["x"].Type, sketch["x"].Rows, sketch["x"].Missing));
    }

    [Fact]
    public void Add_OtherTypeOrColumns_NamesThemAndAddsNothing()
    {
        var sketch = new TableSketch();
        sketch.Add(new Table(Column.Of("a", 1.0), Column.Of("b", 1.0)));
        byte[] before = SketchBytes.Of(sketch);

        string type = Assert.Throws<ArgumentException>("part", () => sketch.Add(new Table(Column.Of("a", 2.0), Column.Of("b", "text")))).Message;
        string columns = Assert.Throws<ArgumentException>("part", () => sketch.Add(new Table(Column.Of("a", 2.0), Column.Of("c", 1.0)))).Message;

        Assert.Contains("Column 'b' is text here but numeric in the rows before", type, StringComparison.Ordinal);
        Assert.Contains("It lacks: b. It has besides: c.", columns, StringComparison.Ordinal);
        Assert.Equal(before, SketchBytes.Of(sketch));
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSameBytes()
    {
        Table[] parts = [.. Enumerable.Range(0, 11).Select(i => Mixed(300 + (50 * i), i))];
        byte[] one = SketchBytes.Of(TableSketch.Of(parts, Small with { MaxDegreeOfParallelism = 1 }));

        Assert.Equal(one, SketchBytes.Of(TableSketch.Of(parts, Small with { MaxDegreeOfParallelism = 2 })));
        Assert.Equal(one, SketchBytes.Of(TableSketch.Of(parts, Small with { MaxDegreeOfParallelism = 5 })));
    }

    [Fact]
    public void Merge_ManyWorkers_IsTheSketchOfAllRowsWhereItIsExact()
    {
        Table[] parts = [.. Enumerable.Range(0, 8).Select(i => Mixed(700, i))];
        SketchOptions options = Small with { Edges = new Dictionary<string, IReadOnlyList<double>> { ["income"] = [2, 5, 20] } };
        var whole = new TableSketch(options);
        Array.ForEach(parts, whole.Add);
        TableSketch Worker(int i)
        {
            var sketch = new TableSketch(options with { Seed = i });
            sketch.Add(parts[i]);
            return sketch;
        }

        TableSketch forward = Worker(0);
        TableSketch backward = Worker(7);
        for (int i = 1; i < 8; i++)
        {
            forward.Merge(Worker(i));
            backward.Merge(Worker(7 - i));
        }

        foreach (TableSketch merged in (TableSketch[])[forward, backward])
        {
            Assert.Equal(whole.RowCount, merged.RowCount);
            foreach (ColumnSketch column in whole.Columns)
            {
                ColumnSketch other = merged[column.Name];
                Assert.Equal((column.Type, column.Rows, column.Missing), (other.Type, other.Rows, other.Missing));
                Assert.Equal((column.Numbers.Count, column.Numbers.Infinite, column.Numbers.Min, column.Numbers.Max), (other.Numbers.Count, other.Numbers.Infinite, other.Numbers.Min, other.Numbers.Max));
                Assert.Equal(SketchBytes.Of(column.Distinct), SketchBytes.Of(other.Distinct));
                Assert.Equal(SketchBytes.Of(column.Levels), SketchBytes.Of(other.Levels));
            }

            Assert.Equal(SketchBytes.Of(whole["income"].Histogram!), SketchBytes.Of(merged["income"].Histogram!));
        }
    }

    [Fact]
    public void Merge_OtherSettings_SaysSo()
    {
        var sketch = new TableSketch(Small);
        sketch.Add(Mixed(10, 1));
        var other = new TableSketch();
        other.Add(Mixed(10, 1));

        Assert.Contains("different settings", Assert.Throws<ArgumentException>("other", () => sketch.Merge(other)).Message, StringComparison.Ordinal);
        Assert.Contains("with itself", Assert.Throws<ArgumentException>("other", () => sketch.Merge(sketch)).Message, StringComparison.Ordinal);
        Assert.Equal(10, sketch.RowCount);
        var empty = new TableSketch(Small with { Accuracy = 64 });
        Assert.Throws<ArgumentException>("other", () => empty.Merge(sketch));
        Assert.Empty(empty.Columns);
    }

    [Fact]
    public void Of_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => TableSketch.Of([Mixed(10, 1)], cancellationToken: new CancellationToken(true)));

    [Fact]
    public void Describe_EveryType_IsATableWithOneRowAColumn()
    {
        var sketch = new TableSketch();
        sketch.Add(Mixed(100, 1));
        Table table = sketch.Describe();

        Assert.Equal(6, table.RowCount);
        Assert.Equal("income", table["column"].GetValue(0));
        Assert.Equal(sketch["income"].Numbers.Quantile(0.5), table["median"].GetValue(0));
        Assert.Null(table["median"].GetValue(2));
        Assert.Contains("city", Assert.Throws<KeyNotFoundException>(() => sketch["nothing"]).Message, StringComparison.Ordinal);
    }

    internal static Table Mixed(int rows, int seed)
    {
        double[] u = Samples.Uniforms(rows, seed + 100);
        return new Table(
            new Column<double>("income", [.. Samples.Make("heavy", rows, seed + 100, 0).Select((x, i) => i % 17 == 3 ? double.NaN : x)]),
            new Column<long>("age", Array.ConvertAll(u, x => (long)(18 + (50 * x)))),
            new StringColumn("city", u.Select(x => x < 0.1 ? null : x < 0.4 ? "metro" : x < 0.8 ? "town" : "village")),
            new Column<bool>("member", Array.ConvertAll(u, x => x > 0.7)),
            new Column<DateTime>("when", Array.ConvertAll(u, x => new DateTime(2024, 1, 1).AddDays(300 * x))),
            new Column<double>("empty", Array.ConvertAll(u, _ => double.NaN)));
    }
}
