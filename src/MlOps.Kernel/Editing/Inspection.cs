namespace MlOps.Kernel.Editing;

/// <summary>What is known about the thing at a position, written twice.</summary>
/// <param name="Plain">For a terminal.</param>
/// <param name="Markdown">For an editor that renders it.</param>
internal sealed record Inspection(string Plain, string Markdown);
