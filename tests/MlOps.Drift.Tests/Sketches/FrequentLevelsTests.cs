using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class FrequentLevelsTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260101UL, 17UL);

    private static readonly Arbitrary<string[]> FewLevels = Gen.Elements("a", "b", "B", "", "ä", "₹", "c").ArrayOf().ToArbitrary();

    [Fact]
    public void Add_FewLevels_CountsExactly()
    {
        FrequentLevels tally = Of(["b", "a", "b", "", "b", "a"], 4);

        Assert.True(tally.IsExact);
        Assert.Equal([new LevelCount("", 1), new LevelCount("a", 2), new LevelCount("b", 3)], tally.Levels);
        Assert.Equal([new LevelCount("b", 3), new LevelCount("a", 2)], tally.Top(2));
        Assert.Equal((6, 3, 0), (tally.Count, tally.CountOf("b"), tally.CountOf("z")));
    }

    [Fact]
    public void Merge_FewLevelsInAnyOrder_GivesTheBytesOfOneTally() => Prop.ForAll(FewLevels, FewLevels, FewLevels, (a, b, c) =>
    {
        FrequentLevels left = Of(a, 7);
        left.Merge(Of(b, 7));
        left.Merge(Of(c, 7));
        FrequentLevels right = Of(b, 7);
        right.Merge(Of(c, 7));
        FrequentLevels first = Of(a, 7);
        first.Merge(right);
        byte[] whole = SketchBytes.Of(Of([.. c, .. b, .. a], 7));
        return whole.AsSpan().SequenceEqual(SketchBytes.Of(left)) && whole.AsSpan().SequenceEqual(SketchBytes.Of(first));
    }).Check(Cases);

    [Theory]
    [InlineData("ascending")]
    [InlineData("shuffled")]
    [InlineData("merged")]
    public void CountOf_ManyLevels_IsTooLowByAtMostTheStatedError(string order)
    {
        // Zipf: level i occurs 20000 / i times. Oracle: the counts that made the data.
        string Name(int i) => i.ToString(CultureInfo.InvariantCulture);
        List<string> values = [.. Enumerable.Range(1, 3000).SelectMany(i => Enumerable.Repeat(Name(i), 20_000 / i))];
        if (order != "ascending")
        {
            string[] shuffled = [.. values];
            new Random(3).Shuffle(shuffled);
            values = [.. shuffled];
        }

        const int Capacity = 100;
        FrequentLevels tally = order == "merged" ? Merged([.. values.Chunk(7001).Select(part => Of(part, Capacity))]) : Of(values, Capacity);

        Assert.False(tally.IsExact);
        Assert.Equal(values.Count, tally.Count);
        Assert.InRange(tally.MaxError, 1, values.Count / ((Capacity / 2) + 1));
        Assert.InRange(tally.Levels.Count, 1, Capacity);
        for (int i = 1; i <= 3000; i++)
        {
            Assert.InRange(tally.CountOf(Name(i)), (20_000 / i) - tally.MaxError, 20_000 / i);
        }

        Assert.Equal("1", tally.Top(1)[0].Level);
    }

    [Fact]
    public void IsExact_MoreLevelsThanCapacity_IsFalseInAnyOrderOfMerging()
    {
        FrequentLevels[] parts = [Of(["a", "b"], 4), Of(["c", "d"], 4), Of(["d", "e"], 4)];
        FrequentLevels forward = Merged(parts);
        FrequentLevels backward = Merged([Of(["d", "e"], 4), Of(["c", "d"], 4), Of(["a", "b"], 4)]);

        Assert.False(forward.IsExact);
        Assert.False(backward.IsExact);
        Assert.Equal((6, 6), (forward.Count, backward.Count));
    }

    [Fact]
    public void Arguments_BadValues_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new FrequentLevels(1));
        var tally = new FrequentLevels(2);
        Assert.Throws<ArgumentNullException>("level", () => tally.Add(null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => tally.Add("a", 0));
        Assert.Throws<ArgumentException>("other", () => tally.Merge(tally));
        Assert.Throws<ArgumentException>("other", () => tally.Merge(new FrequentLevels(3)));
    }

    private static FrequentLevels Of(IEnumerable<string> values, int capacity)
    {
        var tally = new FrequentLevels(capacity);
        foreach (string value in values)
        {
            tally.Add(value);
        }

        return tally;
    }

    private static FrequentLevels Merged(FrequentLevels[] parts)
    {
        Array.ForEach(parts[1..], parts[0].Merge);
        return parts[0];
    }
}
