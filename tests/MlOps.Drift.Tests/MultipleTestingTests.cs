namespace MlOps.Drift.Tests;

public sealed class MultipleTestingTests
{
    /// <summary>The 15 p-values of Benjamini and Hochberg (1995), section 3.2, shuffled. There: 4 rejections by BH, 3 by Bonferroni.</summary>
    private static readonly double[] Published =
        [0.0201, 0.0001, 0.4262, 0.0344, 1.0000, 0.0004, 0.0095, 0.5719, 0.0019, 0.0278, 0.7590, 0.0298, 0.3240, 0.0459, 0.6528];

    [Theory]
    [InlineData(Correction.None, 9)]
    [InlineData(Correction.Bonferroni, 3)]
    [InlineData(Correction.Holm, 3)]
    [InlineData(Correction.BenjaminiHochberg, 4)]
    public void Adjust_PublishedExample_RejectsAsPublished(Correction correction, int rejections)
    {
        Assert.Equal(rejections, MultipleTesting.Adjust(Published, correction).Count(p => p < 0.05));
        Assert.Equal(rejections, Published.Count(p => p < MultipleTesting.Threshold(Published, 0.05, correction)));
    }

    [Fact]
    public void Adjust_WorkedExample_EqualsTheHandCalculation()
    {
        double[] p = [0.04, 0.01, 0.03];

        AssertNear([0.12, 0.03, 0.09], MultipleTesting.Adjust(p, Correction.Bonferroni));
        AssertNear([0.06, 0.03, 0.06], MultipleTesting.Adjust(p, Correction.Holm)); // 3·.01, then 2·.03, then max(.06, 1·.04)
        AssertNear([0.04, 0.03, 0.04], MultipleTesting.Adjust(p, Correction.BenjaminiHochberg)); // from above: 1·.04, min(.04, 3/2·.03), 3·.01
        AssertNear(p, MultipleTesting.Adjust(p, Correction.None));
    }

    [Fact]
    public void Adjust_LargePValues_StopAtOne() =>
        Assert.All(Enum.GetValues<Correction>(), correction => Assert.All(MultipleTesting.Adjust([0.9, 1, 0.8], correction), p => Assert.InRange(p, 0.8, 1)));

    [Fact]
    public void Adjust_NoPValue_IsEmpty() => Assert.Empty(MultipleTesting.Adjust([], Correction.Holm));

    [Fact]
    public void Adjust_RandomPValues_EqualTheDefinitionByBruteForce()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            double[] p = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Math.Round(Math.Pow(random.NextDouble(), 3), 2))];
            double[] holm = MultipleTesting.Adjust(p, Correction.Holm);
            double[] bh = MultipleTesting.Adjust(p, Correction.BenjaminiHochberg);
            double[] sorted = [.. p.Order()];
            for (int i = 0; i < p.Length; i++)
            {
                double stepDown = Enumerable.Range(0, p.Length).Where(j => sorted[j] <= p[i]).Max(j => Math.Min(1, (p.Length - j) * sorted[j]));
                double stepUp = Enumerable.Range(0, p.Length).Where(j => sorted[j] >= p[i]).Min(j => Math.Min(1, p.Length * sorted[j] / (j + 1)));
                Assert.Equal(stepDown, holm[i], 1e-14);
                Assert.Equal(stepUp, bh[i], 1e-14);
            }
        }
    }

    [Fact]
    public void Threshold_RandomPValues_GivesTheVerdictOfTheAdjustedValues()
    {
        var random = new Random(6);
        for (int round = 0; round < 500; round++)
        {
            double[] p = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Math.Pow(random.NextDouble(), 4))];
            foreach (Correction correction in Enum.GetValues<Correction>())
            {
                double threshold = MultipleTesting.Threshold(p, 0.05, correction);
                Assert.Equal(MultipleTesting.Adjust(p, correction).Select(adjusted => adjusted < 0.05), p.Select(raw => raw < threshold));
            }
        }
    }

    [Fact]
    public void Adjust_NotAProbability_Throws()
    {
        Assert.Equal("pValues", Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.Adjust([0.5, 1.2], Correction.None)).ParamName);
        Assert.Equal("pValues", Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.Adjust([double.NaN], Correction.None)).ParamName);
        Assert.Equal("correction", Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.Adjust([0.5], (Correction)7)).ParamName);
    }

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
}
