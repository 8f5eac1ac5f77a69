namespace MlOps.Fairness.Mitigation;

/// <summary>The constraints of a reduction: ± the distance of each group's rate from that of all rows, for each event.</summary>
internal sealed class ParityMoments
{
    private readonly int[] _cells; // the group and event of a row, or −1
    private readonly double[] _cellCounts;
    private readonly double[] _eventCounts;
    private readonly bool _ofErrors;
    private readonly bool[] _labels;

    private ParityMoments(bool[] labels, int[] cells, double[] cellCounts, double[] eventCounts, bool ofErrors) =>
        (_labels, _cells, _cellCounts, _eventCounts, _ofErrors) = (labels, cells, cellCounts, eventCounts, ofErrors);

    /// <summary>Gets the number of constraints: 2 a cell, first all the positive ones.</summary>
    internal int Count => _cellCounts.Length * 2;

    internal int Rows => _labels.Length;

    internal static ParityMoments Of(ReadOnlySpan<bool> labels, Groups groups, ParityConstraint constraint)
    {
        MitigationRows.Same(labels.Length, groups, "a label", nameof(labels));
        if (!Enum.IsDefined(constraint))
        {
            throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "Unknown constraint.");
        }

        int[] present = [.. groups.Codes.ToArray().Where(code => code >= 0).Distinct().Order()];
        if (present.Length == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to make equal.", nameof(groups));
        }

        int events = constraint == ParityConstraint.EqualizedOdds ? 2 : 1;
        var cells = new int[labels.Length];
        var cellCounts = new double[events * present.Length];
        var eventCounts = new double[events];
        for (int i = 0; i < cells.Length; i++)
        {
            int at = EventOf(constraint, labels[i]);
            cells[i] = groups.Codes[i] < 0 || at < 0 ? -1 : (at * present.Length) + Array.BinarySearch(present, groups.Codes[i]);
            if (cells[i] >= 0)
            {
                cellCounts[cells[i]]++;
                eventCounts[at]++;
            }
        }

        int empty = Array.IndexOf(cellCounts, 0);
        return empty < 0
            ? new ParityMoments(labels.ToArray(), cells, cellCounts, eventCounts, constraint == ParityConstraint.ErrorRate)
            : throw new ArgumentException($"Group '{groups.Names[present[empty % present.Length]]}' has no row whose label the {constraint} constraint looks at; its rate is undefined.", nameof(groups));
    }

    /// <summary>The share of wrong decisions.</summary>
    internal double Error(ReadOnlySpan<bool> decisions)
    {
        int wrong = 0;
        for (int i = 0; i < decisions.Length; i++)
        {
            wrong += decisions[i] != _labels[i] ? 1 : 0;
        }

        return (double)wrong / decisions.Length;
    }

    /// <summary>γ, one value a constraint.</summary>
    internal double[] Gamma(ReadOnlySpan<bool> decisions)
    {
        var sums = new double[_cellCounts.Length];
        for (int i = 0; i < decisions.Length; i++)
        {
            if (_cells[i] >= 0)
            {
                sums[_cells[i]] += _ofErrors ? (decisions[i] != _labels[i] ? 1 : 0) : (decisions[i] ? 1 : 0);
            }
        }

        int groups = _cellCounts.Length / _eventCounts.Length;
        var gamma = new double[Count];
        for (int c = 0; c < sums.Length; c++)
        {
            int at = c / groups;
            double all = sums.AsSpan(at * groups, groups).ToArray().Sum() / _eventCounts[at];
            gamma[c] = (sums[c] / _cellCounts[c]) - all;
            gamma[c + sums.Length] = -gamma[c];
        }

        return gamma;
    }

    /// <summary>What predicting positive adds to −n · L for each row: its sign is the target, its size the weight.</summary>
    internal double[] SignedWeights(ReadOnlySpan<double> lambda)
    {
        int count = _cellCounts.Length;
        int groups = count / _eventCounts.Length;
        var perCell = new double[count];
        for (int c = 0; c < count; c++)
        {
            int at = c / groups;
            double total = 0;
            for (int g = at * groups; g < (at + 1) * groups; g++)
            {
                total += lambda[g] - lambda[g + count];
            }

            perCell[c] = Rows * ((total / _eventCounts[at]) - ((lambda[c] - lambda[c + count]) / _cellCounts[c]));
        }

        var signed = new double[Rows];
        for (int i = 0; i < signed.Length; i++)
        {
            double utility = _ofErrors && _labels[i] ? -1 : 1;
            signed[i] = (_labels[i] ? 1 : -1) + (_cells[i] < 0 ? 0 : utility * perCell[_cells[i]]);
        }

        return signed;
    }

    /// <summary>The standard deviation of the errors, over n − 1; 0 for a single row.</summary>
    internal double ErrorDeviation(double error) => Rows < 2 ? 0 : Math.Sqrt(error * (1 - error) * Rows / (Rows - 1));

    private static int EventOf(ParityConstraint constraint, bool label) => constraint switch
    {
        ParityConstraint.TruePositiveRate => label ? 0 : -1,
        ParityConstraint.FalsePositiveRate => label ? -1 : 0,
        ParityConstraint.EqualizedOdds => label ? 1 : 0,
        _ => 0,
    };
}
