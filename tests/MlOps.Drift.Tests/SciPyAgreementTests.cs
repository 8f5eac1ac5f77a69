using static MlOps.Drift.Tests.References;

namespace MlOps.Drift.Tests;

/// <summary>Oracle: SciPy 1.10.1, see references/make_references.py.</summary>
public sealed class SciPyAgreementTests
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, SampleCases.Count)];

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, CountCases.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void SampleStatistics_ReferenceCase_EqualSciPy(int index)
    {
        SampleCase known = SampleCases[index];
        var a = SortedSample.Of(known.Reference);
        var b = SortedSample.Of(known.Current);
        string what = $"{known.Kind} {known.N} v {known.M}";

        KolmogorovSmirnov ks = KolmogorovSmirnov.Test(a, b);
        AssertRelative(known.D, ks.Statistic, 1e-12, $"D of {what}");
        AssertClose(known.P, ks.PValue, $"p of {what}");
        AssertRelative(known.Wasserstein, Wasserstein.Measure(a, b).Distance, 1e-9, $"W1 of {what}");
        if (known.Psi is { } psi)
        {
            PopulationStabilityIndex ours = PopulationStabilityIndex.Measure(a, b);
            AssertClose(psi, ours.Value, $"PSI of {what}");
            AssertClose(known.Chance!.Value, ours.ChanceThreshold, $"chance threshold of {what}");
            AssertClose(known.JensenShannon!.Value, JensenShannon.Measure(a.Values, b.Values).Distance, $"JS of {what}");
            AssertClose(known.Kl ?? double.PositiveInfinity, KullbackLeibler.Measure(a.Values, b.Values).Divergence, $"KL of {what}");
        }

        if (known.PsiEqualWidth is { } equalWidth)
        {
            AssertClose(equalWidth, PopulationStabilityIndex.Measure(a, b, Binning.EqualWidth(8)).Value, $"equal-width PSI of {what}");
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void CountStatistics_ReferenceCase_EqualSciPy(int index)
    {
        CountCase known = CountCases[index];
        ChiSquare test = ChiSquare.Test(known.Reference, known.Current);

        AssertClose(known.Chi2, test.Statistic, "chi2");
        AssertClose(known.P, test.PValue, "p");
        AssertRelative(known.P, test.PValue, 1e-9, "p");
        Assert.Equal(known.Dof, test.DegreesOfFreedom);
        AssertClose(known.SmallestExpected, test.SmallestExpected, "smallest expected");
        PopulationStabilityIndex psi = PopulationStabilityIndex.FromCounts(known.Reference, known.Current);
        AssertClose(known.Psi, psi.Value, "PSI");
        AssertClose(known.Chance, psi.ChanceThreshold, "chance threshold");
        AssertClose(known.JensenShannon, JensenShannon.FromCounts(known.Reference, known.Current).Distance, "JS");
        AssertClose(known.JensenShannonBits, JensenShannon.FromCounts(known.Reference, known.Current, 2).Distance, "JS, base 2");
        AssertClose(known.Kl ?? double.PositiveInfinity, KullbackLeibler.FromCounts(known.Reference, known.Current).Divergence, "KL");
        AssertClose(known.KlBits ?? double.PositiveInfinity, KullbackLeibler.FromCounts(known.Reference, known.Current, 2).Divergence, "KL, base 2");
    }

    [Fact]
    public void KolmogorovLaw_AllBranches_EqualSciPy() =>
        Assert.All(Kolmogorov, known => AssertClose(known.P, KolmogorovLaw.Survival(known.N, known.D), $"n {known.N}, d {known.D:R}"));

    [Fact]
    public void KolmogorovLaw_SmallPValues_KeepTheirDigits() =>
        Assert.All(
            Kolmogorov.Where(known => known.P is > 1e-290 and < 1e-3),
            known => AssertRelative(known.P, KolmogorovLaw.Survival(known.N, known.D), 1e-9, $"n {known.N}, d {known.D:R}"));

    [Fact]
    public void SmirnovLaw_SmallAndLargeN_EqualsSciPy() =>
        Assert.All(Smirnov, known => AssertClose(known.P, SmirnovLaw.Survival(known.N, known.D), $"n {known.N}, d {known.D:R}"));
}
