namespace MlOps.Data;

public abstract partial class Column
{
    /// <summary>Makes a column of numbers; NaN is a missing value. The values are copied.</summary>
    public static Column<double> Of(string name, params double[] values) => new(name, [.. values]);

    /// <summary>Makes a column of numbers; null is a missing value.</summary>
    public static Column<double> Of(string name, params double?[] values) => Nullable(name, values, double.NaN);

    /// <summary>Makes a column of whole numbers. The values are copied.</summary>
    public static Column<long> Of(string name, params long[] values) => new(name, [.. values]);

    /// <summary>Makes a column of whole numbers; null is a missing value.</summary>
    public static Column<long> Of(string name, params long?[] values) => Nullable(name, values, 0L);

    /// <summary>Makes a column of whole numbers, which are stored as long.</summary>
    public static Column<long> Of(string name, params int[] values) => new(name, Array.ConvertAll(values, v => (long)v));

    /// <summary>Makes a column of truth values. The values are copied.</summary>
    public static Column<bool> Of(string name, params bool[] values) => new(name, [.. values]);

    /// <summary>Makes a column of truth values; null is a missing value.</summary>
    public static Column<bool> Of(string name, params bool?[] values) => Nullable(name, values, false);

    /// <summary>Makes a column of times. The values are copied.</summary>
    public static Column<DateTime> Of(string name, params DateTime[] values) => new(name, [.. values]);

    /// <summary>Makes a column of times; null is a missing value.</summary>
    public static Column<DateTime> Of(string name, params DateTime?[] values) => Nullable(name, values, default(DateTime));

    /// <summary>Makes a column of text; null is a missing value, the empty string is not.</summary>
    public static StringColumn Of(string name, params string?[] values) => new(name, values);

    private static Column<T> Nullable<T>(string name, T?[] values, T missing)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Column<T>(name, Array.ConvertAll(values, v => v ?? missing), Array.ConvertAll(values, v => v is null));
    }
}
