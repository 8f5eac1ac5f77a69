using System.Runtime.InteropServices;

namespace MlOps.Data;

/// <summary>A column of text, stored once per distinct value: a code a row and a list of levels.</summary>
public sealed class StringColumn : Column
{
    private const int MissingCode = -1;
    private readonly int[] _codes;
    private readonly string[] _levels;

    /// <summary>Codes the given texts; null is a missing value, the empty string is not.</summary>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public StringColumn(string name, IEnumerable<string?> values)
        : this(name, Encode(values))
    {
    }

    /// <summary>Wraps codes and levels without copying them: the caller must not write to them afterwards.</summary>
    /// <param name="name">The column's name; not blank.</param>
    /// <param name="codes">One code a row: an index into <paramref name="levels"/>, or −1 for a missing value.</param>
    /// <param name="levels">The distinct texts, in order of first appearance. A level need not occur.</param>
    internal StringColumn(string name, int[] codes, string[] levels)
        : base(name, codes.Length, MissingFlags(codes))
    {
        _codes = codes;
        _levels = levels;
    }

    private StringColumn(string name, (int[] Codes, string[] Levels) coded)
        : this(name, coded.Codes, coded.Levels)
    {
    }

    /// <inheritdoc/>
    public override Type ValueType => typeof(string);

    /// <summary>Gets one code a row: an index into <see cref="Levels"/>, or −1 where the value is missing.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Gets the distinct texts. After <see cref="Take"/> some may not occur any more.</summary>
    public ReadOnlySpan<string> Levels => _levels;

    /// <summary>Gets the text in <paramref name="row"/>; null when it is missing.</summary>
    public string? this[int row] => IsMissing(row) ? null : _levels[_codes[row]];

    /// <inheritdoc/>
    public override object? GetValue(int row) => this[row];

    /// <inheritdoc/>
    public override StringColumn Rename(string name) => new(name, _codes, _levels);

    /// <inheritdoc/>
    public override StringColumn Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = _codes[rows[i]];
        }

        return new StringColumn(Name, taken, _levels);
    }

    internal override StringColumn TakeOrMissing(ReadOnlySpan<int> rows)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = rows[i] < 0 ? MissingCode : _codes[rows[i]];
        }

        return new StringColumn(Name, taken, _levels);
    }

    private static (int[] Codes, string[] Levels) Encode(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (string? value in values)
        {
            if (value is null)
            {
                codes.Add(MissingCode);
                continue;
            }

            ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(index, value, out bool known);
            if (!known)
            {
                code = index.Count - 1;
            }

            codes.Add(code);
        }

        return ([.. codes], [.. index.Keys]);
    }

    private static bool[]? MissingFlags(int[] codes)
    {
        if (!codes.AsSpan().Contains(MissingCode))
        {
            return null;
        }

        return Array.ConvertAll(codes, code => code == MissingCode);
    }
}
