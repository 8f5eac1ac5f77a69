using System.Collections;
using System.Runtime.CompilerServices;

namespace MlOps.Charts;

/// <summary>The values of one axis or series: numbers, dates or categories. Arrays, lists, spans and <c>[…]</c> convert implicitly.</summary>
/// <remarks>
/// <c>Chart.Line([1, 2, 3], psi)</c>, <c>Chart.Bar(["a", "b"], [3, 4])</c> and <c>[.. rows.Select(r => r.Age)]</c> all work.
/// <c>NaN</c> and <c>null</c> are missing: a line breaks there, a bar is absent. An infinite number, or one beyond ±10³⁰⁰, is refused.
/// The values are copied; changing an array afterwards changes no chart.
/// </remarks>
[CollectionBuilder(typeof(Values), nameof(Create))]
public sealed class Values : IReadOnlyList<Value>
{
    // Beyond this the ends of an axis would overflow.
    private const double Largest = 1e300;

    private readonly double[] _numbers;
    private readonly string?[] _texts;

    private Values(ValueKind kind, double[] numbers)
    {
        (Kind, _numbers, _texts) = (kind, numbers, []);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (Math.Abs(numbers[i]) > Largest)
            {
                string what = double.IsInfinity(numbers[i]) ? (numbers[i] > 0 ? "+∞" : "−∞") : NumberText.Short(numbers[i]);
                throw new ArgumentException($"A chart places numbers up to ±10³⁰⁰; value {i} of {numbers.Length} is {what}. Use NaN for a gap.", nameof(numbers));
            }
        }
    }

    private Values(string?[] texts) => (Kind, _numbers, _texts) = (ValueKind.Text, [], texts);

    /// <summary>Gets whether these are numbers, dates or categories.</summary>
    public ValueKind Kind { get; }

    /// <summary>Gets the number of values, missing ones included.</summary>
    public int Count => Kind == ValueKind.Text ? _texts.Length : _numbers.Length;

    /// <summary>Gets the numbers, or milliseconds since 1970 for dates; empty for categories.</summary>
    internal ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>Gets the categories; empty for numbers and dates.</summary>
    internal ReadOnlySpan<string?> Texts => _texts;

    /// <inheritdoc/>
    public Value this[int index] => Kind switch
    {
        ValueKind.Text => _texts[index],
        ValueKind.Date when !double.IsNaN(_numbers[index]) => Dates.FromMilliseconds(_numbers[index]),
        _ => _numbers[index],
    };

    /// <summary>Builds values from a collection expression. All must be of one kind; an empty collection counts as numbers.</summary>
    /// <exception cref="ArgumentException">Numbers, dates and categories are mixed, or a number is infinite.</exception>
    public static Values Create(ReadOnlySpan<Value> values)
    {
        ValueKind kind = values.Length == 0 ? ValueKind.Number : values[0].Kind;
        var numbers = new double[values.Length];
        var texts = new string?[kind == ValueKind.Text ? values.Length : 0];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Kind != kind)
            {
                throw new ArgumentException($"One axis holds one kind of value: value 0 is {Name(kind)}, value {i} is {Name(values[i].Kind)}.", nameof(values));
            }

            numbers[i] = values[i].Number;
            if (kind == ValueKind.Text)
            {
                texts[i] = values[i].Text;
            }
        }

        return kind == ValueKind.Text ? new Values(texts) : new Values(kind, numbers);
    }

    /// <summary>Numbers; NaN is missing.</summary>
    public static implicit operator Values(double[] values) => new(ValueKind.Number, [.. NotNull(values)]);

    /// <summary>Numbers; null is missing.</summary>
    public static implicit operator Values(double?[] values) => new(ValueKind.Number, Array.ConvertAll(NotNull(values), v => v ?? double.NaN));

    /// <summary>Numbers; NaN is missing.</summary>
    public static implicit operator Values(float[] values) => new(ValueKind.Number, Array.ConvertAll(NotNull(values), v => (double)v));

    /// <summary>Whole numbers.</summary>
    public static implicit operator Values(int[] values) => new(ValueKind.Number, Array.ConvertAll(NotNull(values), v => (double)v));

    /// <summary>Whole numbers; beyond 2⁵³ rounded to the nearest double.</summary>
    public static implicit operator Values(long[] values) => new(ValueKind.Number, Array.ConvertAll(NotNull(values), v => (double)v));

    /// <summary>Categories.</summary>
    public static implicit operator Values(string?[] values) => new([.. NotNull(values)]);

    /// <summary>Dates, drawn as written.</summary>
    public static implicit operator Values(DateTime[] values) => new(ValueKind.Date, Array.ConvertAll(NotNull(values), Dates.ToMilliseconds));

    /// <summary>Dates; null is missing.</summary>
    public static implicit operator Values(DateTime?[] values) =>
        new(ValueKind.Date, Array.ConvertAll(NotNull(values), v => v is { } date ? Dates.ToMilliseconds(date) : double.NaN));

    /// <summary>Days.</summary>
    public static implicit operator Values(DateOnly[] values) =>
        new(ValueKind.Date, Array.ConvertAll(NotNull(values), v => Dates.ToMilliseconds(v.ToDateTime(TimeOnly.MinValue))));

    /// <summary>Numbers; NaN is missing.</summary>
    public static implicit operator Values(List<double> values) => NotNull(values).ToArray();

    /// <summary>Whole numbers.</summary>
    public static implicit operator Values(List<int> values) => NotNull(values).ToArray();

    /// <summary>Categories.</summary>
    public static implicit operator Values(List<string> values) => NotNull(values).ToArray();

    /// <summary>Dates, drawn as written.</summary>
    public static implicit operator Values(List<DateTime> values) => NotNull(values).ToArray();

    /// <summary>Numbers; NaN is missing.</summary>
    public static implicit operator Values(ReadOnlySpan<double> values) => new(ValueKind.Number, values.ToArray());

    /// <summary>Whole numbers; beyond 2⁵³ rounded to the nearest double.</summary>
    public static implicit operator Values(ReadOnlySpan<long> values) => values.ToArray();

    /// <summary>Dates, drawn as written.</summary>
    public static implicit operator Values(ReadOnlySpan<DateTime> values) => values.ToArray();

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The kind in words, for messages.</summary>
    internal static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Date => "a date",
        _ => "a number",
    };

    private static T NotNull<T>(T values)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(values);
        return values;
    }
}
