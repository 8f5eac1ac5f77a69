namespace MlOps.Drift.Texts;

/// <summary>A topic that was found in the reference.</summary>
/// <param name="Words">Its most telling words, the first the most.</param>
/// <param name="Reference">Reference texts in it.</param>
/// <param name="Current">Current texts in it.</param>
public sealed record Topic(IReadOnlyList<string> Words, long Reference, long Current);
