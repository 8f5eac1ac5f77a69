namespace MlOps.Explain.Shapley;

/// <summary>The values of one feature that stay on the way to one leaf: low &lt; value ≤ high, and perhaps a missing one.</summary>
/// <param name="Low">Values up to here leave the way.</param>
/// <param name="High">Values beyond leave it.</param>
/// <param name="Missing">Whether a missing value stays.</param>
/// <param name="Sets">What equality and sets demand besides; null where no node asks for them.</param>
internal readonly record struct ValueRange(double Low, double High, bool Missing, SetTest? Sets)
{
    internal static ValueRange All => new(double.NegativeInfinity, double.PositiveInfinity, true, null);

    internal bool Contains(double value) =>
        double.IsNaN(value) ? Missing : value > Low && value <= High && (Sets is null || Sets.Accepts(value));

    /// <summary>What is left where one more node has said true or false.</summary>
    /// <param name="node">The node.</param>
    /// <param name="answer">Which of its children the way takes.</param>
    /// <param name="single">Whether values are compared in single precision, which tells what lies right below a threshold.</param>
    internal ValueRange Narrow(in Branch node, bool answer, bool single)
    {
        double threshold = node.Threshold;
        double below = single ? MathF.BitDecrement((float)threshold) : Math.BitDecrement(threshold);
        ValueRange next = this with { Missing = Missing && node.MissingIsTrue == answer };
        return node.Mode switch
        {
            BranchMode.AtMost => next.Cut(threshold, answer),
            BranchMode.Below => next.Cut(below, answer),
            BranchMode.Above => next.Cut(threshold, !answer),
            BranchMode.AtLeast => next.Cut(below, !answer),
            BranchMode.Equal => next.In([threshold], answer),
            BranchMode.Unequal => next.In([threshold], !answer),
            _ => next.In(node.Members!, answer),
        };
    }

    private ValueRange Cut(double at, bool lower) => lower ? this with { High = Math.Min(High, at) } : this with { Low = Math.Max(Low, at) };

    private ValueRange In(IReadOnlyList<double> values, bool inside) => this with { Sets = new SetTest([.. values], inside, Sets) };
}

/// <summary>Demands that a value is, or is not, one of a set; and whatever <paramref name="Rest"/> demands.</summary>
internal sealed record SetTest(HashSet<double> Values, bool Inside, SetTest? Rest)
{
    internal bool Accepts(double value) => Values.Contains(value) == Inside && (Rest is null || Rest.Accepts(value));
}
