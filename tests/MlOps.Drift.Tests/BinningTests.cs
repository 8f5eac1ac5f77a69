namespace MlOps.Drift.Tests;

public sealed class BinningTests
{
    private static readonly SortedSample OneToTen = SortedSample.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    [Fact]
    public void Quantiles_FiveBins_HoldEqualSharesOfTheReference()
    {
        BinCounts bins = Binning.Quantiles(5).Count(OneToTen, SortedSample.Of([-100, 2, 2.8, 1000]));

        Assert.Equal([2.8, 4.6, 6.4, 8.2], bins.Edges.Select(edge => Math.Round(edge, 12)));
        Assert.Equal([2, 2, 2, 2, 2], bins.Reference);
        Assert.Equal([2, 1, 0, 0, 1], bins.Current); // 2.8 lies on an edge and belongs to the bin above it; nothing is lost outside
    }

    [Fact]
    public void EqualWidth_ThreeBins_DivideTheReferenceRange()
    {
        BinCounts bins = Binning.EqualWidth(3).Count(OneToTen, OneToTen);

        Assert.Equal([4, 7], bins.Edges);
        Assert.Equal([3, 3, 4], bins.Reference);
    }

    [Fact]
    public void Quantiles_TiedEdges_AreMerged()
    {
        // Deciles of 0 0 0 0 0 0 1 2 3 4: six of the nine inner edges are 0.
        var reference = SortedSample.Of([0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);

        BinCounts bins = Binning.Deciles.Count(reference, reference);

        Assert.Equal(bins.Edges.Distinct().Order(), bins.Edges);
        Assert.Equal(0, bins.Edges[0]);
        Assert.Equal(10, bins.Reference.Sum());
        Assert.True(bins.Count < 10);
    }

    [Fact]
    public void Quantiles_NearlyConstantReference_GivesTheValueABinOfItsOwn()
    {
        var reference = SortedSample.Of([.. Enumerable.Repeat(0.0, 97), 5, 6, 7]);

        BinCounts bins = Binning.Deciles.Count(reference, SortedSample.Of([-1, 0, 0, 2]));

        Assert.Equal([0, 97, 3], bins.Reference);
        Assert.Equal([1, 2, 1], bins.Current);
        Assert.Equal(["< 0", "= 0", "> 0"], Enumerable.Range(0, 3).Select(bins.Label));
    }

    [Fact]
    public void At_GivenEdges_MakesOpenEnds()
    {
        BinCounts bins = Binning.At(18, 30, 65).Count(SortedSample.Of([17.9, 18, 29, 30, 80]), SortedSample.Of([65]));

        Assert.Equal([1, 2, 1, 1], bins.Reference);
        Assert.Equal([0, 0, 0, 1], bins.Current);
        Assert.Equal(["< 18", "18 – 30", "30 – 65", "≥ 65"], Enumerable.Range(0, 4).Select(bins.Label));
    }

    [Fact]
    public void Label_EdgesCloseTogether_ShowAsManyDigitsAsTellThemApart()
    {
        BinCounts bins = Binning.At(1_000_001, 1_000_002).Count(OneToTen, OneToTen);

        Assert.Equal("1,000,001 – 1,000,002", bins.Label(1));
    }

    [Fact]
    public void EqualWidth_RangeBeyondDouble_StillHasEdges()
    {
        var reference = SortedSample.Of([-double.MaxValue, 0, double.MaxValue]);

        Assert.All(Binning.EqualWidth(4).Count(reference, reference).Edges, edge => Assert.True(double.IsFinite(edge)));
    }

    [Fact]
    public void Factories_BadArguments_SayWhatIsWrong()
    {
        Assert.Equal("bins", Assert.Throws<ArgumentOutOfRangeException>(() => Binning.Quantiles(1)).ParamName);
        Assert.Equal("bins", Assert.Throws<ArgumentOutOfRangeException>(() => Binning.EqualWidth(0)).ParamName);
        Assert.Contains("edge 2 is 1 after 2", Assert.Throws<ArgumentException>(() => Binning.At(0, 2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Binning.At(double.NaN));
        Assert.Throws<ArgumentException>(() => Binning.At());
    }
}
