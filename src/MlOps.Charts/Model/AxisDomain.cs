namespace MlOps.Charts.Model;

/// <summary>What one axis shows, decided once so that every output agrees.</summary>
/// <param name="Kind">Numbers, dates or categories.</param>
/// <param name="Log">Coordinates are base-10 logarithms.</param>
/// <param name="Low">The lower end: a number, a logarithm, milliseconds, or −0.5 for categories.</param>
/// <param name="High">The upper end.</param>
/// <param name="Categories">The names in order; empty for numbers and dates.</param>
/// <param name="Reversed">The first value is on top: horizontal bars and heat maps.</param>
internal sealed record AxisDomain(ValueKind Kind, bool Log, double Low, double High, string[] Categories, bool Reversed)
{
    private readonly Dictionary<string, int> _index = Categories.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);

    /// <summary>Gets the range of what is shown, before the axis was widened; numbers also on a logarithmic axis.</summary>
    internal (double Least, double Most) Extent { get; init; }

    /// <summary>Where each value lies; NaN where it is missing.</summary>
    internal double[] Positions(Values values)
    {
        if (Kind == ValueKind.Text)
        {
            return Array.ConvertAll(Inputs.Names(values), name => _index.TryGetValue(name, out int i) ? i : double.NaN);
        }

        return Array.ConvertAll(values.Numbers.ToArray(), Position);
    }

    /// <summary>Where a number lies; NaN for what a logarithmic axis cannot show.</summary>
    internal double Position(double value) => !Log ? value : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>Whether a position lies between the ends of the axis.</summary>
    internal bool Shows(double position) => position >= Low && position <= High;

    internal double Position(string category) => _index[category];

    /// <summary>Where a mark of the user's lies.</summary>
    /// <exception cref="ArgumentException">The axis has no such place.</exception>
    internal double Position(Value value, string name)
    {
        if (Kind == ValueKind.Text)
        {
            string text = Inputs.Name(Values.Create([value]), 0);
            return _index.TryGetValue(text, out int i) ? i : throw new ArgumentException(
                $"{name}: the axis has no category '{text}'; it has {string.Join(", ", Categories.Take(8).Select(c => $"'{c}'"))}{(Categories.Length > 8 ? ", …" : "")}.", name);
        }

        if (value.Kind != Kind || double.IsNaN(value.Number))
        {
            throw new ArgumentException($"{name} must be {Values.Name(Kind)} on this axis; got {(value.Kind == Kind ? "a missing value" : Values.Name(value.Kind))}.", name);
        }

        double place = Position(value.Number);
        return double.IsNaN(place)
            ? throw new ArgumentException($"{name} must be > 0 on a logarithmic axis; got {NumberText.Short(value.Number)}.", name)
            : place;
    }
}
