using MlOps.Explain.Effects;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Effects;

public sealed class PermutationImportanceTests
{
    private static readonly ExplainedModel s_model = ExplainedModel.Of(["a", "b", "idle"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => (3 * x[i, 0]) - x[i, 1])]);

    private static Matrix Rows(int n, int seed = 1)
    {
        var random = new Random(seed);
        return Matrix.FromRows([.. Enumerable.Range(0, n).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })], ["a", "b", "idle"]);
    }

    // Closed form: with y = f, shuffling a feature of weight w gives the mean squared error w²·mean (xᵢ − x_π(i))², whose mean over all permutations is 2 w² s², s² the variance with n − 1.
    [Fact]
    public void Measure_LinearModel_ConsistentWithTheExpectationOverPermutations()
    {
        Matrix x = Rows(60);
        double[] y = s_model.Predict(x);
        var score = new PermutationScore("−MSE", predictions => -predictions.Zip(y, (f, t) => (f - t) * (f - t)).Average());

        var importance = PermutationImportance.Measure(s_model, x, score, new ImportanceOptions { Repeats = 400 });

        foreach ((string name, double weight, int j) in new[] { ("a", 3.0, 0), ("b", 1.0, 1) })
        {
            double[] column = x.Column(j);
            double expected = 2 * weight * weight * column.Sum(v => (v - column.Average()) * (v - column.Average())) / 59;
            FeatureImportance found = importance.Features.Single(feature => feature.Name == name);
            Assert.InRange(found.Mean, expected - (5 * found.StandardDeviation / 20), expected + (5 * found.StandardDeviation / 20)); // five standard errors of 400 repeats
            Assert.InRange(found.Mean, found.Low, found.High);
        }

        Assert.Equal(0, importance.Features.Single(feature => feature.Name == "idle").Mean);
        Assert.Equal(["a", "b", "idle"], importance.Features.Select(feature => feature.Name));
        Assert.Equal(0, importance.Baseline);
    }

    // By hand: with two rows a shuffle is the identity or the swap; the drop of the accuracy is 0 or 1.
    [Fact]
    public void Measure_TwoRows_DropsAreThoseOfTheTwoPermutations()
    {
        var model = ExplainedModel.Of(["a"], x => x.Column(0));

        var importance = PermutationImportance.Measure(model, Matrix.FromRows([[0], [1]], ["a"]), PermutationScore.Accuracy([false, true]), new ImportanceOptions { Repeats = 40 });

        Assert.All(importance.Features[0].Drops, drop => Assert.True(drop is 0 or 1));
        Assert.Equal(importance.Features[0].Drops.Average(), importance.Features[0].Mean, 12);
        double p = importance.Features[0].Mean;
        Assert.Equal(Math.Sqrt(p * (1 - p)), importance.Features[0].StandardDeviation, 1e-12); // a share's deviation
    }

    [Fact]
    public void Measure_SameSeed_SameBytes()
    {
        Matrix x = Rows(50);
        var score = PermutationScore.RSquared(s_model.Predict(x));

        Assert.Equal(PermutationImportance.Measure(s_model, x, score).ToString(), PermutationImportance.Measure(s_model, x, score).ToString());
        Assert.NotEqual(PermutationImportance.Measure(s_model, x, score).ToString(), PermutationImportance.Measure(s_model, x, score, new ImportanceOptions { Seed = 8 }).ToString());
        Assert.Contains("leans most on a", PermutationImportance.Measure(s_model, x, score).Chart().ToString());
    }

    [Fact]
    public void Measure_Twins_AreReportedAndMatterTogether()
    {
        var random = new Random(2);
        var x = Matrix.FromRows([.. Enumerable.Range(0, 80).Select(_ => random.NextDouble()).Select(v => new[] { v, v * v, random.NextDouble() })], ["a", "twin", "c"]);
        var model = ExplainedModel.Of(["a", "twin", "c"], m => [.. Enumerable.Range(0, m.RowCount).Select(i => Math.Max(m[i, 0], Math.Sqrt(m[i, 1])))]);
        var score = PermutationScore.RSquared(model.Predict(x));

        var alone = PermutationImportance.Measure(model, x, score);
        var together = PermutationImportance.Measure(model, x, score, new ImportanceOptions { Groups = new Dictionary<string, IReadOnlyList<string>> { ["a or twin"] = ["a", "twin"] } });

        Assert.Contains("a and twin", Assert.Single(alone.Warnings)); // v² is monotone: rank correlation 1
        Assert.Empty(together.Warnings);
        Assert.Equal("a or twin", together.Features[0].Name);
        Assert.True(together.Features[0].Mean > alone.Features[0].Mean);
    }

    // By hand: 2 of 3 rows right; SSE 0.25 of SST 2 → R² 0.875; RMSE √(0.25 / 3); three of four pairs ordered → AUC 0.75.
    [Fact]
    public void Scores_SmallVectors_EqualHandCalculation()
    {
        Assert.Equal(2.0 / 3, PermutationScore.Accuracy([true, false, true]).Compute([0.9, 0.7, 0.5]), 12);
        Assert.Equal(0.875, PermutationScore.RSquared([1, 2, 3]).Compute([1, 2, 3.5]), 12);
        Assert.Equal(-Math.Sqrt(0.25 / 3), PermutationScore.NegativeRootMeanSquaredError([1, 2, 3]).Compute([1, 2, 3.5]), 12);
        Assert.Equal(0.75, PermutationScore.RocAuc([true, true, false, false]).Compute([0.9, 0.4, 0.6, 0.1]), 12);
        Assert.Throws<ArgumentException>(() => PermutationScore.RocAuc([true, true]));
        Assert.Throws<ArgumentException>(() => PermutationScore.RSquared([2, 2]));
        Assert.Contains("3 rows", Assert.Throws<ArgumentException>(() => PermutationScore.Accuracy([true, false, true]).Compute([1])).Message);
    }

    // By hand: the 2 × 2 table 2, 0 / 0, 2 has V = 1; 1, 1 / 1, 1 has V = 0.
    [Fact]
    public void CramerV_TwoByTwo_EqualsHandCalculation()
    {
        Assert.Equal(1, FeatureAssociation.CramerV([0, 0, 1, 1], [5, 5, 7, 7]), 12);
        Assert.Equal(0, FeatureAssociation.CramerV([0, 0, 1, 1], [5, 7, 5, 7]), 12);
        Assert.Equal([1.5, 1.5, 3], FeatureAssociation.Ranks([4, 4, 9]));
    }

    [Fact]
    public void Measure_BadInput_SaysWhat()
    {
        Matrix x = Rows(5);
        var score = PermutationScore.RSquared(s_model.Predict(x));
        ImportanceOptions Grouped(params string[] members) => new() { Groups = new Dictionary<string, IReadOnlyList<string>> { ["g"] = members } };

        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => PermutationImportance.Measure(s_model, x, score, Grouped("z"))).Message);
        Assert.Contains("'g'", Assert.Throws<ArgumentException>(() => PermutationImportance.Measure(s_model, x, score, Grouped("a", "a"))).Message);
        Assert.Contains("2 rows", Assert.Throws<ArgumentException>(() => PermutationImportance.Measure(s_model, x.Take([0]), score)).Message);
        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => PermutationImportance.Measure(s_model, x, new PermutationScore("odd", _ => double.NaN))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PermutationImportance.Measure(s_model, x, score, new ImportanceOptions { Repeats = 1 }));
    }
}
