using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Simulation;

/// <summary>A threshold for a statistic, chosen so that quiet data cross it only as often as agreed.</summary>
/// <param name="Threshold">Alarm when the statistic is above it; in the statistic's unit.</param>
/// <param name="Low">Lower end of the 95 % interval of the threshold: with other random numbers it might have come out so low.</param>
/// <param name="High">Upper end; +∞ if too few runs were made to bound it.</param>
/// <param name="Budget">The share of quiet comparisons that may alarm, in (0, 1).</param>
/// <param name="Runs">Quiet comparisons that were simulated.</param>
public sealed record ThresholdChoice(double Threshold, double Low, double High, double Budget, int Runs)
{
    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the choice in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"alarm above {Threshold:G4} (95 %: {Low:G4} to {High:G4}): {100 * Budget:0.###} % of quiet comparisons cross it, by {Runs} simulated ones");
}
