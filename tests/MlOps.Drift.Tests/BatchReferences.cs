using System.Text.Json;

namespace MlOps.Drift.Tests;

/// <summary>SciPy 1.10.1's numbers in references/batch.json, made by references/batch.py. Pairs are statistic and p-value; sides are two-sided, less, greater.</summary>
internal static class BatchReferences
{
    private static readonly JsonDocument Document = Load();

    internal sealed record SampleCase(string Kind, int N, int M, long Seed, long OtherSeed, double Shift)
    {
        public double[]? Midrank { get; init; }

        public double[]? Right { get; init; }

        public double[]? Critical { get; init; }

        public double[]? Cramer { get; init; }

        public double[]? CramerAsymptotic { get; init; }

        public double[]? Welch { get; init; }

        public double[]? WelchSided { get; init; }

        public double U { get; init; }

        public double?[] MannWhitney { get; init; } = [];

        public double?[] MannWhitneyPlain { get; init; } = [];

        public double[]? MannWhitneyExact { get; init; }

        public double Energy { get; init; }

        public double[] KsAsymptotic { get; init; } = [];

        public double KsLimit { get; init; }

        public double[]? KsExact { get; init; }

        internal string What => $"{Kind} {N} v {M}";

        internal SortedSample Reference() => SortedSample.Of(Samples.Make(Kind, N, Seed, 0));

        internal SortedSample Current() => SortedSample.Of(Samples.Make(Kind, M, OtherSeed, Shift));
    }

    internal sealed record TableCase(long[] Table, double? Odds, double[] Fisher, double? Conditional, double[]? Z, double[]? Newcombe);

    internal sealed record CountCase(long[] Reference, long[] Current, double G, double P, int Dof, double V, double TotalVariation, double Hellinger);

    internal sealed record OneSidedCase(int N, int M, double[] Less, double[] Greater);

    internal sealed record GroupCase(int K, bool Midrank, double Statistic, double P, double[] Critical);

    internal sealed record StudentCase(double T, double Df, double Sf);

    internal sealed record StudentQuantileCase(double P, double Df, double T);

    internal static IReadOnlyList<SampleCase> SampleCases { get; } = Read<SampleCase>("samples");

    internal static IReadOnlyList<TableCase> Tables { get; } = Read<TableCase>("tables");

    internal static IReadOnlyList<CountCase> Counts { get; } = Read<CountCase>("counts");

    internal static IReadOnlyList<OneSidedCase> OneSided { get; } = Read<OneSidedCase>("oneSided");

    internal static IReadOnlyList<GroupCase> Groups { get; } = Read<GroupCase>("groups");

    internal static IReadOnlyList<StudentCase> Student { get; } = Read<StudentCase>("student");

    internal static IReadOnlyList<StudentQuantileCase> StudentQuantiles { get; } = Read<StudentQuantileCase>("studentQuantiles");

    private static IReadOnlyList<T> Read<T>(string name) => Document.RootElement.GetProperty(name).Deserialize<List<T>>(JsonSerializerOptions.Web)!;

    private static JsonDocument Load()
    {
        using Stream stream = typeof(BatchReferences).Assembly.GetManifestResourceStream("batch.json")!;
        return JsonDocument.Parse(stream);
    }
}
