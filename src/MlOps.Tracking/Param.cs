namespace MlOps.Tracking;

/// <summary>A parameter of a run: what was chosen before it began.</summary>
/// <param name="Key">The parameter's name.</param>
/// <param name="Value">Its value as text. It never changes: the same again is accepted, another is refused.</param>
public readonly record struct Param(string Key, string Value);
