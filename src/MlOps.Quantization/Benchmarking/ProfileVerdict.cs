namespace MlOps.Quantization.Benchmarking;

/// <summary>Whether a model suits a device.</summary>
/// <param name="Profile">The device.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Misses">The limits it breaks; none if it fits.</param>
public sealed record ProfileVerdict(EdgeProfile Profile, string Model, IReadOnlyList<BudgetMiss> Misses)
{
    /// <summary>Gets whether no limit is broken.</summary>
    public bool Fits => Misses.Count == 0;

    /// <summary>Returns a sentence.</summary>
    public override string ToString() => Fits
        ? $"{Model} fits {Profile.Description}."
        : $"{Model} does not fit {Profile.Description}: {string.Join("; ", Misses.Select(miss => $"{miss.Criterion} {miss.ValueText ?? "was not measured"}, at most {miss.LimitText}"))}.";
}
