using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Onnx.Running;

/// <summary>Which columns of a table go into which input of a model.</summary>
/// <param name="inputs">The model's inputs.</param>
/// <param name="features">The columns of a model with one matrix as its input; empty if nobody says.</param>
internal sealed class TableInputs(IReadOnlyList<OnnxValue> inputs, IReadOnlyList<string> features)
{
    /// <summary>Gets the batch that the model was made for; 0 if it takes any number of rows.</summary>
    internal int FixedBatch { get; } = (int)inputs.Select(input => input.Dims is { Count: > 0 } dims ? dims[0] : -1).Where(batch => batch > 0).DefaultIfEmpty(0).Max();

    /// <summary>The columns that are needed: name, and whether as text. Empty if any table with the right number of columns will do.</summary>
    internal IReadOnlyList<(string Name, bool IsText)> Columns =>
        TakesMatrix ? [.. features.Select(name => (name, inputs[0].ElementType == OnnxElementType.String))]
        : [.. inputs.Select(input => (input.Name, input.ElementType == OnnxElementType.String))];

    /// <summary>One input for all columns, rather than one input a column.</summary>
    private bool TakesMatrix => inputs.Count == 1 && (features.Count > 0 || WidthOf(inputs[0]) != 1);

    /// <summary>Feeds a matrix to the only input; its rows are laid out as the input asks.</summary>
    /// <exception cref="ArgumentException">The model has more inputs, or the matrix another number of columns.</exception>
    internal Feed Of(Matrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (inputs.Count != 1)
        {
            throw new ArgumentException($"The model has {inputs.Count} inputs ({string.Join(", ", inputs.Select(input => input.Name))}), so a matrix does not do: predict a table.", nameof(x));
        }

        OnnxValue input = inputs[0];
        NeedNumbers(input);
        long width = WidthOf(input);
        if (width >= 0 && width != x.ColumnCount)
        {
            throw new ArgumentException($"Input '{input.Name}' takes {input.Describe()}, so {width} columns; there are {x.ColumnCount}.", nameof(x));
        }

        return new Feed(x.RowCount, [(input.Name, NumberFeed.Of(input, RowShape(input, x.ColumnCount), x))]);
    }

    /// <summary>Feeds columns of a table.</summary>
    /// <exception cref="ArgumentException">Columns are missing or hold another type; the message names them.</exception>
    internal Feed Of(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!TakesMatrix)
        {
            NeedColumns(table, [.. inputs.Select(input => input.Name)]);
            return new Feed(table.RowCount, [.. inputs.Select(input => (input.Name, OneColumn(input, table[input.Name])))]);
        }

        IReadOnlyList<string> names = features.Count > 0 ? features : AllColumns(table);
        NeedColumns(table, names);
        OnnxValue only = inputs[0];
        NeedNumbers(only);
        long width = WidthOf(only);
        if (width >= 0 && width != names.Count)
        {
            throw new ArgumentException($"Input '{only.Name}' takes {only.Describe()}, so {width} columns; {names.Count} are named: {string.Join(", ", names.Take(10))}.", nameof(table));
        }

        double[][] columns = [.. names.Select(name => Numbers(only, table[name]))];
        return new Feed(table.RowCount, [(only.Name, NumberFeed.Of(only, RowShape(only, names.Count), columns, names))]);
    }

    private IReadOnlyList<string> AllColumns(Table table)
    {
        OnnxValue input = inputs[0];
        long width = WidthOf(input);
        return width < 0 || width == table.Columns.Count
            ? [.. table.Columns.Select(column => column.Name)]
            : throw new ArgumentException(
                $"Input '{input.Name}' takes {width} numbers a row and the model does not say which columns they are; the table has {table.Columns.Count}. Give it a table of just these columns, or name them: OnnxModelOptions.Features, --columns on the command line.", nameof(table));
    }

    private static Func<RowBlock, Microsoft.ML.OnnxRuntime.OrtValue> OneColumn(OnnxValue input, Column column)
    {
        long width = WidthOf(input);
        if (width is not (1 or -1))
        {
            throw new ArgumentException($"Input '{input.Name}' takes {input.Describe()}; a column gives one value a row. Use Run, which takes tensors.", nameof(column));
        }

        long[] shape = RowShape(input, 1);
        if (input.ElementType != OnnxElementType.String)
        {
            return NumberFeed.Of(input, shape, [Numbers(input, column)], [column.Name]);
        }

        return column is StringColumn text ? TextFeed.Of(shape, text)
            : column.MissingCount == column.Count ? TextFeed.OfMissing(shape)
            : throw new ArgumentException($"Column '{column.Name}' holds {column.ValueType.Name}; input '{input.Name}' takes text. Read it as text: CsvOptions.Types.", nameof(column));
    }

    private static double[] Numbers(OnnxValue input, Column column)
    {
        NeedNumbers(input);
        if (column is StringColumn or Column<DateTime>)
        {
            double[] missing = new double[column.Count];
            Array.Fill(missing, double.NaN);
            return column.MissingCount == column.Count
                ? missing
                : throw new ArgumentException($"Column '{column.Name}' holds {(column is StringColumn ? "text" : "times")}; input '{input.Name}' takes numbers.", nameof(column));
        }

        return new Table(column).Numbers(column.Name);
    }

    private static void NeedNumbers(OnnxValue input)
    {
        if (!NumberFeed.Takes(input.ElementType))
        {
            throw new ArgumentException($"Input '{input.Name}' takes {input.Describe()}, which a matrix of numbers does not give.", nameof(input));
        }
    }

    private static void NeedColumns(Table table, IReadOnlyList<string> names)
    {
        string[] missing = [.. names.Where(name => !table.HasColumn(name))];
        if (missing.Length > 0)
        {
            string listed = string.Join(", ", missing.Take(10).Select(name => $"'{name}'")) + (missing.Length > 10 ? $" and {missing.Length - 10} more" : "");
            throw new ArgumentException($"The model needs {(missing.Length == 1 ? "column" : "columns")} {listed}, which the table lacks. It has: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(table));
        }
    }

    /// <summary>Values a row: the product of the dimensions behind the first; −1 if one is open.</summary>
    private static long WidthOf(OnnxValue input) =>
        input.Dims is not { } dims ? -1 : dims.Skip(1).Any(dim => dim < 0) ? -1 : dims.Skip(1).Aggregate(1L, (product, dim) => product * dim);

    /// <summary>The dimensions of one row. An open one takes what is left over.</summary>
    private static long[] RowShape(OnnxValue input, long width)
    {
        long[] shape = [.. (input.Dims ?? [-1, -1]).Skip(1)];
        long known = shape.Where(dim => dim > 0).Aggregate(1L, (product, dim) => product * dim);
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = width / known;
        }

        return Array.Exists(shape, dim => dim < 0) || shape.Aggregate(1L, (product, dim) => product * dim) != width
            ? throw new ArgumentException($"{width} values a row do not fit into input '{input.Name}', {input.Describe()}.", nameof(width))
            : shape;
    }
}
