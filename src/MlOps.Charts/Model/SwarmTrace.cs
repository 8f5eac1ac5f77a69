using MlOps.Charts.Statistics;

namespace MlOps.Charts.Model;

/// <summary>Groups below each other, their values as points that make room for each other where they are many.</summary>
/// <param name="Groups">Names; the first is on top.</param>
/// <param name="Values">The values of each group.</param>
/// <param name="Shades">The colour value of each point, group by group.</param>
internal sealed record SwarmTrace(string[] Groups, double[][] Values, Shades Shades) : CartesianTrace("", Role.Series)
{
    /// <summary>More points of one group than this would hide each other.</summary>
    internal const int MostPoints = 400;

    private const int Bins = 90;
    private const double HalfWidth = 0.42;

    /// <summary>Points in a pile that needs the whole width.</summary>
    private const int WidePile = 12;

    private (int Point, double Across, double Down)[]? _points;

    /// <summary>Gets the points: the place in <see cref="Shades"/>, the value, and where it stands in units of groups.</summary>
    internal (int Point, double Across, double Down)[] Points => _points ??= [.. Place()];

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        y.AddCategories(Groups, reversed: true);
        foreach (double[] values in Values)
        {
            x.AddAmounts(values);
        }
    }

    /// <summary>Points of one bin are piled up, half of them upwards.</summary>
    private IEnumerable<(int Point, double Across, double Down)> Place()
    {
        double low = Values.Min(values => values.Min());
        double width = Math.Max((Values.Max(values => values.Max()) - low) / Bins, double.Epsilon);
        int first = 0;
        for (int g = 0; g < Groups.Length; g++)
        {
            double[] values = Values[g];
            int[] drawn = Thinning.EvenIndices(values.Length, MostPoints);
            var piles = new int[Bins + 1];
            int[] heights = [.. drawn.Select(i => piles[BinOf(values[i])]++)];
            double step = 2 * HalfWidth / Math.Max(WidePile, piles.Max());
            for (int d = 0; d < drawn.Length; d++)
            {
                int height = heights[d];
                yield return (first + drawn[d], values[drawn[d]], g + (step * ((height + 1) / 2) * (height % 2 == 0 ? 1 : -1)));
            }

            first += values.Length;
        }

        int BinOf(double value) => (int)Math.Clamp((value - low) / width, 0, Bins);
    }
}
