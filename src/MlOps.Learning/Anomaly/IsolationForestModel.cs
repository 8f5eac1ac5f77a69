using MlOps.Learning.Trees;

namespace MlOps.Learning.Anomaly;

/// <summary>A fitted isolation forest. Immutable.</summary>
public sealed class IsolationForestModel : IAnomalyDetector
{
    internal IsolationForestModel(Tree[] trees, int sampleSize, IReadOnlyList<string> featureNames)
    {
        Trees = trees;
        SampleSize = sampleSize;
        FeatureNames = [.. featureNames];
    }

    /// <summary>Gets the trees. The value of a node is the path length of a case that ends there: its depth, and <see cref="MeanPathLength"/> of the cases in it.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>Gets ψ, the number of cases each tree saw.</summary>
    public int SampleSize { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Scores every case: <c>2^(−E[h] / c(ψ))</c>, h the length of its path in a tree. In (0, 1]; about 0.5 is usual, near 1 strange.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public double[] Score(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        double[] lengths = TreeEnsemble.Mean(Trees, x, 1);
        double usual = MeanPathLength(SampleSize);
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = Math.Pow(2, -lengths[i] / usual);
        }

        return lengths;
    }

    /// <summary>The mean length of an unsuccessful search in a binary search tree of n cases: <c>c(n) = 2(ln(n − 1) + γ) − 2(n − 1)/n</c>; c(1) = 0, c(2) = 1.</summary>
    /// <param name="count">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static double MeanPathLength(int count)
    {
        const double EulerGamma = 0.5772156649015329;
        return Guard.AtLeast(count, 1) switch
        {
            1 => 0,
            2 => 1,
            _ => (2 * (Math.Log(count - 1.0) + EulerGamma)) - (2 * (count - 1.0) / count),
        };
    }
}
