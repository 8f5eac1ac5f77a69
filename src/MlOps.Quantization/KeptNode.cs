namespace MlOps.Quantization;

/// <summary>A node that was left in 32-bit floating point.</summary>
/// <param name="Node">Its name; its first output where the file gives it none.</param>
/// <param name="Operation">Its operator, such as <c>Conv</c>.</param>
/// <param name="Reason">Why, in one sentence for people.</param>
public sealed record KeptNode(string Node, string Operation, string Reason);
