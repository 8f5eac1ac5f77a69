using System.Globalization;

namespace MlOps.Drift;

/// <summary>Two samples counted into the same bins.</summary>
/// <param name="Edges">K − 1 rising inner edges of K bins. Bin 0 holds <c>x &lt; Edges[0]</c>, bin i <c>Edges[i−1] ≤ x &lt; Edges[i]</c>, the last the rest.</param>
/// <param name="Reference">Reference values per bin, K counts.</param>
/// <param name="Current">Current values per bin, K counts.</param>
public sealed record BinCounts(IReadOnlyList<double> Edges, IReadOnlyList<long> Reference, IReadOnlyList<long> Current)
{
    /// <summary>Gets the number of bins, K.</summary>
    public int Count => Reference.Count;

    /// <summary>Returns a bin's range in words, such as <c>&lt; 18</c>, <c>18 – 30</c> or <c>≥ 65</c>.</summary>
    /// <param name="bin">The bin, from 0 to <see cref="Count"/> − 1.</param>
    public string Label(int bin)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bin, (uint)Count, nameof(bin));
        if (Edges.Count == 0)
        {
            return "all";
        }

        if (bin == 0)
        {
            return $"< {Text(Edges[0])}";
        }

        if (bin == Count - 1)
        {
            bool isAbove = Edges.Count > 1 && Edges[^1] == Math.BitIncrement(Edges[^2]);
            return isAbove ? $"> {Text(Edges[^2])}" : $"≥ {Text(Edges[^1])}";
        }

        bool isSingleValue = Edges[bin] == Math.BitIncrement(Edges[bin - 1]);
        return isSingleValue ? $"= {Text(Edges[bin - 1])}" : $"{Text(Edges[bin - 1])} – {Text(Edges[bin])}";
    }

    private string Text(double edge) => Rounded(edge, Digits());

    /// <summary>As few significant digits as tell neighbouring edges apart, but at least five.</summary>
    private int Digits()
    {
        int digits = 5;
        for (int i = 1; i < Edges.Count; i++)
        {
            while (digits < 17 && Edges[i] != Math.BitIncrement(Edges[i - 1]) && Rounded(Edges[i], digits) == Rounded(Edges[i - 1], digits))
            {
                digits++;
            }
        }

        return digits;
    }

    private static string Rounded(double edge, int digits)
    {
        string general = edge.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return Math.Abs(edge) is 0 or (>= 1e-4 and < 1e15)
            ? double.Parse(general, CultureInfo.InvariantCulture).ToString("#,##0.##################", CultureInfo.InvariantCulture)
            : general;
    }
}
