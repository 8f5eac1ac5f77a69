namespace MlOps.Drift.Tests;

/// <summary>Bad input of the single tests, their edges, and exact laws by enumeration.</summary>
public sealed class TwoSampleInputTests
{
    private static readonly Dictionary<string, Action<double[], double[]>> SampleTests = new()
    {
        ["anderson-darling"] = (a, b) => AndersonDarling.Test(a, b),
        ["cramer-von-mises"] = (a, b) => CramerVonMises.Test(a, b),
        ["mann-whitney"] = (a, b) => MannWhitney.Test(a, b),
        ["welch"] = (a, b) => Welch.Test(a, b),
        ["energy"] = (a, b) => EnergyDistance.Measure(a, b),
        ["hellinger"] = (a, b) => Hellinger.Measure(a, b),
        ["total-variation"] = (a, b) => TotalVariation.Measure(a, b),
    };

    public static TheoryData<string> Names => [.. SampleTests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void SampleTest_EmptyNaNOrInfinite_NamesTheArgumentAndCounts(string name)
    {
        Action<double[], double[]> test = SampleTests[name];
        double[] good = [1, 2, 3];

        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => test([], good)).ParamName);
        Assert.Equal("current", Assert.Throws<ArgumentException>(() => test(good, [])).ParamName);
        ArgumentException nan = Assert.Throws<ArgumentException>(() => test(good, [1, double.NaN, 2, double.NaN]));
        ArgumentException infinite = Assert.Throws<ArgumentException>(() => test([double.NegativeInfinity, 1, 2], good));
        Assert.Equal("current", nan.ParamName);
        Assert.Contains("2 are NaN", nan.Message, StringComparison.Ordinal);
        Assert.Contains("1 infinite", infinite.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_NegativeOrUnequalOrEmpty_NameTheArgument()
    {
        Assert.Equal("current", Assert.Throws<ArgumentException>(() => GTest.Test([1, 2], [1])).ParamName);
        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => Hellinger.FromCounts([0, 0], [1, 2])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => TotalVariation.FromCounts([1, -1], [1, 2]));
        Assert.Equal("c", Assert.Throws<ArgumentOutOfRangeException>(() => FisherExact.Test(1, 2, -3, 4)).ParamName);
        Assert.Equal("currentWith", Assert.Throws<ArgumentOutOfRangeException>(() => ProportionsZ.Test(1, 2, 4, 3)).ParamName);
        Assert.Equal("referenceRows", Assert.Throws<ArgumentOutOfRangeException>(() => ProportionsZ.Test(0, 0, 1, 3)).ParamName);
    }

    [Fact]
    public void UnknownEnums_AreNamed()
    {
        Assert.Equal("alternative", Assert.Throws<ArgumentOutOfRangeException>(() => MannWhitney.Test([1, 2], [3], (Alternative)9)).ParamName);
        Assert.Equal("method", Assert.Throws<ArgumentOutOfRangeException>(() => MannWhitney.Test([1, 2], [3], method: (PValueMethod)9)).ParamName);
        Assert.Equal("method", Assert.Throws<ArgumentOutOfRangeException>(() => CramerVonMises.Test([1, 2], [3, 4], (PValueMethod)9)).ParamName);
        Assert.Equal("alternative", Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovSmirnov.Test([1], [2], alternative: (Alternative)9)).ParamName);
        Assert.Equal("alternative", Assert.Throws<ArgumentOutOfRangeException>(() => Welch.Test([1, 2], [3, 5], (Alternative)9)).ParamName);
        Assert.Equal("confidence", Assert.Throws<ArgumentOutOfRangeException>(() => Welch.Test([1, 2], [3, 5]).ConfidenceInterval(1)).ParamName);
        Assert.Equal("confidence", Assert.Throws<ArgumentOutOfRangeException>(() => ProportionsZ.Test(1, 2, 1, 3).ConfidenceInterval(double.NaN)).ParamName);
        Assert.Contains("no drift test 'KS'", Assert.Throws<ArgumentException>(() => DriftTestNames.Parse("psi", "KS")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewValues_SayHowManyAreNeeded()
    {
        Assert.Contains("two values", Assert.Throws<ArgumentException>(() => Welch.Test([1], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("two values", Assert.Throws<ArgumentException>(() => CramerVonMises.Test([1, 2], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("4 values", Assert.Throws<ArgumentException>(() => AndersonDarling.Test([1, 2], [3])).Message, StringComparison.Ordinal);
        Assert.Contains("distinct", Assert.Throws<ArgumentException>(() => AndersonDarling.Test([2, 2], [2, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("2 samples", Assert.Throws<ArgumentException>(() => AndersonDarling.Test([SortedSample.Of([1, 2, 3, 4])])).Message, StringComparison.Ordinal);
        Assert.Contains("overflow", Assert.Throws<ArgumentException>(() => Welch.Test([1e200, -1e200], [1, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_HaveStatedResults()
    {
        Assert.Equal((0, 1), Pair(Welch.Test([3, 3], [3, 3, 3])));
        Assert.Equal((double.NegativeInfinity, 0), Pair(Welch.Test([3, 3], [4, 4, 4])));
        Assert.Equal((3, 1), (MannWhitney.Test([2, 2], [2, 2, 2]).Statistic, MannWhitney.Test([2, 2], [2, 2, 2]).PValue));
        Assert.Equal(0, EnergyDistance.Measure([2, 2], [2]).Distance);
        Assert.Equal(1, FisherExact.Test(0, 0, 3, 4).PValue);
        Assert.Equal(1, ProportionsZ.Test(0, 5, 0, 9).PValue);
        Assert.Equal((0, 1), (GTest.Test([5, 0], [7, 0]).Statistic, GTest.Test([5, 0], [7, 0]).PValue));
    }

    [Fact]
    public void MannWhitneyLaw_SmallSamples_EqualsEnumeration() => Enumerate(6, 5, (n, m, orders) =>
    {
        long[] us = [.. orders.Select(order => PairsWon(order, n, m))];
        foreach (long u in us.Distinct())
        {
            Assert.Equal(us.Count(other => other >= u) / (double)us.Length, MannWhitneyLaw.AtLeast(n, m, u), 1e-14);
        }
    });

    [Fact]
    public void OneSidedKolmogorovLaw_SmallSamples_EqualsEnumeration() => Enumerate(6, 5, (n, m, orders) =>
    {
        long[] gaps = [.. orders.Select(order => LargestGap(order, n, m))];
        foreach (long gap in gaps.Distinct())
        {
            Assert.Equal(gaps.Count(other => other >= gap) / (double)gaps.Length, TwoSampleLaw.OneSidedSurvival(n, m, gap), 1e-14);
        }
    });

    [Fact]
    public void FisherExact_TiedTables_CountOnBothSides()
    {
        // By hand: margins 4, 4 / 4, 4; P(a) = C(4, a)²/70. The table 3 1 1 3 has 16/70, and so has 1 3 3 1; 4 0 and 0 4 have 1/70 each.
        Assert.Equal(34.0 / 70, FisherExact.Test(3, 1, 1, 3).PValue, 1e-14);
        Assert.Equal(17.0 / 70, FisherExact.Test(3, 1, 1, 3, Alternative.Greater).PValue, 1e-14);
    }

    private static (double Statistic, double P) Pair(Welch test) => (test.Statistic, test.PValue);

    private static void Enumerate(int most, int least, Action<int, int, int[]> check)
    {
        for (int n = 1; n <= most; n++)
        {
            for (int m = 1; m <= least; m++)
            {
                check(n, m, [.. Enumerable.Range(0, 1 << (n + m)).Where(order => int.PopCount(order) == n)]);
            }
        }
    }

    /// <summary>Bit s says whether the value at rank s is of the first sample.</summary>
    private static long PairsWon(int order, int n, int m)
    {
        long won = 0;
        int others = 0;
        for (int s = 0; s < n + m; s++)
        {
            bool isFirst = ((order >> s) & 1) == 1;
            won += isFirst ? others : 0;
            others += isFirst ? 0 : 1;
        }

        return won;
    }

    private static long LargestGap(int order, int n, int m)
    {
        long gap = 0;
        long largest = 0;
        for (int s = 0; s < n + m; s++)
        {
            gap += ((order >> s) & 1) == 1 ? m : -n;
            largest = Math.Max(largest, gap);
        }

        return largest;
    }
}
