using MlOps.Drift.Multivariate;

namespace MlOps.Drift.Tests.Multivariate;

public sealed class DomainClassifierTests
{
    public static TheoryData<int> Cases() => new(Enumerable.Range(0, MultivariateReferences.Cases.Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void RankSum_RealScores_EqualsScikitLearnAndSciPy(int index)
    {
        // scikit-learn's roc_auc_score, and the p-value of scipy.stats.mannwhitneyu without continuity correction, of the score Σ j·round(10·xⱼ)
        MultivariateReferences.Case c = MultivariateReferences.Cases[index];
        double[] Score(double[] rows) => [.. Enumerable.Range(0, rows.Length / c.Width).Select(i => Enumerable.Range(0, c.Width).Sum(j => (j + 1) * Math.Round(10 * rows[(i * c.Width) + j])))];
        double[] r = Score(c.Reference);
        double[] now = Score(c.Current);

        RankSum sum = new RankSum().Add([.. r, .. now], [.. r.Select(_ => false), .. now.Select(_ => true)]);

        References.AssertClose(c.Auc, sum.Auc, "AUC");
        References.AssertClose(c.U[0], sum.Wins, "U");
        References.AssertClose(c.U[1], MathNet.Numerics.Distributions.Normal.CDF(0, 1, -sum.Excess / Math.Sqrt(sum.Variance)), "p");
    }

    [Fact]
    public void Test_ChangedCorrelation_IsSeenThoughNoColumnMoved()
    {
        // both columns are standard normal on both sides; reference correlation 0, current 0.8
        double[] reference = Pairs(seed: 1, 2000, correlation: 0);
        double[] current = Pairs(seed: 2, 2000, correlation: 0.8);

        DomainClassifier test = DomainClassifier.Test(reference, current, 2);

        Assert.InRange(KolmogorovSmirnov.Test(Column(reference, 1), Column(current, 1)).PValue, 0.01, 1);
        Assert.InRange(test.Auc, 0.65, 0.85);
        Assert.InRange(test.PValue, 0, 1e-10);
        Assert.True(test.Low > test.Chance);
        Assert.All(test.Contributions, contribution => Assert.True(contribution > 0.1));
    }

    [Fact]
    public void Test_OneShiftedColumn_IsTheOneThatGivesItAway()
    {
        double[] reference = Pairs(seed: 3, 1000, correlation: 0);
        double[] current = Pairs(seed: 4, 1000, correlation: 0);
        for (int i = 0; i < current.Length; i += 2)
        {
            current[i] += 1;
        }

        DomainClassifier test = DomainClassifier.Test(reference, current, 2);

        Assert.Equal(0.76, test.Auc, 0.03); // P(Z < 1/√2) = 0.7602
        Assert.InRange(test.Contributions[0], 0.2, 0.3);
        Assert.Equal(0, test.Contributions[1], 0.02);
    }

    [Fact]
    public void PValue_EqualLaws_IsSmallAsSeldomAsItSays()
    {
        int small = Enumerable.Range(0, 200).Count(run =>
            DomainClassifier.Test(Pairs(5000 + run, 100, 0), Pairs(9000 + run, 100, 0), 2, new DomainClassifierOptions { Seed = run }).PValue <= 0.1);

        Assert.InRange(small, 6, 36); // Binomial(200, 0.1): 20 ± 4 · 4.2
    }

    [Fact]
    public void Test_AnybodysModel_IsAskedForRowsItHasNotSeen()
    {
        // a model that learns its rows by heart: on rows it has not seen it knows nothing
        double[] reference = Pairs(seed: 5, 300, correlation: 0);
        double[] current = Pairs(seed: 6, 300, correlation: 0);
        static Func<double[], double[]> ByHeart(double[] rows, int width, bool[] isCurrent)
        {
            var known = Enumerable.Range(0, isCurrent.Length).ToDictionary(i => rows[i * width], i => isCurrent[i] ? 1.0 : 0.0);
            return block => [.. Enumerable.Range(0, block.Length / width).Select(i => known.GetValueOrDefault(block[i * width], 0.5))];
        }

        DomainClassifier test = DomainClassifier.Test(reference, current, 2, new DomainClassifierOptions { Model = ByHeart });

        Assert.Equal((0.5, 1), (test.Auc, test.PValue));
    }

    [Fact]
    public void Test_ModelThatGivesNaN_SaysSo() => Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() =>
        DomainClassifier.Test(Pairs(1, 50, 0), Pairs(2, 50, 0), 2, new DomainClassifierOptions { Model = (_, width, _) => block => new double[block.Length / width].Select(_ => double.NaN).ToArray() })).Message, StringComparison.Ordinal);

    [Fact]
    public void Test_SeparableSides_EndsAtOne() => // Newton's steps must not run away
        Assert.Equal(1, DomainClassifier.Test([.. Enumerable.Range(0, 40).Select(i => (double)i)], [.. Enumerable.Range(0, 40).Select(i => 100.0 + i)], 1).Auc);

    [Fact]
    public void Test_ConstantRows_KnowNothing() => Assert.Equal(0.5, DomainClassifier.Test(new double[40], new double[40], 2).Auc);

    [Fact]
    public void Test_TooFewRowsForTheFolds_Throws() =>
        Assert.Contains("At least 10 rows", Assert.Throws<ArgumentException>(() => DomainClassifier.Test(new double[9], new double[40], 1)).Message, StringComparison.Ordinal);

    internal static double[] Pairs(int seed, int rows, double correlation)
    {
        var random = new Random(seed);
        double[] pairs = new double[2 * rows];
        for (int i = 0; i < pairs.Length; i += 2)
        {
            double u = Normal(random);
            (pairs[i], pairs[i + 1]) = (u, (correlation * u) + (Math.Sqrt(1 - (correlation * correlation)) * Normal(random)));
        }

        return pairs;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Column(double[] pairs, int column) => [.. pairs.Where((_, i) => i % 2 == column)];
}
