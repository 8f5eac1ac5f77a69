namespace MlOps.Tracking.Registry;

/// <summary>Whether data, or another model, fits a signature.</summary>
/// <param name="Problems">A sentence each; none means that it fits.</param>
public sealed record SignatureCheck(IReadOnlyList<string> Problems)
{
    /// <summary>Gets a value indicating whether it fits.</summary>
    public bool Passed => Problems.Count == 0;

    /// <summary>Returns the problems, or that there are none.</summary>
    public override string ToString() => Passed ? "fits" : string.Join("; ", Problems);

    /// <summary>Returns how a notebook shows it: as <see cref="ToString"/>.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ResultTable.Plain(ToString());
}
