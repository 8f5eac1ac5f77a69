using System.Numerics;

namespace MlOps.Learning.Trees;

/// <summary>Tries the edges between bins only: a node's cases are counted into the bins of a feature in one pass, without sorting.</summary>
/// <remarks>Deep nodes have few cases and most bins are empty there, so the bins in use are remembered in 256 bits.</remarks>
internal sealed class HistogramGrower<TCriterion>(TCriterion criterion, BinnedMatrix bins, GrowthLimits limits)
    : TreeGrower<TCriterion>(criterion, bins.ColumnCount, limits)
    where TCriterion : struct, ICriterion
{
    private const int BitsAWord = 64;

    private readonly int _width = criterion.Width;
    private readonly double[] _cells = new double[FeatureBins.Capacity * criterion.Width];
    private readonly int[] _counts = new int[FeatureBins.Capacity];
    private readonly ulong[] _used = new ulong[FeatureBins.Capacity / BitsAWord];
    private readonly double[] _left = new double[criterion.Width];
    private Case[] _scratch = [];

    protected override void Begin()
    {
        if (_scratch.Length < Cases.Length)
        {
            _scratch = new Case[Cases.Length];
        }
    }

    protected override bool TrySplit(int feature, int start, int end, ReadOnlySpan<double> total, ref Candidate best)
    {
        Count(bins.Columns[feature], Cases.AsSpan(start, end - start));
        Array.Clear(_left);
        int leftCount = 0;
        int count = end - start;
        int previous = -1;
        bool varies = false;
        for (int word = 0; word < _used.Length; word++)
        {
            for (ulong bits = _used[word]; bits != 0; bits &= bits - 1)
            {
                int bin = (word * BitsAWord) + BitOperations.TrailingZeroCount(bits);
                if (previous >= 0)
                {
                    varies = true;
                    if (leftCount >= MinSamplesLeaf && count - leftCount >= MinSamplesLeaf)
                    {
                        double cost = Criterion.Cost(total, _left);
                        if (cost < best.Cost)
                        {
                            // Halfway through the bins that are empty here, as an exact split would lie halfway between the values.
                            int middle = (previous + bin - 1) / 2;
                            best = new Candidate { Feature = feature, Bin = middle, Threshold = bins.Edges[feature][middle], Cost = cost };
                        }
                    }
                }

                Span<double> cell = _cells.AsSpan(bin * _width, _width);
                for (int i = 0; i < cell.Length; i++)
                {
                    _left[i] += cell[i];
                }

                cell.Clear();
                leftCount += _counts[bin];
                _counts[bin] = 0;
                previous = bin;
            }

            _used[word] = 0;
        }

        return varies;
    }

    protected override int Partition(in Candidate split, int start, int end)
    {
        byte[] column = bins.Columns[split.Feature];
        Span<Case> cases = Cases.AsSpan(start, end - start);
        int left = 0;
        int right = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            // Both are written and one of them counts: no branch to mispredict.
            Case one = cases[i];
            int goesLeft = column[one.Row] <= split.Bin ? 1 : 0;
            cases[left] = one;
            _scratch[right] = one;
            left += goesLeft;
            right += 1 - goesLeft;
        }

        _scratch.AsSpan(0, right).CopyTo(cases[left..]);
        return start + left;
    }

    private void Count(byte[] column, ReadOnlySpan<Case> cases)
    {
        double[] cells = _cells;
        int[] counts = _counts;
        ulong[] used = _used;
        foreach (ref readonly Case one in cases)
        {
            int bin = column[one.Row];
            Criterion.Add(cells.AsSpan(bin * _width, _width), one.Target, one.Weight);
            counts[bin]++;
            used[bin / BitsAWord] |= 1UL << bin;
        }
    }
}
