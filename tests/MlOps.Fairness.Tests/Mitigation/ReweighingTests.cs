using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

public sealed class ReweighingTests
{
    /// <summary>Kamiran and Calders 2012, table 1: ten applicants, 5 women with 2 positive labels, 5 men with 4.</summary>
    private static readonly bool[] s_labels = [true, true, true, false, true, false, true, false, true, false];
    private static readonly string?[] s_sex = ["m", "m", "m", "m", "m", "f", "f", "f", "f", "f"];

    [Fact]
    public void Fit_PaperTable_HasThePapersWeights()
    {
        var groups = Groups.Of("sex", s_sex);

        var weighing = Reweighing.Fit(s_labels, groups);

        // 5·6/(10·2), 5·4/(10·3), 5·6/(10·4), 5·4/(10·1)
        Assert.Equal([1.5, 2 / 3.0, 0.75, 2], weighing.Cells.Select(cell => cell.Weight!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.6, weighing.BaseRate);
        Assert.Equal(0.4, weighing.DifferenceBefore, 12);
        double squares = (2 * 2.25) + (3 * 4 / 9.0) + (4 * 0.5625) + 4;
        Assert.Equal(10 / squares, weighing.EffectiveShare, 12);
    }

    [Fact]
    public void Weights_RandomRows_MakeLabelAndGroupIndependent()
    {
        var random = new Random(3);
        bool[] labels = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.4)];
        string?[] names = [.. labels.Select(label => random.NextDouble() < (label ? 0.7 : 0.2) ? "a" : random.NextDouble() < 0.5 ? "b" : "c")];
        var groups = Groups.Of("g", names);

        double[] weights = Reweighing.Fit(labels, groups).Weights(labels, groups);

        double[] shares = [.. new[] { "a", "b", "c" }.Select(name =>
        {
            int[] rows = [.. Enumerable.Range(0, 500).Where(i => names[i] == name)];
            return rows.Where(i => labels[i]).Sum(i => weights[i]) / rows.Sum(i => weights[i]);
        })];
        Assert.True(shares.Max() - shares.Min() < 1e-12);
        Assert.Equal(500, weights.Sum(), 9);
    }

    [Fact]
    public void Fit_GroupWithoutPositives_NamesGroupAndLabel()
    {
        string message = Assert.Throws<ArgumentException>("groups", () => Reweighing.Fit([true, false, false], Groups.Of("g", ["a", "a", "b"]))).Message;

        Assert.Contains("'b'", message);
        Assert.Contains("positive", message);
    }

    [Fact]
    public void Fit_OneLabelOnly_WeighsOneAndNeedsNoOther()
    {
        var groups = Groups.Of("g", ["a", "b"]);

        var weighing = Reweighing.Fit([true, true], groups);

        Assert.Equal([1, 1], weighing.Weights([true, true], groups));
        Assert.Throws<ArgumentException>("labels", () => weighing.Weights([true, false], groups));
    }

    [Fact]
    public void Weights_RowWithoutGroup_IsOne()
    {
        var groups = Groups.Of("sex", [.. s_sex, null]);

        Assert.Equal(1, Reweighing.Fit([.. s_labels, true], groups).Weights([.. s_labels, true], groups)[^1]);
    }

    [Fact]
    public void Weights_NewGroup_IsTold()
    {
        var weighing = Reweighing.Fit(s_labels, Groups.Of("sex", s_sex));

        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => weighing.Weights([true], Groups.Of("sex", ["x"]))).Message);
    }

    [Fact]
    public void Fit_UnequalLengths_Throws() => Assert.Throws<ArgumentException>("labels", () => Reweighing.Fit([true], Groups.Of("sex", s_sex)));
}
