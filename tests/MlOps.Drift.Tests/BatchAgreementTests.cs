using static MlOps.Drift.Tests.BatchReferences;
using static MlOps.Drift.Tests.References;

namespace MlOps.Drift.Tests;

/// <summary>Oracle: SciPy 1.10.1, see references/batch.py. Statistics and p-values to 1e-9 unless said otherwise.</summary>
public sealed class BatchAgreementTests
{
    private static readonly Alternative[] Sides = [Alternative.TwoSided, Alternative.Less, Alternative.Greater];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, BatchReferences.SampleCases.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AndersonDarling_ReferenceCase_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        if (known.Midrank is null)
        {
            return;
        }

        foreach ((bool midrank, double[] expected) in new[] { (true, known.Midrank), (false, known.Right!) })
        {
            AndersonDarling test = AndersonDarling.Test([known.Reference(), known.Current()], midrank);
            AssertClose(expected[0], test.Statistic, known.What);
            AssertClose(expected[1], test.PValue, known.What);
            Assert.Equal(test.IsClipped, test.PValue is 0.25 or 0.001);
            Assert.All(known.Critical!.Zip(test.CriticalValues), pair => AssertClose(pair.First, pair.Second, known.What));
        }
    }

    [Fact]
    public void AndersonDarling_TwoToFourSamples_EqualSciPy()
    {
        SortedSample[] samples =
        [
            SortedSample.Of(Samples.Make("bell", 50, 1, 0)), SortedSample.Of(Samples.Make("bell", 60, 4, 0.1)),
            SortedSample.Of(Samples.Make("bell", 45, 7, 0.05)), SortedSample.Of(Samples.Make("ties", 30, 2, 0)),
        ];

        Assert.All(Groups, known =>
        {
            AndersonDarling test = AndersonDarling.Test(samples[..known.K], known.Midrank);
            AssertClose(known.Statistic, test.Statistic, $"{known.K} samples");
            AssertClose(known.P, test.PValue, $"{known.K} samples");
            Assert.All(known.Critical.Zip(test.CriticalValues), pair => AssertClose(pair.First, pair.Second, $"{known.K} samples"));
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CramerVonMises_ReferenceCase_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        if (known.Cramer is null)
        {
            return;
        }

        CramerVonMises test = CramerVonMises.Test(known.Reference(), known.Current());
        AssertClose(known.Cramer[0], test.Statistic, known.What);
        Assert.Equal(Math.Max(known.N, known.M) <= 20 ? PValueMethod.Exact : PValueMethod.Asymptotic, test.Method);
        Assert.Equal(known.Cramer[1], test.PValue, test.Method == PValueMethod.Exact ? 1e-12 : 5e-7); // SciPy's series stops at terms of 1e-7
        Assert.Equal(known.CramerAsymptotic![1], CramerVonMises.Test(known.Reference(), known.Current(), PValueMethod.Asymptotic).PValue, 5e-7);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Welch_ReferenceCase_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        if (known.Welch is null)
        {
            return;
        }

        double[] expected = known.Welch;
        Welch test = Welch.Test(known.Reference().Values, known.Current().Values);
        bool isFar = known.Kind == "far"; // at 1e9 ± 1 NumPy's mean has lost half of its digits
        AssertRelative(expected[0], test.Statistic, isFar ? 1e-4 : 1e-9, known.What);
        AssertRelative(expected[1], test.PValue, isFar ? 1e-4 : 1e-9, known.What);
        AssertRelative(expected[2], test.DegreesOfFreedom, isFar ? 1e-4 : 1e-9, known.What);
        AssertRelative(expected[3], test.MeanDifference, isFar ? 1e-4 : 1e-9, known.What);
        double[] levels = [0.9, 0.95, 0.999];
        for (int i = 0; i < levels.Length; i++)
        {
            (double low, double high) = test.ConfidenceInterval(levels[i]);
            AssertRelative(expected[4 + i], (high - low) / 2, isFar ? 1e-4 : 5e-9, known.What); // SciPy's inverse of t has nine digits
            AssertClose(test.MeanDifference, (high + low) / 2, known.What);
        }

        if (!isFar)
        {
            AssertClose(known.WelchSided![0], Welch.Test(known.Reference().Values, known.Current().Values, Alternative.Less).PValue, known.What);
            AssertClose(known.WelchSided[1], Welch.Test(known.Reference().Values, known.Current().Values, Alternative.Greater).PValue, known.What);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MannWhitney_ReferenceCase_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        (SortedSample a, SortedSample b) = (known.Reference(), known.Current());
        for (int i = 0; i < Sides.Length; i++)
        {
            MannWhitney test = MannWhitney.Test(a, b, Sides[i]);
            Assert.Equal(known.U, test.Statistic);
            AssertClose(known.MannWhitney[i] ?? 1, test.PValue, $"{known.What}, {Sides[i]}");
            MannWhitney plain = MannWhitney.Test(a, b, Sides[i], PValueMethod.Asymptotic, continuity: false);
            AssertClose(known.MannWhitneyPlain[i] ?? 1, plain.PValue, $"{known.What}, {Sides[i]}, without continuity"); // 0/0 is NaN there and 1 here
            if (known.MannWhitneyExact is { } exact)
            {
                AssertRelative(exact[i], MannWhitney.Test(a, b, Sides[i], PValueMethod.Exact).PValue, 1e-10, $"{known.What}, {Sides[i]}, exact");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EnergyDistance_ReferenceCase_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        AssertClose(known.Energy, EnergyDistance.Measure(known.Reference(), known.Current()).Distance, known.What);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void KolmogorovSmirnov_EveryLawAndSide_EqualsSciPy(int index)
    {
        BatchReferences.SampleCase known = BatchReferences.SampleCases[index];
        (SortedSample a, SortedSample b) = (known.Reference(), known.Current());
        for (int i = 0; i < Sides.Length; i++)
        {
            KolmogorovSmirnov test = KolmogorovSmirnov.Test(a, b, KolmogorovMethod.Asymptotic, Sides[i]);
            AssertClose(known.KsAsymptotic[2 * i], test.Statistic, $"{known.What}, {Sides[i]}");
            AssertClose(known.KsAsymptotic[(2 * i) + 1], test.PValue, $"{known.What}, {Sides[i]}");
            Assert.Equal(Sides[i], test.Alternative);
        }

        AssertClose(known.KsLimit, KolmogorovSmirnov.Test(a, b, KolmogorovMethod.Limit).PValue, known.What);
        if (known.KsExact is { } exact)
        {
            AssertClose(exact[1], KolmogorovSmirnov.Test(a, b, KolmogorovMethod.Exact).PValue, known.What);
        }
    }

    [Fact]
    public void KolmogorovSmirnov_OneSidedExact_EqualsSciPy() => Assert.All(OneSided, known =>
    {
        double[] a = Samples.Make("bell", known.N, 3, 0);
        double[] b = Samples.Make("bell", known.M, 8, 0.1);
        KolmogorovSmirnov less = KolmogorovSmirnov.Test(a, b, alternative: Alternative.Less);
        KolmogorovSmirnov greater = KolmogorovSmirnov.Test(a, b, alternative: Alternative.Greater);

        AssertClose(known.Less[0], less.Statistic, $"{known.N} v {known.M}");
        AssertClose(known.Less[1], less.PValue, $"{known.N} v {known.M}");
        AssertClose(known.Greater[0], greater.Statistic, $"{known.N} v {known.M}");
        AssertClose(known.Greater[1], greater.PValue, $"{known.N} v {known.M}");
    });

    [Fact]
    public void FisherExact_EveryTableAndSide_EqualsSciPy() => Assert.All(Tables, known =>
    {
        (long a, long b, long c, long d) = (known.Table[0], known.Table[1], known.Table[2], known.Table[3]);
        string what = string.Join(' ', known.Table);
        for (int i = 0; i < Sides.Length; i++)
        {
            AssertClose(known.Fisher[i], FisherExact.Test(a, b, c, d, Sides[i]).PValue, $"{what}, {Sides[i]}");
        }

        FisherExact test = FisherExact.Test(a, b, c, d);
        bool hasMargins = a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0;
        Assert.Equal(known.Odds ?? (hasMargins ? double.PositiveInfinity : double.NaN), test.OddsRatio, 1e-12);
        if (known.Conditional is { } conditional)
        {
            AssertRelative(conditional, test.ConditionalOddsRatio(), 1e-8, what); // SciPy's root finder stops there
        }
    });

    [Fact]
    public void ProportionsZ_EveryTable_EqualsTheFormulaInSciPy() => Assert.All(Tables.Where(known => known.Newcombe is not null), known =>
    {
        (long a, long b, long c, long d) = (known.Table[0], known.Table[1], known.Table[2], known.Table[3]);
        string what = string.Join(' ', known.Table);
        ProportionsZ test = ProportionsZ.Test(a, a + b, c, c + d);
        if (known.Z is { } z)
        {
            AssertClose(z[0], test.Statistic, what);
            AssertClose(z[1], test.PValue, what);
            AssertClose(z[2], ProportionsZ.Test(a, a + b, c, c + d, Alternative.Less).PValue, what);
            AssertClose(z[3], ProportionsZ.Test(a, a + b, c, c + d, Alternative.Greater).PValue, what);
        }

        (double low, double high) = test.ConfidenceInterval();
        AssertClose(known.Newcombe![0], low, what);
        AssertClose(known.Newcombe[1], high, what);
    });

    [Fact]
    public void CountTests_EveryCase_EqualSciPy() => Assert.All(BatchReferences.Counts, known =>
    {
        GTest test = GTest.Test(known.Reference, known.Current);
        string what = string.Join(' ', known.Reference);

        AssertClose(known.G, test.Statistic, what);
        AssertClose(known.P, test.PValue, what);
        Assert.Equal(known.Dof, test.DegreesOfFreedom);
        AssertClose(known.V, test.CramersV, what);
        AssertClose(known.V, ChiSquare.Test(known.Reference, known.Current).CramersV, what);
        AssertClose(known.TotalVariation, TotalVariation.FromCounts(known.Reference, known.Current).Distance, what);
        AssertClose(known.Hellinger, Hellinger.FromCounts(known.Reference, known.Current).Distance, what);
    });

    [Fact]
    public void StudentLaw_BothTailsAndManyDegrees_EqualsSciPyRelatively()
    {
        Assert.All(Student, known => AssertRelative(known.Sf, StudentLaw.Survival(known.T, known.Df), 1e-11, $"t {known.T}, {known.Df}"));
        Assert.All(StudentQuantiles, known => AssertRelative(known.T, StudentLaw.Quantile(known.P, known.Df), 5e-9, $"p {known.P}, {known.Df}"));
    }

    [Fact]
    public void StudentQuantile_OneDegree_IsCauchysTangent() => Assert.All(
        (double[])[0.01, 0.3, 0.5, 0.9, 0.9995],
        p => Assert.Equal(Math.Tan(Math.PI * (p - 0.5)), StudentLaw.Quantile(p, 1), 1e-10 * Math.Max(1, Math.Abs(Math.Tan(Math.PI * (p - 0.5))))));
}
