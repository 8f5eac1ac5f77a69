using MlOps.Charts.Statistics;

namespace MlOps.Charts;

public static partial class Chart
{
    /// <summary>How many values fall into each of equal-width bins.</summary>
    /// <param name="values">Numbers; missing ones are left out.</param>
    /// <param name="bins">The number of bins, 1 to 500, from the smallest to the largest value; the last bin includes its upper end.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <exception cref="ArgumentException">Empty or not numeric.</exception>
    public static Figure Histogram(Values values, int bins = 30, string name = "", Role role = Role.Series)
    {
        double[] sample = Inputs.Sample(values, nameof(values));
        double[] edges = HistogramBins.Edges(Bins(bins), sample);
        ArgumentNullException.ThrowIfNull(name);
        return new Figure(new BinsTrace(name, role, edges, HistogramBins.Count(sample, edges), false, sample.Length, AreShares: false))
            .YAxis("count");
    }

    /// <summary>Two samples over the same bins, as shares: the reference as a dashed outline, the current one filled.</summary>
    /// <param name="reference">What the current sample is compared with; missing values are left out.</param>
    /// <param name="current">What is seen now; missing values are left out.</param>
    /// <param name="bins">The number of bins over the range of both, 1 to 500.</param>
    /// <exception cref="ArgumentException">Empty or not numeric.</exception>
    public static Figure Histogram(Values reference, Values current, int bins = 30)
    {
        double[] before = Inputs.Sample(reference, nameof(reference));
        double[] now = Inputs.Sample(current, nameof(current));
        double[] edges = HistogramBins.Edges(Bins(bins), before, now);
        var filled = new BinsTrace("current", Role.Current, edges, HistogramBins.Shares(now, edges), false, now.Length, AreShares: true);
        var outline = new BinsTrace("reference", Role.Reference, edges, HistogramBins.Shares(before, edges), true, before.Length, AreShares: true);
        return new Figure(filled, outline).YAxis("share of sample");
    }

    /// <summary>Box plots: quartiles (linear interpolation, type 7), whiskers to the last value within 1.5 interquartile ranges, outliers as points.</summary>
    /// <param name="groups">Name and values of each group; missing values are left out. At most 100 outliers a group are drawn, evenly thinned.</param>
    /// <exception cref="ArgumentException">No group, an empty or non-numeric one, or a name twice.</exception>
    public static Figure Box(params (string Name, Values Values)[] groups)
    {
        (string[] names, double[][] samples) = Groups(groups);
        return new Figure(new BoxTrace("", Role.Series, names, [.. samples.Select(BoxSummary.Of)]));
    }

    /// <summary>Violin plots: a Gaussian kernel density (Scott's bandwidth) cut at the extremes, with median and quartiles inside.</summary>
    /// <param name="groups">Name and values of each group; missing values are left out. All violins are equally wide.</param>
    /// <exception cref="ArgumentException">No group, an empty or non-numeric one, or a name twice.</exception>
    public static Figure Violin(params (string Name, Values Values)[] groups)
    {
        (string[] names, double[][] samples) = Groups(groups);
        return new Figure(new ViolinTrace("", Role.Series, names, [.. samples.Select(KernelDensity.Of)], [.. samples.Select(BoxSummary.Of)]));
    }

    /// <summary>A swarm: the values of each group as points on its own row, piled where they are dense and coloured by a second value.</summary>
    /// <param name="shade">What the colour means.</param>
    /// <param name="groups">Name, values and colour value of each group; the first is on top. Colour values share one scale; NaN is light grey.</param>
    /// <remarks>Of more than 400 points a group 400 at even steps are drawn; the subtitle says so.</remarks>
    /// <exception cref="ArgumentException">No group, an empty or non-numeric one, a missing value, unequal lengths, or a name twice.</exception>
    public static Figure Swarm(string shade, params (string Name, Values Values, Values Shades)[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(shade);
        string[] names = Inputs.Labels(groups.Select(g => g.Name).ToArray(), nameof(groups));
        foreach ((string name, Values values, Values shades) in groups)
        {
            Inputs.SameLength(values, shades, $"values of '{name}'", $"shades of '{name}'");
            if (Inputs.Sample(values, $"group '{name}'").Length < values.Count)
            {
                throw new ArgumentException($"Group '{name}' has a missing value; it has no place.", nameof(groups));
            }
        }

        return new Figure(new SwarmTrace(names, [.. groups.Select(g => g.Values.Numbers.ToArray())], new Shades([.. groups.SelectMany(g => g.Shades.Numbers.ToArray())], shade)));
    }

    private static int Bins(int bins) => Guard.AtLeast(bins, 1) <= 500 ? bins : throw new ArgumentOutOfRangeException(
        nameof(bins), bins, "A histogram on a page shows at most 500 bins.");

    private static (string[] Names, double[][] Samples) Groups((string Name, Values Values)[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        string[] names = Inputs.Labels(groups.Select(g => g.Name).ToArray(), nameof(groups));
        return (names, [.. groups.Select(g => Inputs.Sample(g.Values, $"group '{g.Name}'"))]);
    }
}
