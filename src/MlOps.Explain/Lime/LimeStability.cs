using MlOps.Charts;

namespace MlOps.Explain.Lime;

/// <summary>How much a LIME explanation depends on its seed.</summary>
/// <param name="Features">One entry a condition that any run chose, the most often chosen first.</param>
/// <param name="Agreement">The mean over pairs of runs of |both chose| / |either chose| (Jaccard), in [0, 1]; 1: every run chose the same features.</param>
/// <param name="Runs">How many runs.</param>
/// <remarks>Source of the question: D. Alvarez-Melis, T. Jaakkola, "On the Robustness of Interpretability Methods", WHI 2018.</remarks>
public sealed record LimeStability(IReadOnlyList<LimeStableFeature> Features, double Agreement, int Runs)
{
    /// <summary>Draws the mean weights with one standard deviation either way.</summary>
    /// <exception cref="InvalidOperationException">No run chose a feature.</exception>
    public Figure Chart() => Features.Count == 0
        ? throw new InvalidOperationException("No run chose a feature: the model gives every sample near the row the same number.")
        : MlOps.Charts.Chart.HorizontalBar(Features.Select(feature => feature.Condition).ToArray(), Features.Select(feature => feature.Mean).ToArray(), "mean weight")
            .WithErrors(Features.Select(feature => feature.StandardDeviation).ToArray())
            .Titled(FormattableString.Invariant($"{Runs} seeds agree on {100 * Agreement:0} % of the chosen features"), "mean weight over the seeds; bars: one standard deviation")
            .XAxis("weight").YAxis("condition that the row meets");

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The features with mean and standard deviation of their weights.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Features
        .Select(feature => FormattableString.Invariant($"  {feature.Mean,10:+0.####;-0.####;0} ± {feature.StandardDeviation:0.####}  {feature.Condition}, chosen in {100 * feature.ChosenShare:0} % of runs"))
        .Prepend(FormattableString.Invariant($"{Runs} runs of LIME with other seeds: they agree on {100 * Agreement:0} % of the chosen features.")));

    internal static LimeStability Of(IReadOnlyList<LimeExplanation> runs)
    {
        double[][] weights = [.. runs.Select(run => run.Explanation.Contributions.Select(contribution => contribution.Amount).ToArray())];
        var features = new List<LimeStableFeature>();
        for (int j = 0; j < weights[0].Length; j++)
        {
            double[] values = [.. weights.Select(run => run[j])];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
            double chosen = (double)values.Count(value => value != 0) / values.Length;
            if (chosen > 0)
            {
                features.Add(new LimeStableFeature(runs[0].Explanation.Contributions[j].Feature, runs[0].Conditions[j], mean, deviation, chosen));
            }
        }

        return new LimeStability([.. features.OrderByDescending(feature => feature.ChosenShare).ThenByDescending(feature => Math.Abs(feature.Mean))], MeanJaccard(weights), runs.Count);
    }

    private static double MeanJaccard(double[][] weights)
    {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < weights.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                int both = 0;
                int either = 0;
                for (int j = 0; j < weights[a].Length; j++)
                {
                    both += weights[a][j] != 0 && weights[b][j] != 0 ? 1 : 0;
                    either += weights[a][j] != 0 || weights[b][j] != 0 ? 1 : 0;
                }

                sum += either == 0 ? 1 : (double)both / either; // two runs that chose nothing agree
                pairs++;
            }
        }

        return sum / pairs;
    }
}
