namespace MlOps.Explain.Counterfactuals;

/// <summary>What would have to differ for the model to say something else, or that nothing was found.</summary>
/// <param name="Output">What the model's number is.</param>
/// <param name="Prediction">The number for the row as it is.</param>
/// <param name="Target">What was to be reached.</param>
/// <param name="Counterfactuals">Those found, the cheapest first; empty when there is none, or when the row reaches the target as it is.</param>
/// <param name="Closest">Where none was found: the allowed change that came nearest to the target; null when no change brought the row nearer.</param>
/// <param name="Evaluations">How many rows the model was asked about.</param>
/// <param name="IsExhaustive">Whether every allowed combination was tried; if not, one that was not tried may do.</param>
public sealed record CounterfactualResult(
    string Output, double Prediction, CounterfactualTarget Target, IReadOnlyList<Counterfactual> Counterfactuals, Counterfactual? Closest, int Evaluations, bool IsExhaustive)
{
    /// <summary>Gets whether the row reaches the target without any change.</summary>
    public bool IsReached => Target.Contains(Prediction);

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The counterfactuals, one a line, or that there is none.</summary>
    public override string ToString()
    {
        string now = FormattableString.Invariant($"The {Output} is {Prediction:0.####}; wanted: {Target}.");
        if (IsReached)
        {
            return now + " The row reaches it as it is.";
        }

        if (Counterfactuals.Count > 0)
        {
            return string.Join(Environment.NewLine, Counterfactuals.Select(counterfactual => $"  {counterfactual}").Prepend(now));
        }

        string none = IsExhaustive
            ? " No allowed change reaches it."
            : FormattableString.Invariant($" None found within the limits after {Evaluations:#,0} tries; not every combination was tried.");
        return now + none + (Closest is null ? " No allowed change comes nearer." : $" The closest: {Closest}.");
    }
}
