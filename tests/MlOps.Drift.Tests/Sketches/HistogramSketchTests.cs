using FsCheck;
using FsCheck.Fluent;
using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class HistogramSketchTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260101UL, 17UL);

    private static readonly Arbitrary<double[]> AnyValues = Gen.OneOf(
        Gen.Choose(-40, 40).Select(i => i / 4.0),
        Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0)).ArrayOf().ToArbitrary();

    [Fact]
    public void Add_ValuesOnAndBetweenEdges_AreCountedAsBinningCounts()
    {
        var histogram = new HistogramSketch(0, 1, 2.5);
        histogram.Add([-5, -0.0, 0.5, 1, 2.4, 2.5, 100, double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

        Assert.Equal([1, 2, 2, 2], histogram.Counts);
        Assert.Equal((1, 2, 7, 1, 2), (histogram.Below, histogram.Above, histogram.Count, histogram.Missing, histogram.Infinite));
        double[] finite = [-5, 0, 0.5, 1, 2.4, 2.5, 100];
        Assert.Equal(Binning.At(0, 1, 2.5).Count(SortedSample.Of(finite), SortedSample.Of(finite)).Reference, histogram.Counts);
    }

    [Fact]
    public void Merge_AnyPartsInAnyOrder_GivesTheBytesOfOneHistogram() => Prop.ForAll(AnyValues, AnyValues, AnyValues, (a, b, c) =>
    {
        HistogramSketch left = Of(a);
        left.Merge(Of(b));
        left.Merge(Of(c));
        HistogramSketch bc = Of(c);
        bc.Merge(Of(b));
        bc.Merge(Of(a));
        byte[] whole = SketchBytes.Of(Of([.. b, .. a, .. c]));
        return whole.AsSpan().SequenceEqual(SketchBytes.Of(left)) && whole.AsSpan().SequenceEqual(SketchBytes.Of(bc));
    }).Check(Cases);

    [Fact]
    public void Compare_SameEdges_SetsCountsBesideEachOther()
    {
        BinCounts both = HistogramSketch.Compare(Of([-100, 0, 100]), Of([0, 0]));

        Assert.Equal([1, 0, 1, 0, 1], both.Reference);
        Assert.Equal([0, 0, 2, 0, 0], both.Current);
    }

    [Fact]
    public void Arguments_BadValues_AreNamed()
    {
        Assert.Throws<ArgumentException>("edges", () => new HistogramSketch());
        Assert.Throws<ArgumentException>("edges", () => new HistogramSketch(1, 1));
        Assert.Throws<ArgumentException>("edges", () => new HistogramSketch(1, double.NaN));
        Assert.Throws<ArgumentException>("other", () => new HistogramSketch(1).Merge(new HistogramSketch(2)));
        Assert.Throws<ArgumentException>("current", () => HistogramSketch.Compare(new HistogramSketch(1), new HistogramSketch(1, 2)));
    }

    private static HistogramSketch Of(double[] values)
    {
        var histogram = new HistogramSketch(-5, -1, 1, 5);
        histogram.Add(values);
        return histogram;
    }
}
