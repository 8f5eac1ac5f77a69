using System.Globalization;
using MlOps.Charts;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Simulation;

/// <summary>A detector's threshold, chosen for a budget of false alarms from several that were simulated.</summary>
/// <param name="Candidates">What was tried, by rising threshold.</param>
/// <param name="Budget">False alarms per value that are affordable.</param>
/// <param name="Chosen">Of those within the budget the one with the shortest median delay (then the lowest threshold); null if none is.</param>
public sealed record DetectorChoice(IReadOnlyList<DetectorCandidate> Candidates, double Budget, DetectorCandidate? Chosen)
{
    /// <summary>Draws false alarms against delay: each point is a threshold. Missed changes put a point off the chart.</summary>
    /// <exception cref="InvalidOperationException">No candidate saw the change in half of its runs.</exception>
    public Figure Chart()
    {
        DetectorCandidate[] seen = [.. Candidates.Where(candidate => double.IsFinite(candidate.Simulation.MedianDelay))];
        if (seen.Length == 0)
        {
            throw new InvalidOperationException("No threshold saw the change in half of its runs; try lower ones or a longer stream.");
        }

        Figure figure = MlOps.Charts.Chart.Line(
                seen.Select(candidate => candidate.Simulation.MedianDelay).ToArray(),
                seen.Select(candidate => 1000 * candidate.Simulation.FalseAlarmRate).ToArray(),
                "thresholds",
                Role.Current,
                markers: true)
            .Titled(
                Chosen is { } chosen ? Text($"Threshold {chosen.Threshold:G4} keeps the budget and sees the change after {chosen.Simulation.MedianDelay:0} values") : "No threshold keeps the budget",
                Text($"{Candidates.Count} thresholds, {Candidates[0].Simulation.Runs} simulated streams each"))
            .XAxis("median delay", "values")
            .YAxis("false alarms", "per 1,000 values")
            .Threshold(1000 * Budget, "budget");
        foreach (DetectorCandidate candidate in seen)
        {
            figure = figure.Annotate(candidate.Simulation.MedianDelay, 1000 * candidate.Simulation.FalseAlarmRate, Text($"{candidate.Threshold:G4}"));
        }

        return figure;
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns a table with a line a candidate, the chosen one marked.</summary>
    public override string ToString() => string.Join('\n', Candidates.Select(Line).Prepend(
        "  threshold  false alarms per 1,000 (95 %)   median delay  nine of ten  missed"));

    private string Line(DetectorCandidate candidate)
    {
        StreamSimulation simulation = candidate.Simulation;
        (double low, double high) = simulation.FalseAlarmInterval;
        string alarms = Text($"{1000 * simulation.FalseAlarmRate:0.000} ({1000 * low:0.000} to {1000 * high:0.000})");
        return Text($"{(candidate == Chosen ? "→" : " ")} {candidate.Threshold,9:G4}  {alarms,-29} {simulation.MedianDelay,13:0}  {simulation.DelayQuantile(0.9),11:0}  {100 * simulation.MissedShare,4:0.#} %");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
