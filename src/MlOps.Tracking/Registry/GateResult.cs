namespace MlOps.Tracking.Registry;

/// <summary>What a gate found.</summary>
/// <param name="Name">The gate.</param>
/// <param name="Passed">Whether it lets the version through.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="Value">The number that was looked at, in the metric's unit; null if none was.</param>
/// <param name="Limit">What it was compared with, in the same unit; null if nothing.</param>
public sealed record GateResult(string Name, bool Passed, string Message, double? Value = null, double? Limit = null)
{
    /// <summary>Returns <c>passed  acc ≥ 0.9: 0.93</c>.</summary>
    public override string ToString() => $"{(Passed ? "passed" : "FAILED")}  {Name}: {Message}";

    /// <summary>Returns how a notebook shows it: as <see cref="ToString"/>.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ResultTable.Plain(ToString());
}
