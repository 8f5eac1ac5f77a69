namespace MlOps.Tracking;

/// <summary>One thing that a run depended on.</summary>
/// <param name="Kind">What it is: <c>code</c>, <c>data</c>, <c>seed</c>, <c>environment</c> or <c>package</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Then">As it was; null if the run did not note it.</param>
/// <param name="Now">As it is here; null if it is not here.</param>
/// <param name="Status">How the two compare.</param>
/// <param name="Advice">What to do about it; empty if nothing.</param>
public sealed record ReproductionItem(string Kind, string Name, string? Then, string? Now, ReproductionStatus Status, string Advice = "");
