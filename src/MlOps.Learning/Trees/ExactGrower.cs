namespace MlOps.Learning.Trees;

/// <summary>Tries every threshold between two values. Each column is sorted once; nodes keep the order.</summary>
internal sealed class ExactGrower<TCriterion>(TCriterion criterion, float[][] columns, GrowthLimits limits)
    : TreeGrower<TCriterion>(criterion, columns.Length, limits)
    where TCriterion : struct, ICriterion
{
    private readonly double[] _left = new double[criterion.Width];
    private readonly int[][] _orders = new int[columns.Length][]; // of each feature: the rows of a node, ascending in its value
    private readonly double[] _weights = new double[columns[0].Length];
    private readonly double[] _targets = new double[columns[0].Length];
    private readonly bool[] _goesLeft = new bool[columns[0].Length];
    private int[] _rowScratch = [];
    private Case[] _caseScratch = [];

    protected override void Begin()
    {
        foreach (Case one in Cases)
        {
            _weights[one.Row] = one.Weight;
            _targets[one.Row] = one.Target;
        }

        Parallel.For(0, FeatureCount, f =>
        {
            int[] rows = Array.ConvertAll(Cases, one => one.Row);
            float[] values = Array.ConvertAll(rows, row => columns[f][row]);
            Array.Sort(values, rows);
            _orders[f] = rows;
        });
        _rowScratch = new int[Cases.Length];
        _caseScratch = new Case[Cases.Length];
    }

    protected override bool TrySplit(int feature, int start, int end, ReadOnlySpan<double> total, ref Candidate best)
    {
        ReadOnlySpan<int> rows = _orders[feature].AsSpan(start, end - start);
        float[] column = columns[feature];
        float previous = column[rows[0]];
        if (previous >= column[rows[^1]])
        {
            return false;
        }

        Array.Clear(_left);
        for (int i = 0; i <= rows.Length - MinSamplesLeaf; i++)
        {
            int row = rows[i];
            float value = column[row];
            if (value > previous && i >= MinSamplesLeaf)
            {
                double cost = Criterion.Cost(total, _left);
                if (cost < best.Cost)
                {
                    best = new Candidate { Feature = feature, Threshold = FeatureBins.Between(previous, value), Cost = cost };
                }
            }

            Criterion.Add(_left, _targets[row], _weights[row]);
            previous = value;
        }

        return true;
    }

    protected override int Partition(in Candidate split, int start, int end)
    {
        float[] column = columns[split.Feature];
        Span<Case> cases = Cases.AsSpan(start, end - start);
        int left = 0;
        int right = 0;
        foreach (Case one in cases)
        {
            bool goesLeft = column[one.Row] <= split.Threshold;
            _goesLeft[one.Row] = goesLeft;
            if (goesLeft)
            {
                cases[left++] = one;
            }
            else
            {
                _caseScratch[right++] = one;
            }
        }

        _caseScratch.AsSpan(0, right).CopyTo(cases[left..]);
        foreach (int[] order in _orders)
        {
            PartitionRows(order.AsSpan(start, end - start));
        }

        return start + left;
    }

    private void PartitionRows(Span<int> rows)
    {
        int left = 0;
        int right = 0;
        foreach (int row in rows)
        {
            // Both are written and one of them counts: no branch to mispredict.
            int goesLeft = _goesLeft[row] ? 1 : 0;
            rows[left] = row;
            _rowScratch[right] = row;
            left += goesLeft;
            right += 1 - goesLeft;
        }

        _rowScratch.AsSpan(0, right).CopyTo(rows[left..]);
    }
}
