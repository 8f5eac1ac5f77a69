namespace MlOps.Explain.Counterfactuals;

/// <summary>What may be asked of one feature: age can only rise, a birthplace not change.</summary>
/// <remarks>Without one a feature may take every value that the data has. Values that no row of the data has are never proposed, unless <see cref="Step"/> is given:
/// then steps within the data's range.</remarks>
public sealed record Actionability
{
    /// <summary>Gets the limit of a feature that must stay as it is.</summary>
    public static Actionability Fixed { get; } = new() { MayRise = false, MayFall = false };

    /// <summary>Gets whether the number may become larger.</summary>
    /// <value>true.</value>
    public bool MayRise { get; init; } = true;

    /// <summary>Gets whether the number may become smaller.</summary>
    /// <value>true.</value>
    public bool MayFall { get; init; } = true;

    /// <summary>Gets the least value to propose.</summary>
    /// <value>null: the least of the data.</value>
    public double? Minimum { get; init; }

    /// <summary>Gets the largest value to propose.</summary>
    /// <value>null: the largest of the data.</value>
    public double? Maximum { get; init; }

    /// <summary>Gets the step from the row's value, &gt; 0: 1,000 proposes 1,000 more, 2,000 more, …</summary>
    /// <value>null: the values of the data.</value>
    public double? Step { get; init; }

    /// <summary>Gets the texts that may be proposed, for a feature of texts.</summary>
    /// <value>null: all texts of the data.</value>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Gets by how much a change of the number costs 1, &gt; 0: a small scale makes it dear.</summary>
    /// <value>null: the median absolute deviation of the data; where that is 0 the mean absolute deviation from the median, and 1 where the feature is constant.</value>
    public double? Scale { get; init; }

    internal void Check(string feature, bool isText)
    {
        if (isText && (MayRise != MayFall || Minimum is not null || Maximum is not null || Step is not null || Scale is not null))
        {
            throw new ArgumentException($"'{feature}' holds texts: they have no order, so nothing of rise, fall, minimum, maximum, step and scale applies. Name the Texts that may be proposed, or use Actionability.Fixed.");
        }

        if (!isText && Texts is not null)
        {
            throw new ArgumentException($"'{feature}' holds numbers; Texts is for features of texts.");
        }

        if (Minimum > Maximum || Step is not (null or > 0) || Scale is not (null or > 0) || Minimum is double.NaN || Maximum is double.NaN)
        {
            throw new ArgumentException(FormattableString.Invariant($"'{feature}': minimum {Minimum} must not be above maximum {Maximum}; step {Step} and scale {Scale} must be above 0."));
        }
    }
}
