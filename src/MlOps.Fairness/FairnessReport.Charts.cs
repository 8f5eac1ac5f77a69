using System.Globalization;
using MlOps.Charts;

namespace MlOps.Fairness;

public sealed partial record FairnessReport
{
    /// <summary>Groups drawn at most; more would not be read.</summary>
    private const int ShownGroups = 20;

    private const int ShownLines = 6;

    /// <summary>Draws the selection rate, the true positive rate and the false positive rate of every group with their intervals; beside the selection rates, four fifths of the highest one.</summary>
    /// <remarks>Of more than 20 groups the largest are drawn. A rate that is undefined is not drawn.</remarks>
    public Figure RatesChart()
    {
        GroupOutcome[] shown = [.. Groups.Where(outcome => outcome.Counts.Total > 0).OrderByDescending(outcome => outcome.Counts.Total).Take(ShownGroups)];
        shown = [.. Groups.Where(shown.Contains)];
        Figure selection = Dots(shown, counts => counts.SelectionRate, "selection rate");
        if (FourFifths.Ratios.FirstOrDefault(ratio => ratio.Group == FourFifths.MostSelected)?.SelectionRate.Value is { } highest)
        {
            selection = selection.Threshold(highest * FourFifthsRule.Limit, "4/5 of highest");
        }

        string rest = shown.Length < Groups.Count ? string.Create(CultureInfo.InvariantCulture, $"; {shown.Length} of the groups are drawn") : "";
        return Chart.Grid(
            3,
            selection,
            Dots(shown, counts => counts.TruePositiveRate, "true positive rate"),
            Dots(shown, counts => counts.FalsePositiveRate, "false positive rate"))
            .Titled(Headline(), string.Create(CultureInfo.InvariantCulture, $"{FairnessText.Rows(this)}; bars: {Options.Confidence:0.##%} Wilson intervals{(FourFifths.MostSelected is null ? "" : "; line: four-fifths rule (EEOC 1978)")}{rest}"));
    }

    /// <summary>Draws for each group what came true against what the score said; on the diagonal a score keeps its word.</summary>
    /// <remarks>The six largest groups at most.</remarks>
    /// <exception cref="InvalidOperationException">The report was made without scores, or no group has one.</exception>
    public Figure CalibrationChart()
    {
        GroupOutcome[] scored = [.. Groups.Where(outcome => outcome.Scores is { Bins.Count: > 0 }).OrderByDescending(outcome => outcome.Scores!.Count).Take(ShownLines)];
        if (scored.Length == 0)
        {
            throw new InvalidOperationException("No group has scores: make the report with scores to draw its calibration.");
        }

        Figure figure = Chart.Line([0.0, 1.0], [0.0, 1.0], "calibrated", Role.Reference, markers: false);
        foreach (GroupOutcome outcome in scored)
        {
            IReadOnlyList<ScoreBin> bins = outcome.Scores!.Bins;
            figure = figure.Add(Chart.Line([.. bins.Select(bin => (Value)bin.MeanScore)], [.. bins.Select(bin => (Value)bin.Observed.Value)], outcome.Group));
        }

        GroupOutcome worst = scored.MaxBy(outcome => outcome.Scores!.ExpectedCalibrationError)!;
        return figure
            .Titled(
                string.Create(CultureInfo.InvariantCulture, $"Scores miss by {worst.Scores!.ExpectedCalibrationError:0.000} on average for {worst.Group}, the least calibrated group"),
                FairnessText.Rows(this))
            .XAxis("mean score", min: 0, max: 1)
            .YAxis("observed share", min: 0, max: 1);
    }

    private Figure Dots(GroupOutcome[] shown, Func<OutcomeCounts, Rate> rate, string name)
    {
        Rate[] rates = [.. shown.Select(outcome => rate(outcome.Counts))];
        ConfidenceInterval?[] intervals = [.. rates.Select(known => known.Wilson(Options.Confidence))];
        return Chart.Scatter([.. shown.Select(outcome => (Value)outcome.Group)], [.. rates.Select(known => (Value)known.Value)], name, Role.Current)
            .WithErrors([.. rates.Zip(intervals, (known, interval) => (Value)(known.Value - interval?.Low))], [.. rates.Zip(intervals, (known, interval) => (Value)(interval?.High - known.Value))])
            .XAxis(string.Join(", ", Columns))
            .YAxis(name, min: 0, max: 1);
    }
}
