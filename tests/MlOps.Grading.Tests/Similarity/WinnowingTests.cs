using MlOps.Grading.Similarity;

namespace MlOps.Grading.Tests.Similarity;

public sealed class WinnowingTests
{
    private static readonly HashSet<ulong> Nothing = [];

    /// <summary>Figure 2 of Schleimer, Wilkerson and Aiken (2003): windows of 4 keep 17 at 3 and 6, 8 at 8, 39 at 11, 17 at 15.</summary>
    [Fact]
    public void Select_PapersExample_KeepsTheHashesOfFigureTwo()
    {
        ulong[] hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98];

        Assert.Equal([3, 6, 8, 11, 15], Winnowing.Select(hashes, 4, Nothing));
    }

    /// <summary>Robust winnowing: a run of equal hashes keeps one in w, not all.</summary>
    [Fact]
    public void Select_EqualHashes_KeepsOneAWindow() =>
        Assert.Equal([3, 7, 11], Winnowing.Select(Enumerable.Repeat(5UL, 12).ToArray(), 4, Nothing));

    [Fact]
    public void Select_FewerHashesThanTheWindow_IsOneWindow()
    {
        Assert.Equal([1], Winnowing.Select([9, 3, 7], 6, Nothing));
        Assert.Empty(Winnowing.Select([], 6, Nothing));
    }

    [Fact]
    public void Select_IgnoredHashes_ArePassedOver()
    {
        Assert.Equal([2], Winnowing.Select([9, 3, 7], 3, [3]));
        Assert.Empty(Winnowing.Select([3, 3, 3], 2, [3]));
    }

    /// <summary>
    /// FNV-1a over 32-bit symbols, then SplitMix64's finaliser, worked out in Python with whole numbers modulo 2^64. Pinned, because
    /// fingerprints must agree between machines.
    /// </summary>
    [Fact]
    public void Hashes_KnownSymbols_AreTheSameEverywhere() => Assert.Equal([9863372152255764309, 11653259871629484025], Winnowing.Hashes([1, 2, 3, 70000], 3));

    /// <summary>The paper's guarantee, by brute force over all pairs of positions: a match of w + k − 1 symbols holds a common fingerprint.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(5, 2)]
    public void Select_AnyMatchLongEnough_SharesAFingerprint(int k, int w)
    {
        var random = new Random(20030609);
        int guaranteed = w + k - 1;
        int checkedMatches = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            int[] a = RandomSymbols(random);
            int[] b = RandomSymbols(random);
            int length = random.Next(guaranteed, guaranteed + 6);
            a.AsSpan(random.Next(a.Length - length), length).CopyTo(b.AsSpan(random.Next(b.Length - length)));
            (ulong[] hashesA, ulong[] hashesB) = (Winnowing.Hashes(a, k), Winnowing.Hashes(b, k));
            HashSet<int> keptA = [.. Winnowing.Select(hashesA, w, Nothing)];
            HashSet<int> keptB = [.. Winnowing.Select(hashesB, w, Nothing)];
            for (int i = 0; i + guaranteed <= a.Length; i++)
            {
                for (int j = 0; j + guaranteed <= b.Length; j++)
                {
                    if (a.AsSpan(i, guaranteed).SequenceEqual(b.AsSpan(j, guaranteed)))
                    {
                        checkedMatches++;
                        IEnumerable<ulong> fromA = Enumerable.Range(i, w).Where(keptA.Contains).Select(position => hashesA[position]);
                        Assert.NotEmpty(fromA.Intersect(Enumerable.Range(j, w).Where(keptB.Contains).Select(position => hashesB[position])));
                    }
                }
            }
        }

        Assert.True(checkedMatches >= 60);
    }

    private static int[] RandomSymbols(Random random) => [.. Enumerable.Range(0, 60).Select(_ => random.Next(6))];
}
