using System.Globalization;
using System.Text;
using MlOps.Charts;

namespace MlOps.Fairness.Mitigation;

/// <summary>What fairness costs: models by accuracy and parity difference, and which of them no other beats in both.</summary>
/// <remarks>A point is beaten by one that is at least as accurate and at least as equal, and better in one of these. Equal points do not beat each other.</remarks>
public sealed record AccuracyFairnessFront
{
    /// <summary>Above this many points their names would cover each other: only those on the front are named in the chart.</summary>
    private const int MostNames = 12;

    /// <summary>Points nearer than this share of the range, in both directions, share one label: two would cover each other.</summary>
    private const double SharedLabel = 0.1;

    /// <summary>A label stands to the right of its point: an arrow and so many shares of the axis for each letter, up to half of the axis.</summary>
    private const double RoomForArrow = 0.06;
    private const double RoomForLetter = 0.011;
    private const double MostRoom = 0.5;

    private AccuracyFairnessFront(IReadOnlyList<FrontPoint> points, string metric) => (Points, Metric) = (points, metric);

    /// <summary>Gets all points, in the order given, marked.</summary>
    public IReadOnlyList<FrontPoint> Points { get; }

    /// <summary>Gets what the difference is.</summary>
    public string Metric { get; }

    /// <summary>Gets the points on the front, from the most equal to the most accurate.</summary>
    public IReadOnlyList<FrontPoint> Front => [.. Points.Where(point => point.IsOnFront).OrderBy(point => point.Difference).ThenBy(point => point.Accuracy)];

    /// <summary>Marks the points that no other beats.</summary>
    /// <param name="points">At least one, each with a name of its own.</param>
    /// <param name="metric">What the difference is, for the axis.</param>
    /// <exception cref="ArgumentException">No point, a name twice or blank, an accuracy or difference that is not finite, a difference below 0, or an interval that does not hold the accuracy.</exception>
    public static AccuracyFairnessFront Of(IReadOnlyList<FrontPoint> points, string metric = "demographic parity difference")
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (points.Count == 0 || points.Select(point => point.Name).Distinct().Count() < points.Count || points.Any(point => string.IsNullOrWhiteSpace(point.Name)))
        {
            throw new ArgumentException($"A front needs points with names of their own; got {(points.Count == 0 ? "none" : string.Join(", ", points.Select(point => $"'{point.Name}'")))}.", nameof(points));
        }

        FrontPoint? odd = points.FirstOrDefault(point => !double.IsFinite(point.Accuracy) || !double.IsFinite(point.Difference) || point.Difference < 0
            || (point.AccuracyInterval is { } interval && !(interval.Low <= point.Accuracy && point.Accuracy <= interval.High)));
        return odd is null
            ? new AccuracyFairnessFront([.. points.Select(point => point with { IsOnFront = !points.Any(other => Beats(other, point)) })], metric)
            : throw new ArgumentException($"'{odd.Name}' needs a finite accuracy, a difference ≥ 0 and an interval around the accuracy; it is {odd}.", nameof(points));
    }

    /// <summary>Draws the points with their names, and the front as a line. Equality is on the left.</summary>
    public Figure Chart()
    {
        IReadOnlyList<FrontPoint> front = Front;
        FrontPoint[] rest = [.. Points.Where(point => !point.IsOnFront)];
        Figure figure = Draw(Charts.Chart.Line(Differences(front), Accuracies(front), "not beaten", Role.Current, markers: true), front);
        if (rest.Length > 0)
        {
            figure = figure.Add(Draw(Charts.Chart.Scatter(Differences(rest), Accuracies(rest), "beaten in both", Role.Reference), rest));
        }

        double widest = Points.Max(point => point.Difference);
        foreach (FrontPoint[] near in Neighbours(Points.Count <= MostNames ? Points : front))
        {
            string label = string.Join(" · ", near.Select(point => point.Name));
            figure = figure.Annotate(near[0].Difference, near[0].Accuracy, label);
            widest = Math.Max(widest, near[0].Difference / (1 - Math.Min(MostRoom, RoomForArrow + (RoomForLetter * label.Length))));
        }

        string finding = front.Count == 1
            ? $"'{front[0].Name}' beats all others"
            : string.Create(CultureInfo.InvariantCulture, $"{front[^1].Difference - front[0].Difference:0.###} less difference costs {front[^1].Accuracy - front[0].Accuracy:0.###} accuracy");
        string subtitle = front.Count == 1 ? "" : $"from '{front[^1].Name}' to '{front[0].Name}'; ";
        return figure.Titled(finding, $"{subtitle}{Points.Count} models, {front.Count} not beaten in both; equality is on the left")
            .XAxis(Metric, min: 0, max: widest > 0 ? widest : null).YAxis("accuracy");
    }

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes the points, the most equal first; a star marks those on the front.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"accuracy against {Metric}; * not beaten in both");
        foreach (FrontPoint point in Points.OrderBy(point => point.Difference))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{(point.IsOnFront ? '*' : ' ')} {point.Name}: accuracy {point.Accuracy:0.####}, difference {point.Difference:0.####}");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Chains of points that lie close together, from left to right.</summary>
    private static List<FrontPoint[]> Neighbours(IReadOnlyList<FrontPoint> points)
    {
        double width = SharedLabel * (points.Max(point => point.Difference) - points.Min(point => point.Difference));
        double height = SharedLabel * (points.Max(point => point.Accuracy) - points.Min(point => point.Accuracy));
        var chains = new List<FrontPoint[]>();
        foreach (FrontPoint point in points.OrderBy(point => point.Difference).ThenBy(point => point.Accuracy))
        {
            bool joins = chains.Count > 0 && point.Difference - chains[^1][^1].Difference <= width && Math.Abs(point.Accuracy - chains[^1][^1].Accuracy) <= height;
            if (joins)
            {
                chains[^1] = [.. chains[^1], point];
            }
            else
            {
                chains.Add([point]);
            }
        }

        return chains;
    }

    private static bool Beats(FrontPoint one, FrontPoint other) =>
        one.Accuracy >= other.Accuracy && one.Difference <= other.Difference && (one.Accuracy > other.Accuracy || one.Difference < other.Difference);

    private static double[] Differences(IEnumerable<FrontPoint> points) => [.. points.Select(point => point.Difference)];

    private static double[] Accuracies(IEnumerable<FrontPoint> points) => [.. points.Select(point => point.Accuracy)];

    private static Figure Draw(Figure figure, IReadOnlyList<FrontPoint> points) => points.All(point => point.AccuracyInterval is null)
        ? figure
        : figure.WithErrors(
            points.Select(point => point.Accuracy - point.AccuracyInterval?.Low ?? double.NaN).ToArray(),
            points.Select(point => point.AccuracyInterval?.High - point.Accuracy ?? double.NaN).ToArray());
}
