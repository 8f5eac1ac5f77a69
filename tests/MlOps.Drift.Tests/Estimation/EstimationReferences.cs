using System.Text.Json;
using MlOps.Drift.Estimation;

namespace MlOps.Drift.Tests.Estimation;

/// <summary>The numbers of references/estimation.json, made by references/estimation.py, and shared simulations.</summary>
internal static class EstimationReferences
{
    private static readonly JsonDocument Document = Load();

    internal sealed record IsotonicCase(double[] Scores, double[] Targets, double[]? Weights, double[] Queries, double[] Values);

    internal sealed record PlattCase(double[] Scores, bool[] Labels, double RoughA, double RoughB, double A, double B);

    internal sealed record DeLongCase(double[] Scores, bool[] Labels, double Area, double Error);

    internal sealed record ShareCase(int Hits, int N, int OtherHits, int OtherN, double Lower, double Upper, double P);

    internal sealed record MulticlassCase(double[] Rows, int[] Labels, double Accuracy, double MacroF1);

    internal static T Read<T>(string name) => Document.RootElement.GetProperty(name).Deserialize<T>(JsonSerializerOptions.Web)!;

    internal static JsonElement Raw(string name) => Document.RootElement.GetProperty(name);

    /// <summary>Scores whose calibrated probability is <paramref name="truth"/> of them, with labels drawn from it.</summary>
    internal static (double[] Scores, bool[] Labels) Draw(Random random, int n, Func<Random, double> score, Func<double, double> truth)
    {
        double[] scores = new double[n];
        bool[] labels = new bool[n];
        for (int i = 0; i < n; i++)
        {
            scores[i] = score(random);
            labels[i] = random.NextDouble() < truth(scores[i]);
        }

        return (scores, labels);
    }

    internal static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    internal static PerformanceEstimate Only(this PerformanceReport report, PerformanceMetric metric) => Assert.Single(report.Periods)[metric];

    private static JsonDocument Load()
    {
        using Stream stream = typeof(EstimationReferences).Assembly.GetManifestResourceStream("estimation.json")!;
        return JsonDocument.Parse(stream);
    }
}
