namespace MlOps.Charts.Model;

/// <summary>Where the bars of one series stand, in categories, and where each begins.</summary>
/// <param name="Offset">From the middle of the category to the near side of the bar.</param>
/// <param name="Width">Thickness; all series of a category together fill three quarters of it.</param>
/// <param name="Bases">Where each bar begins: 0 unless stacked.</param>
internal sealed record BarGeometry(double Offset, double Width, double[] Bases)
{
    private const double Filled = 0.75;

    internal static BarGeometry Of(Figure figure, BarTrace bars)
    {
        BarTrace[] all = [.. figure.Traces.OfType<BarTrace>()];
        int index = Array.FindIndex(all, b => ReferenceEquals(b, bars));
        if (figure.Bars == BarMode.Stacked)
        {
            return new BarGeometry(-Filled / 2, Filled, [.. bars.Labels.Select((label, i) => Below(all[..index], label, bars.Lengths[i] < 0))]);
        }

        double width = Filled / all.Length;
        return new BarGeometry(-Filled / 2 + index * width, width, new double[bars.Labels.Length]);
    }

    /// <summary>The sum of the bars of the same sign that lie between this one and zero.</summary>
    private static double Below(BarTrace[] earlier, string label, bool negative)
    {
        double sum = 0;
        foreach (BarTrace bars in earlier)
        {
            int i = Array.IndexOf(bars.Labels, label);
            if (i >= 0 && !double.IsNaN(bars.Lengths[i]) && bars.Lengths[i] < 0 == negative)
            {
                sum += bars.Lengths[i];
            }
        }

        return sum;
    }
}
