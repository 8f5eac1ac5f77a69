using System.Text.Json;

namespace MlOps.Drift.Tests;

/// <summary>SciPy's numbers in references/references.json, made by references/make_references.py.</summary>
internal static class References
{
    private static readonly JsonDocument Document = Load();

    internal sealed record SampleCase(
        string Kind, int N, int M, long Seed, long OtherSeed, double Shift, double D, double P, double Wasserstein,
        double? Psi, double? Chance, double? JensenShannon, double? Kl, double? PsiEqualWidth)
    {
        internal double[] Reference => Samples.Make(Kind, N, Seed, 0);

        internal double[] Current => Samples.Make(Kind, M, OtherSeed, Shift);
    }

    internal sealed record CountCase(
        long[] Reference, long[] Current, double Chi2, double P, int Dof, double SmallestExpected, double Psi, double Chance,
        double JensenShannon, double JensenShannonBits, double? Kl, double? KlBits);

    internal sealed record LawCase(int N, double D, double P);

    internal static IReadOnlyList<SampleCase> SampleCases { get; } = Read<SampleCase>("samples");

    internal static IReadOnlyList<CountCase> CountCases { get; } = Read<CountCase>("counts");

    internal static IReadOnlyList<LawCase> Kolmogorov { get; } = Read<LawCase>("kolmogorov");

    internal static IReadOnlyList<LawCase> Smirnov { get; } = Read<LawCase>("smirnov");

    /// <summary>Equal to 1e-9, relative to numbers above 1 and absolute below.</summary>
    internal static void AssertClose(double expected, double actual, string what) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what}: SciPy {expected:R}, ours {actual:R}");

    /// <summary>Equal to a relative error, also for tiny numbers.</summary>
    internal static void AssertRelative(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{what}: SciPy {expected:R}, ours {actual:R}");

    private static IReadOnlyList<T> Read<T>(string name) =>
        Document.RootElement.GetProperty(name).Deserialize<List<T>>(JsonSerializerOptions.Web)!;

    private static JsonDocument Load()
    {
        using Stream stream = typeof(References).Assembly.GetManifestResourceStream("references.json")!;
        return JsonDocument.Parse(stream);
    }
}
