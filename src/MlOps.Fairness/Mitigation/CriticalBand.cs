namespace MlOps.Fairness.Mitigation;

/// <summary>A band around the threshold that widens row by row, with the counts of the decisions it makes.</summary>
internal sealed class CriticalBand
{
    private readonly ParityConstraint _constraint;
    private readonly double[] _distances; // ascending
    private readonly int[] _kinds; // by ascending distance: 4 · favoured + 2 · label + 1 · decision without a band
    private readonly int[] _rows = new int[8]; // by kind of the decision now
    private int _next;

    internal CriticalBand(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, Groups groups, bool[] isFavoured, ParityConstraint constraint, double threshold)
    {
        _constraint = constraint;
        ReadOnlySpan<int> codes = groups.Codes;
        int known = groups.RowCount - groups.MissingCount;
        _distances = new double[known];
        _kinds = new int[known];
        int at = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
            {
                _distances[at] = Math.Abs(scores[i] - threshold);
                _kinds[at] = (isFavoured[codes[i]] ? 4 : 0) + (labels[i] ? 2 : 0) + (scores[i] > threshold ? 1 : 0);
                _rows[_kinds[at++]]++;
            }
        }

        Array.Sort(_distances, _kinds);
        foreach (bool favoured in (ReadOnlySpan<bool>)[true, false])
        {
            bool missing = constraint switch
            {
                ParityConstraint.DemographicParity => Count(favoured, true) + Count(favoured, false) == 0,
                ParityConstraint.TruePositiveRate => Count(favoured, true) == 0,
                ParityConstraint.FalsePositiveRate => Count(favoured, false) == 0,
                _ => Count(favoured, true) == 0 || Count(favoured, false) == 0,
            };
            if (missing)
            {
                throw new ArgumentException($"The {(favoured ? "favoured" : "other")} rows lack those whose label the {constraint} constraint looks at; their rate is undefined.", nameof(groups));
            }
        }
    }

    internal double Margin { get; private set; }

    internal int Changed { get; private set; }

    internal double Accuracy => (double)(_rows[0] + _rows[3] + _rows[4] + _rows[7]) / _kinds.Length;

    internal double Difference
    {
        get
        {
            double positives = Selected(true, true) - Selected(false, true);
            double negatives = Selected(true, false) - Selected(false, false);
            return _constraint switch
            {
                ParityConstraint.DemographicParity => Selected(true) - Selected(false),
                ParityConstraint.TruePositiveRate => positives,
                ParityConstraint.FalsePositiveRate => negatives,
                _ => Math.Abs(positives) >= Math.Abs(negatives) ? positives : negatives,
            };
        }
    }

    /// <summary>Takes the nearest rows outside the band into it: all of one distance. Returns false if there are none left.</summary>
    internal bool Widen()
    {
        if (_next == _distances.Length)
        {
            return false;
        }

        Margin = _distances[_next];
        for (; _next < _distances.Length && _distances[_next] == Margin; _next++)
        {
            int kind = _kinds[_next];
            int decided = kind >= 4 ? kind | 1 : kind & ~1; // favoured: positive; others: negative
            if (decided != kind)
            {
                _rows[kind]--;
                _rows[decided]++;
                Changed++;
            }
        }

        return true;
    }

    private int Count(bool favoured, bool label) => _rows[(favoured ? 4 : 0) + (label ? 2 : 0)] + _rows[(favoured ? 4 : 0) + (label ? 2 : 0) + 1];

    private double Selected(bool favoured, bool label) => (double)_rows[(favoured ? 4 : 0) + (label ? 2 : 0) + 1] / Count(favoured, label);

    private double Selected(bool favoured) =>
        (double)(_rows[favoured ? 5 : 1] + _rows[favoured ? 7 : 3]) / (Count(favoured, true) + Count(favoured, false));
}
