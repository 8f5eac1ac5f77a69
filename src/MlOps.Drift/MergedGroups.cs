namespace MlOps.Drift;

/// <summary>A walk along two sorted samples, one distinct value at a time.</summary>
internal ref struct MergedGroups(SortedSample reference, SortedSample current)
{
    private readonly ReadOnlySpan<double> _reference = reference.Values;
    private readonly ReadOnlySpan<double> _current = current.Values;

    /// <summary>The distinct value the walk stands on.</summary>
    internal double Value { get; private set; }

    /// <summary>Reference values below <see cref="Value"/>.</summary>
    internal int ReferenceBelow { get; private set; }

    /// <summary>Current values below <see cref="Value"/>.</summary>
    internal int CurrentBelow { get; private set; }

    /// <summary>Reference values equal to <see cref="Value"/>.</summary>
    internal int ReferenceTies { get; private set; }

    /// <summary>Current values equal to <see cref="Value"/>.</summary>
    internal int CurrentTies { get; private set; }

    /// <summary>Steps to the next distinct value; false at the end.</summary>
    internal bool Next()
    {
        int i = ReferenceBelow + ReferenceTies;
        int j = CurrentBelow + CurrentTies;
        (ReferenceBelow, CurrentBelow) = (i, j);
        if (i == _reference.Length && j == _current.Length)
        {
            return false;
        }

        double a = i < _reference.Length ? _reference[i] : double.PositiveInfinity;
        double b = j < _current.Length ? _current[j] : double.PositiveInfinity;
        double value = Math.Min(a, b); // samples are finite, so an end never wins
        Value = value;
        i += a == value ? 1 : 0; // added, not branched on: which sample is next is a coin toss no processor predicts
        j += b == value ? 1 : 0;
        while (i < _reference.Length && _reference[i] == value)
        {
            i++;
        }

        while (j < _current.Length && _current[j] == value)
        {
            j++;
        }

        ReferenceTies = i - ReferenceBelow;
        CurrentTies = j - CurrentBelow;
        return true;
    }
}
