namespace MlOps.Explain.Lime;

/// <summary>The parts into which LIME cuts one feature: quartiles of a number, each value of a text.</summary>
/// <remarks>A number with at most two different values is taken by value too: quartiles of (0, 1, 1, 1, 1) would put both into one part.
/// A missing value is a part of its own.</remarks>
internal sealed class FeatureBins
{
    private const int Missing = -1;
    private const int ByValue = 2;
    private static readonly double[] s_quartiles = [0.25, 0.5, 0.75];

    private readonly double[]? _edges;
    private readonly string _name;
    private readonly Func<double, string> _display;

    internal FeatureBins(string name, double[] training, bool isText, Func<double, string> display)
    {
        _name = name;
        _display = display;
        double[] sorted = [.. training.Where(value => !double.IsNaN(value)).Order()];
        bool byValue = isText || sorted.Distinct().Take(ByValue + 1).Count() <= ByValue;
        _edges = byValue ? null : [.. s_quartiles.Select(q => SortedQuantile.Linear(sorted, q)).Distinct()];
    }

    /// <summary>Tells whether two values lie in one part.</summary>
    internal bool Same(double a, double b) => _edges is null ? a.Equals(b) : Bin(a) == Bin(b); // Equals: NaN is like NaN

    /// <summary>The part of a value as a condition.</summary>
    internal string Condition(double value)
    {
        if (_edges is null || double.IsNaN(value))
        {
            return $"{_name} = {_display(value)}";
        }

        int bin = Bin(value);
        return bin == 0 ? $"{_name} ≤ {_display(_edges[0])}"
            : bin == _edges.Length ? $"{_name} > {_display(_edges[^1])}"
            : $"{_display(_edges[bin - 1])} < {_name} ≤ {_display(_edges[bin])}";
    }

    /// <summary>The number of edges below the value.</summary>
    private int Bin(double value)
    {
        if (double.IsNaN(value))
        {
            return Missing;
        }

        int bin = 0;
        while (bin < _edges!.Length && value > _edges[bin])
        {
            bin++;
        }

        return bin;
    }
}
