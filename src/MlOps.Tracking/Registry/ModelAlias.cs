namespace MlOps.Tracking.Registry;

/// <summary>A name that points at one version of a model, such as <c>champion</c>.</summary>
/// <param name="Alias">Letters, digits, <c>_</c> and <c>-</c>; not <c>latest</c>, not <c>v</c> and a number.</param>
/// <param name="Version">The version it points at.</param>
public readonly record struct ModelAlias(string Alias, int Version);
