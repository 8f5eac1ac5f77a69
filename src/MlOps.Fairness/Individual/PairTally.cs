namespace MlOps.Fairness.Individual;

/// <summary>What was found among the pairs so far. Not thread-safe.</summary>
internal sealed class PairTally(double constant, int listed)
{
    private readonly SortedSet<LipschitzPair> _worst = new(Comparer<LipschitzPair>.Create(static (x, y) =>
        (-x.Excess, x.First, x.Second).CompareTo((-y.Excess, y.First, y.Second))));

    internal long Pairs { get; private set; }

    internal long Violations { get; private set; }

    /// <summary>The largest gap per distance.</summary>
    internal double Steepest { get; private set; }

    /// <summary>The pairs of largest excess, ties by row: a total order, so that any order of arrival gives the same list.</summary>
    internal IReadOnlyList<LipschitzPair> Worst => [.. _worst];

    internal void Add(int first, int second, double distance, double gap)
    {
        Pairs++;
        if (gap > Steepest * distance)
        {
            Steepest = gap / distance; // +∞ for equal rows
        }

        double excess = gap - (constant * distance);
        if (excess > 0)
        {
            Violations++;
            if (_worst.Count < listed || (listed > 0 && excess >= _worst.Max!.Excess))
            {
                Keep(new LipschitzPair(first, second, distance, gap, excess));
            }
        }
    }

    internal void Add(PairTally other)
    {
        Pairs += other.Pairs;
        Violations += other.Violations;
        Steepest = Math.Max(Steepest, other.Steepest);
        foreach (LipschitzPair pair in other._worst)
        {
            Keep(pair);
        }
    }

    private void Keep(LipschitzPair pair)
    {
        _worst.Add(pair);
        if (_worst.Count > listed)
        {
            _worst.Remove(_worst.Max!);
        }
    }
}
