namespace MlOps.Explain.Counterfactuals;

/// <summary>What a counterfactual may change, and how hard to look for one.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>Gets the limits by feature name; features without one may take any value of the data.</summary>
    /// <value>Empty. Give at least those of features nobody can change.</value>
    public IReadOnlyDictionary<string, Actionability> Limits { get; init; } = new Dictionary<string, Actionability>();

    /// <summary>Gets how many counterfactuals to return at most, ≥ 1.</summary>
    /// <value>3.</value>
    public int Count { get; init; } = 3;

    /// <summary>Gets how many features one may change, ≥ 1.</summary>
    /// <value>3: more is no advice.</value>
    public int MaxChanges { get; init; } = 3;

    /// <summary>Gets what each changed feature costs beside its distance, ≥ 0: above 0 few large changes win over many small ones.</summary>
    /// <value>0.5. The cost is <c>distance + ChangeCost · changes</c>.</value>
    public double ChangeCost { get; init; } = 0.5;

    /// <summary>Gets how many values of a feature the first search tries, ≥ 2; the refinement tries those between.</summary>
    /// <value>20, at even ranks of the allowed ones.</value>
    public int ValuesPerFeature { get; init; } = 20;

    /// <summary>Gets how many rows the model is asked about at most, ≥ 1.</summary>
    /// <value>50,000.</value>
    public int MaxEvaluations { get; init; } = 50_000;

    internal CounterfactualOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Limits);
        Guard.AtLeast(Count, 1);
        Guard.AtLeast(MaxChanges, 1);
        Guard.NonNegative(ChangeCost);
        Guard.AtLeast(ValuesPerFeature, 2);
        Guard.AtLeast(MaxEvaluations, 1);
        return this;
    }
}
