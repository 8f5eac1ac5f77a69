namespace MlOps.Charts;

/// <summary>One place on an axis: a number, a date or a category. Written as a literal; the conversion is implicit.</summary>
/// <remarks>A missing number or date (<c>NaN</c>, <c>null</c>) is a gap. Two values are equal when kind and content are.</remarks>
public readonly record struct Value
{
    private Value(ValueKind kind, double number, string? text) => (Kind, Number, Text) = (kind, number, text);

    /// <summary>Gets what this value is.</summary>
    public ValueKind Kind { get; }

    /// <summary>Gets the number, or milliseconds since 1970 for a date; NaN when missing, 0 for a category.</summary>
    internal double Number { get; }

    /// <summary>Gets the category; null for other kinds and when missing.</summary>
    internal string? Text { get; }

    /// <summary>A number; NaN is a gap.</summary>
    public static implicit operator Value(double value) => new(ValueKind.Number, value, null);

    /// <summary>A number; null is a gap.</summary>
    public static implicit operator Value(double? value) => new(ValueKind.Number, value ?? double.NaN, null);

    /// <summary>A whole number.</summary>
    public static implicit operator Value(int value) => new(ValueKind.Number, value, null);

    /// <summary>A whole number; beyond 2⁵³ it is rounded to the nearest double.</summary>
    public static implicit operator Value(long value) => new(ValueKind.Number, value, null);

    /// <summary>A category.</summary>
    public static implicit operator Value(string? value) => new(ValueKind.Text, 0, value);

    /// <summary>A point in time, drawn as written.</summary>
    public static implicit operator Value(DateTime value) => new(ValueKind.Date, Dates.ToMilliseconds(value), null);

    /// <summary>A day.</summary>
    public static implicit operator Value(DateOnly value) => value.ToDateTime(TimeOnly.MinValue);
}
