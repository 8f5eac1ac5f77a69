namespace MlOps.Explain.Images;

/// <summary>LIME's answer for one picture: a weight a patch, and how far it can be believed.</summary>
/// <param name="Map">The weights spread over the pixels of their patches. Its residual is what the linear model misses of the score.</param>
/// <param name="Patches">How the picture was cut.</param>
/// <param name="Weights">By how much showing a patch instead of hiding it changes the score, one a patch; below 0 it speaks against the class.</param>
/// <param name="RSquared">How much of the score's variation near the picture the linear model catches, weighted; at most 1. Below some 0.5 the weights say little. Null where every sample has the same score.</param>
/// <param name="LocalPrediction">What the linear model says for the whole picture; far from the score means a poor fit.</param>
/// <param name="Samples">How often the model was asked.</param>
/// <param name="KernelWidth">The width of the kernel.</param>
/// <param name="Seed">The seed.</param>
public sealed record LimeImageExplanation(
    AttributionMap Map, Superpixels Patches, IReadOnlyList<double> Weights, double? RSquared, double LocalPrediction, int Samples, double KernelWidth, int Seed)
{
    /// <summary>Returns what the map says, and how well the linear model fits.</summary>
    public override string ToString() =>
        $"{Map}; {Patches.Count} patches, {(RSquared is { } r ? FormattableString.Invariant($"R² {r:0.00}") : "R² undefined: every sample got the same score")}, {FormattableString.Invariant($"{Samples:#,0} samples, seed {Seed}")}";
}
