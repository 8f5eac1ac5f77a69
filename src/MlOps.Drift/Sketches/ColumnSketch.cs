using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using MlOps.Data;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sketches;

/// <summary>One column of any length in bounded memory: quantiles of numbers, counts of levels, the number of distinct values, what is missing.</summary>
/// <remarks>
/// Columns of double and long are numbers, compared as double; true/false is counted as the levels <c>true</c> and <c>false</c>; of times only
/// rows and missing values are counted. A part without any value has no type and fits every column. Not thread-safe.
/// </remarks>
public sealed class ColumnSketch
{
    private const string True = "true";
    private const string False = "false";

    /// <summary>Makes an empty sketch.</summary>
    /// <param name="name">The column.</param>
    /// <param name="options">Accuracy, edges and seed; the defaults if null.</param>
    /// <exception cref="ArgumentException">The name is blank, or the edges for this column do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public ColumnSketch(string name, SketchOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options ??= new SketchOptions();
        Name = name;
        Numbers = new QuantileSketch(options.Accuracy, (int)StableHash.Mix(StableHash.Of(name) + (uint)options.Seed));
        Distinct = new DistinctSketch(options.DistinctPrecision);
        Levels = new FrequentLevels(options.LevelCapacity);
        Histogram = options.Edges.TryGetValue(name, out IReadOnlyList<double>? edges) ? new HistogramSketch([.. edges]) : null;
    }

    private ColumnSketch(string name, QuantileSketch numbers, HistogramSketch? histogram, DistinctSketch distinct, FrequentLevels levels) =>
        (Name, Numbers, Histogram, Distinct, Levels) = (name, numbers, histogram, distinct, levels);

    /// <summary>Gets the column's name.</summary>
    public string Name { get; }

    /// <summary>Gets what its values are; unknown until the first one.</summary>
    public SketchedType Type { get; private set; }

    /// <summary>Gets the rows seen, missing ones included.</summary>
    public long Rows { get; private set; }

    /// <summary>Gets the rows without a value.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets the quantiles, range, mean and variance of a numeric column, and its infinite values; empty for other columns.</summary>
    public QuantileSketch Numbers { get; }

    /// <summary>Gets the exact counts between given edges; null unless <see cref="SketchOptions.Edges"/> names the column.</summary>
    public HistogramSketch? Histogram { get; }

    /// <summary>Gets the number of different values; empty for times.</summary>
    public DistinctSketch Distinct { get; }

    /// <summary>Gets the counts of the levels of a text or true/false column; empty for other columns.</summary>
    public FrequentLevels Levels { get; }

    /// <summary>Adds the rows of a column.</summary>
    /// <param name="part">The next rows, in any order.</param>
    /// <exception cref="ArgumentException">The name or the type differs from that of the rows before.</exception>
    public void Add(Column part)
    {
        ArgumentNullException.ThrowIfNull(part);
        RequireFit(part.Name, TypeOf(part), nameof(part));
        Rows += part.Count;
        Missing += part.MissingCount;
        Type = Type == SketchedType.Unknown ? TypeOf(part) : Type;
        if (part.MissingCount == part.Count)
        {
            return; // no value, whatever its type
        }

        switch (part)
        {
            case Column<double> numbers:
                AddNumbers(numbers.MissingCount == 0 ? numbers.Values : numbers.Present());
                break;
            case Column<long> numbers:
                AddNumbers(numbers.MissingCount == 0 ? numbers.Values : numbers.Present());
                break;
            case Column<bool> flags:
                AddFlags(flags.Present());
                break;
            case StringColumn texts:
                AddTexts(texts);
                break;
        }
    }

    /// <summary>Adds all that another sketch of the column has seen. The other is not changed.</summary>
    /// <exception cref="ArgumentException">Name, type or settings differ.</exception>
    public void Merge(ColumnSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireMergeable(other);
        Type = Type == SketchedType.Unknown ? other.Type : Type;
        Rows = checked(Rows + other.Rows);
        Missing = checked(Missing + other.Missing);
        Numbers.Merge(other.Numbers);
        Distinct.Merge(other.Distinct);
        Levels.Merge(other.Levels);
        Histogram?.Merge(other.Histogram!);
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Type.ToString().ToLowerInvariant()}, {Rows:N0} rows, {Missing:N0} missing; {(Type == SketchedType.Numeric ? Numbers : Levels)}");

    /// <summary>The type of the values; unknown when there is none.</summary>
    internal static SketchedType TypeOf(Column part) => part switch
    {
        _ when part.MissingCount == part.Count => SketchedType.Unknown,
        Column<double> or Column<long> => SketchedType.Numeric,
        Column<bool> => SketchedType.Boolean,
        Column<DateTime> => SketchedType.Time,
        _ => SketchedType.Text,
    };

    /// <summary>How a message calls a type.</summary>
    internal static string Describe(SketchedType type) => type switch
    {
        SketchedType.Numeric => "numeric",
        SketchedType.Text => "text",
        SketchedType.Boolean => "true/false",
        SketchedType.Time => "a time",
        _ => "without values",
    };

    internal void RequireFit(string name, SketchedType type, string argument)
    {
        if (name != Name)
        {
            throw new ArgumentException($"The sketch is of column '{Name}'; got column '{name}'.", argument);
        }

        if (type != SketchedType.Unknown && Type != SketchedType.Unknown && type != Type)
        {
            throw new ArgumentException($"Column '{name}' is {Describe(type)} here but {Describe(Type)} in the rows before. Read all parts with the same type.", argument);
        }
    }

    internal void RequireMergeable(ColumnSketch other)
    {
        RequireFit(other.Name, other.Type, nameof(other));
        bool sameEdges = Histogram is null ? other.Histogram is null : other.Histogram is not null && Histogram.HasEdgesOf(other.Histogram);
        if (ReferenceEquals(this, other) || !sameEdges || Numbers.Accuracy != other.Numbers.Accuracy
            || Distinct.Precision != other.Distinct.Precision || Levels.Capacity != other.Levels.Capacity)
        {
            throw new ArgumentException(
                ReferenceEquals(this, other)
                    ? $"The sketch of column '{Name}' cannot be merged with itself: its rows would count twice."
                    : $"Column '{Name}' was sketched with different settings (accuracy, precision, capacity or edges); use equal ones for sketches that are to be merged.",
                nameof(other));
        }
    }

    internal void Write(BinaryWriter writer)
    {
        SketchReader.WriteText(writer, Name);
        writer.Write((byte)Type);
        writer.Write(Rows);
        writer.Write(Missing);
        Numbers.Write(writer);
        Distinct.Write(writer);
        Levels.Write(writer);
        writer.Write(Histogram is not null);
        Histogram?.Write(writer);
    }

    internal static ColumnSketch Read(SketchReader reader)
    {
        string name = reader.Text("the name of a column");
        SketchReader.Require(!string.IsNullOrWhiteSpace(name), "a column has no name");
        var type = (SketchedType)reader.Byte("the type of a column", 0, (int)SketchedType.Time);
        long rows = reader.Count("rows");
        long missing = reader.Count("missing values");
        var numbers = QuantileSketch.Read(reader);
        var distinct = DistinctSketch.Read(reader);
        var levels = FrequentLevels.Read(reader);
        HistogramSketch? histogram = reader.Byte("the mark of a histogram", 0, 1) == 1 ? HistogramSketch.Read(reader) : null;
        return new ColumnSketch(name, numbers, histogram, distinct, levels) { Type = type, Rows = rows, Missing = missing };
    }

    private void AddNumbers(ReadOnlySpan<long> values)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            Span<double> converted = rented.AsSpan(0, values.Length);
            TensorPrimitives.ConvertTruncating(values, converted);
            AddNumbers(converted);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void AddNumbers(ReadOnlySpan<double> values)
    {
        Numbers.Add(values);
        Distinct.Add(values);
        Histogram?.Add(values);
    }

    private void AddFlags(ReadOnlySpan<bool> values)
    {
        int yes = values.Count(true);
        foreach ((string level, int count) in ((string, int)[])[(True, yes), (False, values.Length - yes)])
        {
            if (count > 0)
            {
                Levels.Add(level, count);
                Distinct.Add(level);
            }
        }
    }

    private void AddTexts(StringColumn texts)
    {
        long[] counts = new long[texts.Levels.Length];
        foreach (int code in texts.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                Levels.Add(texts.Levels[i], counts[i]);
                Distinct.Add(texts.Levels[i]);
            }
        }
    }
}
