using System.Text.Json;
using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>Oracle: make_mitigation.py (numpy's lstsq and quantile, scipy's rankdata), and small cases by hand.</summary>
public sealed class RemoverTests
{
    private static readonly JsonElement s_root = MitigationReferences.Read("mitigation/mitigation.json");

    [Theory]
    [InlineData("full", 1)]
    [InlineData("half", 0.5)]
    public void CorrelationRemover_ThreeSensitiveColumns_EqualsLeastSquares(string key, double alpha)
    {
        JsonElement data = s_root.GetProperty("correlation");
        double[] x = MitigationReferences.Numbers(data.GetProperty("x"));
        double[] s = MitigationReferences.Numbers(data.GetProperty("s"));

        var remover = CorrelationRemover.Fit(x, 2, s, 3, alpha);

        Close(MitigationReferences.Numbers(data.GetProperty("beta")), [.. remover.Coefficients], 1e-9);
        Close(MitigationReferences.Numbers(data.GetProperty(key)), remover.Transform(x, s), 1e-9);
    }

    /// <summary>Two sensitive columns with different means: Fairlearn centres both by one mean and leaves correlation behind.</summary>
    [Fact]
    public void CorrelationRemover_SixRowsTwoColumnsOfDifferentMeans_LeavesNoCorrelation()
    {
        double[] s = [0, 10, 1, 12, 0, 11, 1, 15, 0, 13, 1, 10];
        double[] x = [1, 2.5, 1.2, 3, 1.1, 2];

        double[] repaired = CorrelationRemover.Fit(x, 1, s, 2).Transform(x, s);

        for (int k = 0; k < 2; k++)
        {
            Assert.True(Math.Abs(Correlation(repaired, [.. Enumerable.Range(0, 6).Select(i => s[(i * 2) + k])])) < 1e-12);
        }
    }

    [Fact]
    public void CorrelationRemover_Groups_MakesTheirMeansEqual()
    {
        var groups = Groups.Of("g", ["a", "b", "c", "a", "b", "c", "a"]);
        double[] x = [1, 5, 9, 2, 7, 8, 3];

        double[] repaired = CorrelationRemover.Fit(x, 1, groups).Transform(x, groups);

        double mean = x.Average(); // every group's mean becomes that of all rows
        foreach (int[] rows in (int[][])[[0, 3, 6], [1, 4], [2, 5]])
        {
            Assert.Equal(mean, rows.Average(i => repaired[i]), 1e-12);
        }
    }

    [Fact]
    public void CorrelationRemover_ConstantAndRepeatedColumns_GetCoefficientsZero()
    {
        double[] s = [0.1, 1, 2, 0.1, 2, 4, 0.1, 3, 6, 0.1, 5, 10];

        var remover = CorrelationRemover.Fit([1, 2, 2.5, 6], 1, s, 3);

        Assert.Equal(0, remover.Coefficients[0]);
        Assert.Equal(0, remover.Coefficients[2]);
        Assert.True(Math.Abs(Correlation(remover.Transform([1, 2, 2.5, 6], s), [1, 2, 3, 5])) < 1e-12);
    }

    [Fact]
    public void CorrelationRemover_GroupNotSeen_IsNamed() =>
        Assert.Contains("'z'", Assert.Throws<ArgumentException>("groups", () => CorrelationRemover.Fit([1, 2], 1, Groups.Of("g", ["a", "b"])).Transform([1], Groups.Of("g", ["z"]))).Message);

    [Fact]
    public void CorrelationRemover_BadInput_IsTold()
    {
        Assert.Throws<ArgumentException>("sensitive", () => CorrelationRemover.Fit([1, 2], 1, [1, 2, 3], 1));
        Assert.Contains("row 1, column 0", Assert.Throws<ArgumentException>("features", () => CorrelationRemover.Fit([1, 2, double.NaN, 4], 2, [1, 2], 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => CorrelationRemover.Fit([1, 2], 1, [1, 2], 1, 1.5));
        Assert.Throws<InvalidOperationException>(() => CorrelationRemover.Fit([1, 2], 1, [1, 2], 1).Transform([1, 2], Groups.Of("g", ["a", "b"])));
    }

    [Theory]
    [InlineData("full", 1)]
    [InlineData("level03", 0.3)]
    public void DisparateImpactRemover_TiesAndUnequalSizes_EqualsQuantilesInNumpy(string key, double level)
    {
        (double[] x, Groups groups, JsonElement data) = Repair();

        Close(MitigationReferences.Numbers(data.GetProperty(key)), DisparateImpactRemover.Fit(x, 1, groups, level).Transform(x, groups), 1e-9);
    }

    [Fact]
    public void DisparateImpactRemover_TwoGroups_TakesTheMeanOfTheirQuantiles()
    {
        (double[] x, Groups groups, JsonElement data) = Repair();
        int[] rows = [.. Enumerable.Range(0, x.Length).Where(i => groups.Names[groups.Codes[i]] != "c")];
        double[] pair = [.. rows.Select(i => x[i])];
        var names = Groups.Of("g", rows.Select(i => groups.Names[groups.Codes[i]]));

        Close(MitigationReferences.Numbers(data.GetProperty("pair")), DisparateImpactRemover.Fit(pair, 1, names).Transform(pair, names), 1e-9);
    }

    [Fact]
    public void DisparateImpactRemover_EqualSizes_GivesAllGroupsTheSameValues()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 300).Select(i => (random.NextDouble() * (1 + (i % 3))) + (i % 3))];
        var groups = Groups.Of("g", Enumerable.Range(0, 300).Select(i => "abc"[i % 3].ToString()));

        double[] repaired = DisparateImpactRemover.Fit(x, 1, groups).Transform(x, groups);

        double[][] sorted = [.. Enumerable.Range(0, 3).Select(g => Enumerable.Range(0, 100).Select(i => repaired[(i * 3) + g]).Order().ToArray())];
        Close(sorted[0], sorted[1], 1e-12);
        Close(sorted[0], sorted[2], 1e-12);
    }

    [Fact]
    public void DisparateImpactRemover_NewValues_TakePlacesBetweenAndAtTheEnds()
    {
        var groups = Groups.Of("g", ["a", "a", "b", "b"]);
        var remover = DisparateImpactRemover.Fit([0, 10, 20, 40], 1, groups);

        // a: place 0.25 → mean of 2.5 and 25; below all: mean of 0 and 20; above all: mean of 10 and 40; no group: as it was.
        Assert.Equal([13.75, 10, 25, 7], remover.Transform([2.5, -5, 99, 7], Groups.Of("g", ["a", "a", "a", null])));
    }

    [Fact]
    public void DisparateImpactRemover_LevelZero_ChangesNothing()
    {
        (double[] x, Groups groups, _) = Repair();

        Assert.Equal(x, DisparateImpactRemover.Fit(x, 1, groups, 0).Transform(x, groups));
    }

    [Fact]
    public void DisparateImpactRemover_GroupOfOne_IsNamed() =>
        Assert.Contains("'b'", Assert.Throws<ArgumentException>("groups", () => DisparateImpactRemover.Fit([1, 2, 3], 1, Groups.Of("g", ["a", "a", "b"]))).Message);

    private static (double[] X, Groups Groups, JsonElement Data) Repair()
    {
        JsonElement data = s_root.GetProperty("repair");
        return (MitigationReferences.Numbers(data.GetProperty("x")), Groups.Of("g", data.GetProperty("group").EnumerateArray().Select(v => v.GetString())), data);
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double cross = a.Zip(b, (u, v) => (u - meanA) * (v - meanB)).Sum();
        return cross / Math.Sqrt(a.Sum(u => (u - meanA) * (u - meanA)) * b.Sum(v => (v - meanB) * (v - meanB)));
    }

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
