namespace MlOps.Explain.Counterfactuals;

/// <summary>The numbers that a counterfactual must reach, ends included.</summary>
public sealed record CounterfactualTarget
{
    private CounterfactualTarget(double? low, double? high) => (Low, High) = (low, high);

    /// <summary>Gets the least number that will do; null: no limit below.</summary>
    public double? Low { get; }

    /// <summary>Gets the largest number that will do; null: no limit above.</summary>
    public double? High { get; }

    /// <summary>The model's number is at least <paramref name="value"/>: a probability that is enough.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static CounterfactualTarget AtLeast(double value) => new(Guard.Finite(value), null);

    /// <summary>The model's number is at most <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static CounterfactualTarget AtMost(double value) => new(null, Guard.Finite(value));

    /// <summary>The model's number lies in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is NaN or infinite, or low is above high.</exception>
    public static CounterfactualTarget Between(double low, double high) => new(Guard.Finite(low), Guard.AtLeast(Guard.Finite(high), low));

    /// <summary>Whether a number will do.</summary>
    public bool Contains(double value) => Gap(value) == 0;

    /// <summary>How far a number is from the nearest that will do; 0 inside.</summary>
    public double Gap(double value) => value < Low ? Low.Value - value : value > High ? value - High.Value : 0;

    /// <summary>The target in words: <c>at least 0.5</c>.</summary>
    public override string ToString() => (Low, High) switch
    {
        ({ } low, { } high) => FormattableString.Invariant($"between {low:0.####} and {high:0.####}"),
        ({ } low, null) => FormattableString.Invariant($"at least {low:0.####}"),
        _ => FormattableString.Invariant($"at most {High:0.####}"),
    };
}
