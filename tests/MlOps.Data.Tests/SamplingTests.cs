namespace MlOps.Data.Tests;

public class SamplingTests
{
    private static readonly Table Numbers = new(
        Column.Of("i", [.. Enumerable.Range(0, 1000)]),
        Column.Of("s", [.. Enumerable.Range(0, 1000).Select(i => i < 33 ? null : i < 340 ? "rare" : "common")]));

    [Fact]
    public void Shuffle_SeededRandom_GivesTheSameRowsEverywhere()
    {
        // By hand from the algorithm: Fisher–Yates from the front over 0…4 with Random(1).Next(i, 5).
        int[] rows = [0, 1, 2, 3, 4];
        var random = new Random(1);
        for (int i = 0; i < 5; i++)
        {
            int j = random.Next(i, 5);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }

        Assert.Equal(rows.Select(r => (double)r), Numbers.Head(5).Shuffle(1).Numbers("i"));
        Assert.NotEqual(Numbers.Shuffle(1).Numbers("i"), Numbers.Shuffle(2).Numbers("i"));
        Assert.Equal(Numbers.Numbers("i"), Numbers.Shuffle(3).OrderBy("i").Numbers("i"));
    }

    [Fact]
    public void Shuffle_ManySeeds_PutsEveryRowEverywhereEquallyOften()
    {
        // 6000 shuffles of 3 rows: each of the 6 orders is expected 1000 times, standard deviation 29.
        var counts = new Dictionary<string, int>();
        Table three = Numbers.Head(3);
        for (int seed = 0; seed < 6000; seed++)
        {
            string order = string.Join(",", three.Shuffle(seed).Numbers("i"));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Sample_Rows_AreDistinctAndInOrder()
    {
        double[] sample = Numbers.Sample(100, 5).Numbers("i");

        Assert.Equal(100, sample.Distinct().Count());
        Assert.Equal(sample.Order(), sample);
        Assert.Equal(sample, Numbers.Sample(100, 5).Numbers("i"));
        Assert.Equal(1000, Numbers.Sample(1000, 1).RowCount);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Sample(1001, 1)).ParamName);
    }

    [Fact]
    public void Split_Parts_ShareNoRowAndLoseNone()
    {
        TableSplit split = Numbers.Split(0.8, 7);

        Assert.Equal(800, split.Train.RowCount);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), split.Train.Numbers("i").Concat(split.Test.Numbers("i")).Order());
        Assert.Equal(split.Train.Numbers("i").Order(), split.Train.Numbers("i"));
        Assert.NotEqual(split.Train.Numbers("i"), Numbers.Split(0.8, 8).Train.Numbers("i"));
        Assert.Equal("trainShare", Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Split(1, 1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Split(double.NaN, 1));
    }

    [Theory]
    [InlineData(0.5, new[] { 330, 154, 16 })] // by hand: 330, 153.5, 16.5; one row is left over, and on a tie "rare" sorts before missing
    [InlineData(0.7, new[] { 462, 215, 23 })] // 462, 214.9, 23.1
    [InlineData(0.001, new[] { 1, 0, 0 })] // 0.66, 0.307, 0.033
    public void SplitStratified_Strata_KeepTheirShareToTheNearestRow(double fraction, int[] expected)
    {
        Table train = Numbers.Split(fraction, 3, "s").Train;
        int[] actual = [train.Where("s", "common").RowCount, train.Where("s", "rare").RowCount, train["s"].MissingCount];

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void SplitStratified_Parts_ShareNoRowAndLoseNone()
    {
        TableSplit split = Numbers.Split(0.37, 11, "s");
        Assert.Equal(370, split.Train.RowCount);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), split.Train.Numbers("i").Concat(split.Test.Numbers("i")).Order());
        Assert.Throws<KeyNotFoundException>(() => Numbers.Split(0.5, 1, "nothing"));
    }
}
