using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Display;

/// <summary>A value on display in a notebook, which can be replaced in its place.</summary>
public sealed class DisplayedValue
{
    private readonly string? _mimeType;
    private readonly bool _shown;

    private DisplayedValue(string id, string? mimeType, bool shown) => (DisplayId, _mimeType, _shown) = (id, mimeType, shown);

    /// <summary>Gets the name of the display in the notebook.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the place of this one, in the same MIME type if one was given at first.</summary>
    /// <param name="updatedValue">The new value. The display may be of an earlier cell.</param>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public void Update(object? updatedValue) => Replace(_mimeType is null ? MimeBundles.Of(updatedValue) : MimeBundles.Of(updatedValue, _mimeType));

    internal static DisplayedValue Show(IReadOnlyDictionary<string, string> bundle, string? mimeType = null)
    {
        CellContext cell = Cell();
        string id = cell.NextDisplayId();
        return new DisplayedValue(id, mimeType, cell.Output.TryAddDisplay(bundle, id));
    }

    internal void Replace(IReadOnlyDictionary<string, string> bundle)
    {
        if (_shown)
        {
            Cell().Output.Add(new DisplayOutput(bundle, DisplayId, IsUpdate: true));
        }
    }

    private static CellContext Cell() =>
        CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can display something; no cell is running here.");
}
