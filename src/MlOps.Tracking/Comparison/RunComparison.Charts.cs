using MlOps.Charts;

namespace MlOps.Tracking.Comparison;

public sealed partial class RunComparison
{
    private const int MostAxes = 8;
    private const int MostCategories = 20;

    /// <summary>Draws a line a run across an axis a parameter; the last axis and the colour are a metric.</summary>
    /// <remarks>
    /// A parameter is an axis of numbers if every run that has it has a number there; it shows log₁₀ if all are above 0 and the largest is a hundred times the least. Every other parameter is an
    /// axis of categories, where a run without it stands at <c>not set</c>. Left out, and counted in the subtitle, are runs without a finite value of the metric, and runs without a parameter
    /// whose axis has numbers.
    /// </remarks>
    /// <param name="metric">The metric's key.</param>
    /// <param name="parameters">The parameters, in the order of the axes. None takes up to 8 that differ and leave no run out, first those that every run has, then in ordinal order; never one with more than 20 categories.</param>
    /// <exception cref="ArgumentException">No run has a parameter or the metric.</exception>
    /// <exception cref="InvalidOperationException">There is no run to draw, or no parameter differs.</exception>
    public Figure ParallelCoordinates(string metric, params string[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        double[] results = ResultsOf(metric);
        ParamAxis[] axes = parameters.Length > 0 ? [.. parameters.Distinct().Select(AxisOf)] : UsualAxes();
        if (axes.Length == 0)
        {
            throw new InvalidOperationException(Differences.Count == 0
                ? "No parameter differs between these runs; name those to draw."
                : $"Every differing parameter has more than {MostCategories} categories; name those to draw.");
        }

        int[] drawn = [.. Drawable(results).Where(run => axes.All(axis => axis.Has(run)))];
        NeedOne(drawn, metric, "with all of these parameters");
        string hidden = parameters.Length == 0 && Differences.Count > axes.Length ? FormattableString.Invariant($"; {axes.Length} of {Differences.Count} differing parameters") : "";
        return Chart.ParallelCoordinates([.. axes.Select(axis => axis.Linear(drawn)), (metric, (double[])[.. drawn.Select(run => results[run])])])
            .Titled(Highest(metric, results, drawn), Population(drawn) + hidden);
    }

    /// <summary>Draws a metric over a parameter, a point a run.</summary>
    /// <remarks>The parameter's axis follows the rules of <see cref="ParallelCoordinates"/>. Left out, and counted in the subtitle, are runs without a finite value of the metric, and runs without the parameter if it is a number.</remarks>
    /// <param name="parameter">The parameter's key: the horizontal axis.</param>
    /// <param name="metric">The metric's key: the vertical axis.</param>
    /// <exception cref="ArgumentException">No run has the parameter or the metric.</exception>
    /// <exception cref="InvalidOperationException">No run has both.</exception>
    public Figure Scatter(string parameter, string metric)
    {
        double[] results = ResultsOf(metric);
        ParamAxis axis = AxisOf(parameter);
        int[] drawn = [.. Drawable(results).Where(axis.Has)];
        NeedOne(drawn, metric, $"and '{parameter}'");
        return Chart.Scatter(axis.Raw(drawn), (double[])[.. drawn.Select(run => results[run])], metric, Role.Current)
            .Titled(Highest(metric, results, drawn), Population(drawn)).XAxis(parameter, log: axis.IsWide).YAxis(metric);
    }

    /// <summary>Draws the course of a metric in every run that logged it.</summary>
    /// <remarks>
    /// The horizontal axis is the step; if no run has two steps, the seconds since the run's start. Of points at one step, such as those of a run that was taken up again, the last counts, as in the
    /// run's summary. NaN, infinities and what is beyond ±10³⁰⁰ are gaps. Of more than 5,000 points of a run the least and greatest of equal stretches are drawn. The subtitle counts all of that.
    /// </remarks>
    /// <param name="metric">The metric's key.</param>
    /// <param name="overTime">Whether to draw over seconds since the run's start instead of steps; then every point counts.</param>
    /// <param name="log">Whether the vertical axis is logarithmic; values that are not above 0 are gaps then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">No run logged the metric.</exception>
    /// <exception cref="InvalidOperationException">No value can be drawn.</exception>
    public Figure Curves(string metric, bool overTime = false, bool log = false, CancellationToken cancellationToken = default)
    {
        int[] having = [.. Enumerable.Range(0, Runs.Count).Where(run => Runs[run].Metric(metric) is not null)];
        NeedMetric(having.Length > 0, metric);
        IReadOnlyList<Metric>[] histories = [.. having.Select(run => _store.GetMetricHistory(Runs[run].Info.RunId, metric, cancellationToken))];
        bool seconds = overTime || histories.All(history => history.Count == 0 || history[0].Step == history[^1].Step); // histories are sorted by step
        MetricCurve[] curves = [.. having.Select((run, i) => MetricCurve.Of(Label(run), histories[i], seconds ? Runs[run].Info.StartTime : null, log)).Where(curve => curve.Drawn > 0)];
        if (curves.Length == 0)
        {
            throw new InvalidOperationException($"No value of '{metric}' can be drawn{(log ? " on a logarithmic axis" : "")}: all are NaN or infinite{(log ? " or not above 0" : "")}.");
        }

        MetricCurve[] ends = [.. curves.OrderBy(curve => curve.Last)];
        string finding = curves.Length == 1
            ? $"{metric} ends at {NumberText.Of(ends[0].Last)} in {ends[0].Label}"
            : $"{metric} ends between {NumberText.Of(ends[0].Last)} ({ends[0].Label}) and {NumberText.Of(ends[^1].Last)} ({ends[^1].Label})";
        string[] notes =
        [
            FormattableString.Invariant($"{curves.Length:N0} of {NumberText.Counted(Runs.Count, "run")}, {NumberText.Counted(curves.Sum(curve => curve.Drawn), "point")}"),
            .. Note(curves.Sum(curve => curve.Gaps), log ? "not finite or not above 0: a gap" : "not finite: a gap"),
            .. Note(curves.Sum(curve => curve.Repeated), "at a step logged again: the last counts"),
        ];
        return Chart.Overlay([.. curves.Select(curve => Chart.Line(curve.X, curve.Y, curve.Label))])
            .Titled(finding, string.Join(" · ", notes)).XAxis(seconds ? "time since the start" : "step", seconds ? "s" : "").YAxis(metric, log: log);

        static string[] Note(int n, string what) => n == 0 ? [] : [FormattableString.Invariant($"{n:N0} {what}")];
    }

    private static IEnumerable<int> Drawable(double[] results) => Enumerable.Range(0, results.Length).Where(run => Math.Abs(results[run]) < 1e300); // NaN is not; beyond that an axis has no room

    private double[] ResultsOf(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        double[] results = [.. Runs.Select(run => run.Metric(metric) ?? double.NaN)];
        NeedMetric(Runs.Any(run => run.Metric(metric) is not null), metric);
        return results;
    }

    private ParamAxis AxisOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Runs.Any(run => run.Param(key) is not null)
            ? ParamAxis.Of(key, Runs.Select(run => run.Param(key)))
            : throw new ArgumentException($"None of the {NumberText.Counted(Runs.Count, "run")} has a parameter '{key}'. There are: {Some([.. Differences.Select(param => param.Key), .. Equal.Select(param => param.Key)])}.", nameof(key));
    }

    private ParamAxis[] UsualAxes()
    {
        ParamAxis[] drawable =
        [
            .. Differences.OrderBy(param => param.Values.Contains(null)).Select(param => ParamAxis.Of(param.Key, param.Values))
                .Where(axis => axis.Numbers is not null || axis.Distinct <= MostCategories),
        ];
        ParamAxis[] complete = [.. drawable.Where(axis => Enumerable.Range(0, Runs.Count).All(axis.Has))];
        return [.. (complete.Length > 0 ? complete : drawable).Take(MostAxes)];
    }

    private void NeedMetric(bool there, string metric)
    {
        if (!there)
        {
            throw new ArgumentException(Runs.Count == 0
                ? $"There are no runs, so none has '{metric}'."
                : $"None of the {NumberText.Counted(Runs.Count, "run")} logged '{metric}'. There are: {Some([.. Results.Select(result => result.Key)])}.", nameof(metric));
        }
    }

    private static void NeedOne(int[] drawn, string metric, string and)
    {
        if (drawn.Length == 0)
        {
            throw new InvalidOperationException($"No run has a finite value of '{metric}' {and}.");
        }
    }

    private static string Some(string[] names) => names.Length == 0 ? "none"
        : string.Join(", ", names.Take(10)) + (names.Length > 10 ? FormattableString.Invariant($" and {names.Length - 10} more") : "");

    private string Highest(string metric, double[] results, int[] drawn)
    {
        int best = drawn.MaxBy(run => results[run]);
        int least = drawn.MinBy(run => results[run]);
        return results[best] == results[least]
            ? $"{metric} is {NumberText.Of(results[best])}"
            : $"{metric} from {NumberText.Of(results[least])} ({Label(least)}) to {NumberText.Of(results[best])} ({Label(best)})";
    }

    private string Population(int[] drawn) => drawn.Length == Runs.Count
        ? NumberText.Counted(drawn.Length, "run")
        : FormattableString.Invariant($"{drawn.Length:N0} of {NumberText.Counted(Runs.Count, "run")}: the others lack a finite value");
}
