namespace MlOps.Learning.Tests.Trees;

/// <summary>Measures by their definitions, so that these tests do not lean on other code under test.</summary>
internal static class Measures
{
    /// <summary>The share of pairs (positive, negative) in the right order; ties count half.</summary>
    internal static double Auc(double[] scores, double[] y)
    {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                if (y[i] > y[j])
                {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        return wins / pairs;
    }

    internal static double Accuracy(int[] predicted, double[] y) => predicted.Zip(y, (p, t) => p == t ? 1.0 : 0).Average();

    internal static double Rmse(double[] predicted, double[] y) => Math.Sqrt(predicted.Zip(y, (p, t) => (p - t) * (p - t)).Average());

    internal static double Mae(double[] predicted, double[] y) => predicted.Zip(y, (p, t) => Math.Abs(p - t)).Average();

    internal static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        return a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum() / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }

    internal static double LargestGap(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();

    /// <summary>Rows that repeat where their whole weight is 2, 3, … and are missing where it is 0.</summary>
    internal static int[] Repeated(double[] weights) => [.. Enumerable.Range(0, weights.Length).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];

    internal static (Matrix X, double[] Y) Made(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, rows).Select(i => Math.Sin(6 * values[i * columns]) + values[(i * columns) + 1] + (0.2 * random.NextDouble()))];
        return (new Matrix(rows, columns, values), y);
    }

    internal static Labels Halves(double[] y)
    {
        double middle = y.Order().ElementAt(y.Length / 2);
        return Labels.Of(y.Select(value => value >= middle));
    }
}
