using MlOps.Grading.Feedback;

namespace MlOps.Grading.Tests.Feedback;

public sealed class ItemStatisticsTests
{
    private static readonly (string, double)[] Exercises = [("1.1", 2), ("1.2", 3), ("1.3", 1), ("1.4", 5)];

    private static readonly double[][] Points =
    [
        [2, 3, 0.5, 4], [1, 2, 1, 4], [0, 3, 0, 2], [2, 1, 0.5, 4], [1, 0, 0, 1], [2, 3, 1, 4], [0, 1, 0.5, 0], [2, 2, 1, 3.5],
    ];

    /// <summary>
    /// SciPy 1.10.1: <c>mean(x/max)</c>, <c>sem(x/max)</c>, <c>pearsonr(x, y).statistic</c> and <c>.confidence_interval(0.95)</c> with
    /// y the row sums without the column; NumPy 1.24's <c>corrcoef</c> gives the same r.
    /// </summary>
    [Theory]
    [InlineData(0, 0.625, 0.15669579263200217, 0.6363636363636364, -0.12384479307898023, 0.9258564143039816)]
    [InlineData(1, 0.625, 0.13269938577147591, 0.43813233595120427, -0.385586596976728, 0.8732103150284288)]
    [InlineData(2, 0.5625, 0.14752421108802058, 0.5969644759645802, -0.18591729778011645, 0.9162171759507791)]
    [InlineData(3, 0.5625, 0.11329087089687072, 0.8629492772989453, 0.40386612649417136, 0.9748306297854825)]
    public void Compute_EightStudents_AgreesWithSciPy(int column, double share, double error, double r, double low, double high)
    {
        ItemStatistics item = ItemStatistics.Compute(Exercises, Points)[column];

        Assert.Equal(8, item.Students);
        Assert.Equal(share, item.MeanShare, 12);
        Assert.Equal(error, item.StandardError, 12);
        Assert.Equal(r, item.Discrimination, 12);
        Assert.Equal(low, item.Low, 12);
        Assert.Equal(high, item.High, 12);
    }

    [Fact]
    public void Compute_NothingVaries_HasNoDiscrimination()
    {
        IReadOnlyList<ItemStatistics> items = ItemStatistics.Compute([("1.1", 2), ("1.2", 3)], [[2, 1], [2, 2], [2, 3]]);

        Assert.Equal([double.NaN, double.NaN], items.Select(item => item.Discrimination)); // 1.1 is constant; so is the rest of 1.2
        Assert.Equal([1, 2.0 / 3], items.Select(item => item.MeanShare));
    }

    /// <summary>0.1 + 0.2 and 0.3 differ by rounding alone: that is no variance.</summary>
    [Fact]
    public void Compute_RestVariesByRoundingOnly_HasNoDiscrimination() => Assert.True(double.IsNaN(
        ItemStatistics.Compute([("1", 1), ("2", 1), ("3", 1)], [[0, 0.1, 0.2], [1, 0.3, 0], [1, 0, 0.3]])[0].Discrimination));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compute_FewStudents_LeavesOutWhatCannotBeSaid(int n)
    {
        ItemStatistics item = ItemStatistics.Compute(Exercises, Points[..n])[1];

        Assert.Equal(n == 0, double.IsNaN(item.MeanShare));
        Assert.Equal(n < 2, double.IsNaN(item.StandardError));
        Assert.Equal(n < 3, double.IsNaN(item.Discrimination));
        Assert.True(double.IsNaN(item.Low) && double.IsNaN(item.High)); // an interval needs four
    }

    [Fact]
    public void Compute_ExercisesThatAgree_HaveCorrelationOne()
    {
        ItemStatistics item = ItemStatistics.Compute([("1", 1), ("2", 3)], [[0.1, 0.3], [0.2, 0.6], [0.7, 2.1], [1, 3]])[0];

        Assert.Equal(1, item.Discrimination, 12);
        Assert.InRange(item.Discrimination, -1, 1);
        Assert.Equal(1, item.Low, 6);
    }

    [Fact]
    public void Compute_OtherUnitOfPoints_ChangesNothing()
    {
        IReadOnlyList<ItemStatistics> one = ItemStatistics.Compute(Exercises, Points);
        IReadOnlyList<ItemStatistics> tenfold = ItemStatistics.Compute([.. Exercises.Select(e => (e.Item1, 10 * e.Item2))], [.. Points.Select(row => row.Select(x => 10 * x).ToArray())]);

        Assert.Equal(one.Select(item => Math.Round(item.Discrimination, 12)), tenfold.Select(item => Math.Round(item.Discrimination, 12)));
        Assert.Equal(one.Select(item => Math.Round(item.MeanShare, 12)), tenfold.Select(item => Math.Round(item.MeanShare, 12)));
    }

    [Fact]
    public void Compute_BadInput_IsRefused()
    {
        Assert.Contains("row 1 has 3", Assert.Throws<ArgumentException>(() => ItemStatistics.Compute(Exercises, [[1, 1, 1, 1], [1, 1, 1]])).Message, StringComparison.Ordinal);
        Assert.Equal("points", Assert.Throws<ArgumentOutOfRangeException>(() => ItemStatistics.Compute([("1", 1)], [[double.NaN]])).ParamName);
        Assert.Equal("exercises", Assert.Throws<ArgumentOutOfRangeException>(() => ItemStatistics.Compute([("1", 0)], [[1]])).ParamName);
    }
}
