namespace MlOps.Explain.Reasons;

/// <summary>One thing that counted, in words.</summary>
/// <param name="Feature">The model's feature.</param>
/// <param name="Text">What the person reads.</param>
/// <param name="Amount">By how much it moved the model's number.</param>
/// <param name="Share">Its part of everything that moved the number in the same direction, in (0, 1].</param>
public sealed record Reason(string Feature, string Text, double Amount, double Share);
