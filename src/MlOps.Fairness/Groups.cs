using MlOps.Data;

namespace MlOps.Fairness;

/// <summary>Who belongs to which group: one or several sensitive columns, and every combination of their values. Immutable.</summary>
/// <remarks>
/// A whole number in a column of decimals is named <c>1.0</c>, as the file has it. Groups are in ascending order, numbers by value and text by ordinal, the first column slowest. With several columns every combination of the
/// values seen is a group, also one nobody belongs to: its counts are 0. A row where a sensitive value is missing belongs to no group.
/// </remarks>
public sealed partial class Groups
{
    /// <summary>More groups than this are refused: a column of ages or identifiers was probably meant to be cut into bands first.</summary>
    public const int Most = 1000;

    private const int NoGroup = -1;

    private readonly Lazy<int[]> _codes;
    private readonly Groups[] _parts;
    private readonly StringColumn? _text;
    private readonly int[] _groupOfLevel = [];

    private Groups(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> values, int[] codes, Groups[]? parts = null)
    {
        _parts = parts ?? [this];
        Columns = columns;
        Values = values;
        _codes = new Lazy<int[]>(codes);
        Names = [.. values.Select(value => string.Join(',', value))];
        RowCount = codes.Length;
        MissingCount = codes.AsSpan().Count(NoGroup);
    }

    /// <summary>Groups that read a text column's own codes: a code a row of ours is made only if somebody asks for it.</summary>
    private Groups(StringColumn text, IReadOnlyList<IReadOnlyList<string>> values, int[] groupOfLevel)
    {
        _parts = [this];
        Columns = [text.Name];
        Values = values;
        _text = text;
        _groupOfLevel = groupOfLevel;
        _codes = new Lazy<int[]>(Translated);
        Names = [.. values.Select(value => value[0])];
        RowCount = text.Count;
        MissingCount = text.MissingCount;
    }

    /// <summary>Gets the sensitive columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the name of every group: its values, joined by commas.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the values of every group, one a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Values { get; }

    /// <summary>Gets one code a row: an index into <see cref="Names"/>, or −1 where a sensitive value is missing.</summary>
    public ReadOnlySpan<int> Codes => _codes.Value;

    /// <summary>Gets the number of groups.</summary>
    public int Count => Names.Count;

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of rows without a group.</summary>
    public int MissingCount { get; }

    /// <summary>Groups the rows of a table by one or several columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The sensitive columns: text, truth values or numbers; at least one.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">No column is named or one twice, a column holds times or nothing but missing values, or there would be more than <see cref="Most"/> groups.</exception>
    public static Groups Of(Table table, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Distinct(StringComparer.Ordinal).Count() < columns.Count)
        {
            throw new ArgumentException($"At least one sensitive column is needed, each named once; got {(columns.Count == 0 ? "none" : string.Join(", ", columns))}.", nameof(columns));
        }

        Groups? groups = null;
        foreach (string column in columns)
        {
            Groups next = Single(table[column]);
            groups = groups is null ? next : groups.Cross(next);
        }

        return groups!;
    }

    /// <summary>Groups rows by one list of values; null is a missing value.</summary>
    /// <param name="name">What the values are: <c>gender</c>.</param>
    /// <param name="values">One value a row.</param>
    /// <exception cref="ArgumentException">The name is blank, all values are missing, or there would be more than <see cref="Most"/> groups.</exception>
    public static Groups Of(string name, IEnumerable<string?> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        string[] all = values as string[] ?? [.. values!];
        return Coded(name, all.Length, (from, codes) => CodeTexts(all.AsSpan(from, codes.Length), codes), found => found.Order(StringComparer.Ordinal), value => value);
    }

    /// <summary>The groups of one of several sensitive columns, over the same rows.</summary>
    /// <remarks>A row whose value is missing in another column has no group here either.</remarks>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">No such sensitive column.</exception>
    public Groups By(string column)
    {
        int place = Columns.ToList().IndexOf(column);
        if (place < 0)
        {
            throw new ArgumentException($"'{column}' is no sensitive column here; there are: {string.Join(", ", Columns)}.", nameof(column));
        }

        string[] distinct = [.. Values.Select(value => value[place]).Distinct(StringComparer.Ordinal)];
        int[] translation = [.. Values.Select(value => Array.IndexOf(distinct, value[place]))];
        return new Groups([column], [.. distinct.Select(value => new[] { value })], Array.ConvertAll(_codes.Value, code => code < 0 ? NoGroup : translation[code]));
    }

    /// <summary>The groups of one of the sensitive columns as if it were the only one: a value that is missing in another column does not matter.</summary>
    internal Groups Alone(string column) => _parts.First(part => part.Columns[0] == column);

    /// <summary>The groups of the rows from <paramref name="start"/> on; <see cref="Count"/> where a row has none.</summary>
    internal void Read(int start, Span<int> into)
    {
        int none = Count;
        if (_text is null)
        {
            ReadOnlySpan<int> own = Codes.Slice(start, into.Length);
            for (int i = 0; i < own.Length; i++)
            {
                into[i] = own[i] < 0 ? none : own[i];
            }

            return;
        }

        ReadOnlySpan<int> given = _text.Codes.Slice(start, into.Length);
        for (int i = 0; i < given.Length; i++)
        {
            into[i] = given[i] < 0 ? none : _groupOfLevel[given[i]];
        }
    }

    private Groups Cross(Groups other)
    {
        long count = (long)Count * other.Count;
        Refuse(count, [.. Columns, .. other.Columns]);
        int width = other.Count;
        (int[] mine, int[] theirs) = (_codes.Value, other._codes.Value);
        int[] codes = new int[RowCount];
        InParts(codes.Length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                codes[i] = mine[i] < 0 || theirs[i] < 0 ? NoGroup : (mine[i] * width) + theirs[i];
            }
        });

        return new Groups(
            [.. Columns, .. other.Columns],
            [.. Values.SelectMany(mine => other.Values, (one, another) => (IReadOnlyList<string>)[.. one, .. another])],
            codes,
            [.. _parts, .. other._parts]);
    }

    private static void Refuse(long count, IReadOnlyList<string> columns)
    {
        if (count == 0)
        {
            throw new ArgumentException($"Sensitive column '{columns[0]}' has no value in any row.", nameof(columns));
        }

        if (count > Most)
        {
            throw new ArgumentException($"{string.Join(" × ", columns)} makes more than {Most} groups. Cut numbers into bands first, or name fewer columns.", nameof(columns));
        }
    }
}
