namespace MlOps.Tracking;

public sealed partial class ActiveRun
{
    /// <summary>Returns the name and the identifier.</summary>
    public override string ToString() => $"Run '{Name}' ({Id}) in {_store.Address}, {(_ended ? "ended" : "open")}";

    /// <summary>Returns how a notebook shows the run: a small card of what is in the store now.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Read().ToMimeBundle();
}
