using MlOps.Charts;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness;

public sealed partial record RegressionFairness
{
    /// <summary>Returns the report as JSON.</summary>
    /// <remarks><c>{"groups":[{"group","count","meanTruth","meanPrediction","meanError","meanAbsoluteError","rootMeanSquaredError","rSquared"}],"metrics":{…},
    /// "gaps":[{"first","second","wasserstein","kolmogorovSmirnov"}]}</c>; what is undefined is null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => Json.Write(indented, json =>
    {
        json.WriteArray("groups", Groups, group =>
        {
            json.WriteString("group", group.Group);
            json.WriteNumber("count", group.Count);
            json.WriteOptional("meanTruth", group.MeanTruth);
            json.WriteOptional("meanPrediction", group.MeanPrediction);
            json.WriteOptional("meanError", group.MeanError);
            json.WriteOptional("meanAbsoluteError", group.MeanAbsoluteError);
            json.WriteOptional("rootMeanSquaredError", group.RootMeanSquaredError);
            json.WriteOptional("rSquared", group.RSquared);
        });
        json.WriteMetrics(Metrics);
        json.WriteArray("gaps", Gaps, gap =>
        {
            json.WriteString("first", gap.First);
            json.WriteString("second", gap.Second);
            json.WriteOptional("wasserstein", gap.Wasserstein);
            json.WriteOptional("kolmogorovSmirnov", gap.KolmogorovSmirnov);
        });
    });

    /// <summary>Returns how a notebook shows the report: a table of the groups and the comparisons below it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Grid().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Grid().ToText();

    /// <summary>Draws the mean error of every group somebody belongs to: above zero the model overestimates the group.</summary>
    /// <exception cref="InvalidOperationException">Nobody belongs to a group.</exception>
    public Figure Chart()
    {
        RegressionOutcome[] drawn = [.. Groups.Where(group => group.Count > 0)];
        RegressionOutcome worst = drawn.MaxBy(group => Math.Abs(group.MeanError!.Value)) ?? throw new InvalidOperationException("Nobody belongs to a group: there is nothing to draw.");
        string finding = worst.MeanError == 0
            ? "No group is over- or underestimated on average"
            : $"'{worst.Group}' is {(worst.MeanError > 0 ? "over" : "under")}estimated most, by {ReportGrid.Number(Math.Abs(worst.MeanError!.Value))} on average";
        return MlOps.Charts.Chart.HorizontalBar(drawn.Select(group => group.Group).ToArray(), drawn.Select(group => group.MeanError).ToArray(), "mean error", Role.Current)
            .Titled(finding, $"{ReportGrid.Count(Overall.Count)} rows, by {string.Join(" × ", Columns)}")
            .XAxis("mean of prediction − truth");
    }

    private ReportGrid Grid()
    {
        string[] header = ["group", "count", "mean truth", "mean prediction", "mean error", "MAE", "RMSE", "R²"];
        string[][] rows = [.. Groups.Append(Overall).Select(group => (string[])
        [
            group.Group, ReportGrid.Count(group.Count), ReportGrid.Number(group.MeanTruth), ReportGrid.Number(group.MeanPrediction), ReportGrid.Number(group.MeanError),
            ReportGrid.Number(group.MeanAbsoluteError), ReportGrid.Number(group.RootMeanSquaredError), ReportGrid.Number(group.RSquared),
        ])];
        return new ReportGrid(Headline(), $"by {string.Join(" × ", Columns)}", header, rows, [.. Metrics.Select(ReportGrid.Line)]);
    }

    private string Headline()
    {
        RegressionOutcome[] inhabited = [.. Groups.Where(group => group.Count > 0)];
        return inhabited.Length < 2
            ? "Fewer than two groups have rows: nothing to compare"
            : $"'{inhabited.MaxBy(group => group.MeanAbsoluteError)!.Group}' has the largest errors: MAE {ReportGrid.Number(inhabited.Max(group => group.MeanAbsoluteError))}, overall {ReportGrid.Number(Overall.MeanAbsoluteError)}";
    }
}
