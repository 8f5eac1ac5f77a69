using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class DistinctSketchTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, SketchReferences.Distinct.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_KnownValues_EqualsThePapersFormula(int index)
    {
        SketchReferences.DistinctCase known = SketchReferences.Distinct[index];
        var sketch = new DistinctSketch(known.P);
        for (int i = 0; i < known.Count; i++)
        {
            if (known.What == "numbers")
            {
                sketch.Add(i / 8.0);
            }
            else
            {
                sketch.Add(FormattableString.Invariant($"level {i} ₹"));
            }
        }

        References.AssertRelative(known.Estimate, sketch.Estimate(), 1e-12, $"{known.Count} {known.What}, p = {known.P}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    public void Estimate_ManyValuesWithRepeats_IsWithinFourStandardErrors(int distinct)
    {
        var sketch = new DistinctSketch();
        for (int i = 0; i < distinct; i++)
        {
            sketch.Add(i * 0.1);
            sketch.Add(i * 0.1);
        }

        Assert.InRange(sketch.Estimate(), distinct * (1 - (4 * sketch.StandardError)), distinct * (1 + (4 * sketch.StandardError)));
    }

    [Fact]
    public void Estimate_ManySketches_HasTheStatedStandardErrorAndNoBias()
    {
        const int Sketches = 300;
        double[] errors = [.. Enumerable.Range(0, Sketches).Select(s =>
        {
            var sketch = new DistinctSketch(8);
            sketch.Add([.. Enumerable.Range(0, 2000).Select(i => s + (i / 4096.0))]);
            return (sketch.Estimate() / 2000) - 1;
        })];

        double deviation = Math.Sqrt(errors.Average(e => e * e));
        Assert.InRange(deviation, 0.8 * 1.04 / 16, 1.2 * 1.04 / 16); // ± 5 standard errors of a deviation of 300
        Assert.InRange(errors.Average(), -4 * deviation / Math.Sqrt(Sketches), 4 * deviation / Math.Sqrt(Sketches));
    }

    [Fact]
    public void Add_ZerosAndNaNs_AreOneValueEach()
    {
        var sketch = new DistinctSketch();
        var same = new DistinctSketch();
        sketch.Add([0.0, -0.0, double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(0x7FF8000000000123)]);
        same.Add([0.0, double.NaN]);

        Assert.Equal(SketchBytes.Of(same), SketchBytes.Of(sketch));
        Assert.Equal(2, Math.Round(sketch.Estimate()));
    }

    [Fact]
    public void Merge_AnyOrderAndGrouping_GivesTheBytesOfOneSketch()
    {
        double[] values = Samples.Make("heavy", 20_000, 3, 0);
        DistinctSketch whole = Of(values);
        DistinctSketch[] parts = [.. QuantileSketchTests.Split(values, 9).Select(Of)];
        DistinctSketch left = Of([]);
        Array.ForEach(parts, left.Merge);
        DistinctSketch right = Of([]);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            right.Merge(parts[i]);
            right.Merge(parts[i]); // twice changes nothing
        }

        Assert.Equal(SketchBytes.Of(whole), SketchBytes.Of(left));
        Assert.Equal(SketchBytes.Of(whole), SketchBytes.Of(right));
    }

    [Fact]
    public void Mix_FirstOutputOfSplitMix64_IsThePublishedOne()
    {
        // SplitMix64 with seed 0 begins 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4 (the generator's reference implementation).
        Assert.Equal(0xE220A8397B1DCDAFUL, StableHash.Mix(0x9E3779B97F4A7C15));
        Assert.Equal(0x6E789E6AA1B965F4UL, StableHash.Mix(unchecked(2 * 0x9E3779B97F4A7C15)));
    }

    [Fact]
    public void Arguments_BadValues_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => new DistinctSketch(3));
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => new DistinctSketch(19));
        Assert.Throws<ArgumentException>("other", () => new DistinctSketch(4).Merge(new DistinctSketch(5)));
        Assert.Throws<ArgumentNullException>("text", () => new DistinctSketch().Add((string)null!));
    }

    private static DistinctSketch Of(double[] values)
    {
        var sketch = new DistinctSketch(6);
        sketch.Add(values);
        return sketch;
    }
}
