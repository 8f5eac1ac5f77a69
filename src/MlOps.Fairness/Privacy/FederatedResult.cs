using MlOps.Charts;

namespace MlOps.Fairness.Privacy;

/// <summary>What clients learned together.</summary>
/// <param name="Parameters">The shared parameters after the last round.</param>
/// <param name="Rounds">What happened in each round.</param>
public sealed record FederatedResult(IReadOnlyList<double> Parameters, IReadOnlyList<FederatedRound> Rounds)
{
    /// <summary>Draws the score of every round.</summary>
    /// <param name="score">What the score is: the name of the axis.</param>
    /// <exception cref="InvalidOperationException">No evaluation was given.</exception>
    public Figure Chart(string score)
    {
        if (Rounds.Any(round => round.Score is null))
        {
            throw new InvalidOperationException("There are no scores to draw: give Run an evaluation.");
        }

        double[] values = [.. Rounds.Select(round => round.Score!.Value)];
        return Charts.Chart.Line(Rounds.Select(round => (double)round.Number).ToArray(), values, score)
            .Titled($"{score} goes from {FormattableString.Invariant($"{values[0]:0.###}")} to {FormattableString.Invariant($"{values[^1]:0.###}")} in {Rounds.Count} rounds")
            .XAxis("round").YAxis(score);
    }
}
