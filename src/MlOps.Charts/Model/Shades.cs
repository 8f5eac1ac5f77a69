namespace MlOps.Charts.Model;

/// <summary>Colours of points by a value of each: orange where it is low, over grey, to blue where it is high; told apart with any colour vision, on white and on black.</summary>
/// <param name="Values">One a point; NaN has no colour of the scale.</param>
/// <param name="Name">What the value is.</param>
internal sealed record Shades(double[] Values, string Name)
{
    internal static (double At, string Colour)[] Colours => ParallelAxis.Colours;

    /// <summary>Gets the values of the ends of the scale.</summary>
    internal (double Low, double High) Range { get; } = RangeOf(Values);

    /// <summary>Gets a value indicating whether there is a scale to show.</summary>
    internal bool IsSpread => Array.Exists(Values, value => !double.IsNaN(value));

    internal string Of(int point) => double.IsNaN(Values[point]) ? Palette.Of(Role.Neutral).Colour : Palette.Mix(Colours, (Values[point] - Range.Low) / (Range.High - Range.Low));

    private static (double Low, double High) RangeOf(double[] values)
    {
        double[] seen = [.. values.Where(value => !double.IsNaN(value))];
        (double low, double high) = seen.Length == 0 ? (0, 1) : (seen.Min(), seen.Max());
        return low < high ? (low, high) : (low - (0.5 * Math.Max(1, Math.Abs(low))), low + (0.5 * Math.Max(1, Math.Abs(low))));
    }
}
