using System.Runtime.InteropServices;

namespace MlOps.Data;

/// <summary>A column of numbers, truth values or times.</summary>
/// <typeparam name="T">double, long, bool or DateTime.</typeparam>
/// <remarks>A missing row holds NaN in a double column and the default value in the others, so <see cref="Values"/> must be
/// read together with <see cref="Column.IsMissing"/>; <see cref="Present"/> leaves missing rows out. In a double column NaN and
/// missing are the same thing: a NaN that is passed in counts as missing.</remarks>
public sealed class Column<T> : Column
    where T : struct
{
    private readonly T[] _values;

    /// <summary>Wraps an array without copying it: the caller must not write to it afterwards.</summary>
    /// <param name="name">The column's name; not blank.</param>
    /// <param name="values">One value a row.</param>
    /// <param name="missing">One flag a row; null means that no value is missing.</param>
    /// <exception cref="ArgumentException">The name is blank, the lengths differ, or <typeparamref name="T"/> is no column type.</exception>
    public Column(string name, T[] values, bool[]? missing = null)
        : base(name, Checked(values).Length, FlagNaN(values, missing))
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(long) && typeof(T) != typeof(bool) && typeof(T) != typeof(DateTime))
        {
            throw new ArgumentException($"A column holds double, long, bool, DateTime or string; got {typeof(T).Name}.", nameof(values));
        }

        _values = PutNaN(values, missing);
    }

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <summary>Gets all values, missing rows included (NaN or default there).</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>Gets the value in <paramref name="row"/>; null when it is missing.</summary>
    public T? this[int row] => IsMissing(row) ? null : _values[row];

    /// <summary>Returns the values that are there, in row order: a copy of <see cref="Column.Count"/> − <see cref="Column.MissingCount"/> values.</summary>
    public T[] Present()
    {
        if (Missing is null)
        {
            return [.. _values];
        }

        var present = new T[Count - MissingCount];
        int next = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            if (!Missing[i])
            {
                present[next++] = _values[i];
            }
        }

        return present;
    }

    /// <inheritdoc/>
    public override object? GetValue(int row) => this[row];

    /// <inheritdoc/>
    public override Column<T> Rename(string name) => new(name, _values, Missing);

    /// <inheritdoc/>
    public override Column<T> Take(ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = _values[rows[i]];
        }

        return new Column<T>(Name, taken, TakeMissing(rows));
    }

    internal override Column<T> TakeOrMissing(ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        bool[] missing = new bool[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            missing[i] = rows[i] < 0 || IsMissing(rows[i]);
            taken[i] = missing[i] ? default : _values[rows[i]];
        }

        return new Column<T>(Name, taken, missing);
    }

    private static T[] Checked(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values;
    }

    /// <summary>Adds to the missing flags those of the rows that hold NaN.</summary>
    private static bool[]? FlagNaN(T[] values, bool[]? missing)
    {
        if (typeof(T) != typeof(double) || (missing is not null && missing.Length != values.Length))
        {
            return missing;
        }

        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(values);
        bool[]? flags = missing;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i]) && (flags is null || !flags[i]))
            {
                flags = ReferenceEquals(flags, missing) ? [.. missing ?? new bool[values.Length]] : flags;
                flags![i] = true;
            }
        }

        return flags;
    }

    /// <summary>Sees to it that a missing row of a double column holds NaN.</summary>
    private static T[] PutNaN(T[] values, bool[]? missing)
    {
        if (typeof(T) != typeof(double) || missing is null)
        {
            return values;
        }

        T[] kept = values;
        for (int i = 0; i < kept.Length; i++)
        {
            if (missing[i] && !double.IsNaN((double)(object)kept[i]))
            {
                kept = ReferenceEquals(kept, values) ? [.. values] : kept;
                MemoryMarshal.Cast<T, double>(kept.AsSpan())[i] = double.NaN;
            }
        }

        return kept;
    }
}
