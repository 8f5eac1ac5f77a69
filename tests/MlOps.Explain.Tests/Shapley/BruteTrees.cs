using System.Numerics;
using MlOps.Learning;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>The definition of the Shapley value over all 2ᵈ coalitions, for the two ways in which tree SHAP leaves a feature out. Shares no code with src.</summary>
internal static class BruteTrees
{
    /// <summary>Algorithm 1 (EXPVALUE) of Lundberg et al. 2020: an unknown feature goes both ways by cover.</summary>
    internal static double ExpectedValue(Tree tree, int output, double[] row, int known, int node = 0)
    {
        int feature = tree.Features[node];
        if (feature < 0)
        {
            return tree.ValueOf(node)[output];
        }

        int left = tree.Left[node];
        int right = tree.Right[node];
        if ((known >> feature & 1) != 0)
        {
            bool goesLeft = double.IsNaN(row[feature]) ? tree.MissingGoesLeft[node] : (float)row[feature] <= tree.Thresholds[node];
            return ExpectedValue(tree, output, row, known, goesLeft ? left : right);
        }

        return ((tree.Cover[left] * ExpectedValue(tree, output, row, known, left)) + (tree.Cover[right] * ExpectedValue(tree, output, row, known, right))) / tree.Cover[node];
    }

    /// <summary>The mean over the background of the model's number with the known features from the row, the others from the background.</summary>
    internal static double Intervened(Func<double[], double> model, double[] row, double[][] background, int known) =>
        background.Average(other => model([.. row.Select((value, f) => (known >> f & 1) != 0 ? value : other[f])]));

    /// <summary>φᵢ = Σ over coalitions without i of |S|! (d − |S| − 1)! / d! · (v(S ∪ i) − v(S)).</summary>
    internal static double[] Shapley(int d, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, 1 << d).Select(value)];
        var phi = new double[d];
        for (int s = 0; s < values.Length; s++)
        {
            int size = BitOperations.PopCount((uint)s);
            for (int i = 0; i < d; i++)
            {
                if ((s >> i & 1) == 0)
                {
                    phi[i] += Factorial(size) * Factorial(d - size - 1) / Factorial(d) * (values[s | 1 << i] - values[s]);
                }
            }
        }

        return phi;
    }

    /// <summary>Half the Shapley interaction index off the diagonal, the rest of φ on it (Lundberg et al. 2020, section "SHAP interaction values").</summary>
    internal static double[,] Interactions(int d, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, 1 << d).Select(value)];
        double[] phi = Shapley(d, value);
        var result = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            double rest = phi[i];
            for (int j = 0; j < d; j++)
            {
                for (int s = 0; s < values.Length && i != j; s++)
                {
                    if ((s >> i & 1) == 0 && (s >> j & 1) == 0)
                    {
                        int size = BitOperations.PopCount((uint)s);
                        double weight = Factorial(size) * Factorial(d - size - 2) / Factorial(d - 1) / 2;
                        result[i, j] += weight * (values[s | 1 << i | 1 << j] - values[s | 1 << i] - values[s | 1 << j] + values[s]);
                    }
                }

                rest -= i == j ? 0 : result[i, j];
            }

            result[i, i] = rest;
        }

        return result;
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    internal static (Matrix X, double[] Y, Labels Classes) Data(int rows, int d, int seed, int classes = 2, double missing = 0)
    {
        var random = new Random(seed);
        var values = new double[rows * d];
        var y = new double[rows];
        var codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int f = 0; f < d; f++)
            {
                values[(i * d) + f] = f % 3 == 2 ? random.Next(4) : random.NextDouble();
            }

            y[i] = (3 * values[i * d]) + (values[(i * d) + 1] * values[(i * d) + d - 1]) + (values[(i * d) + (d / 2)] > 0.5 ? 1 : 0) + random.NextDouble();
            codes[i] = (int)(y[i] * 3) % classes;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble() < missing ? double.NaN : values[i];
        }

        return (new Matrix(rows, d, values), y, new Labels(codes, [.. Enumerable.Range(0, classes).Select(c => $"c{c}")]));
    }
}
