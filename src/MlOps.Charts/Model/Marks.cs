namespace MlOps.Charts.Model;

/// <summary>A labelled line across the plot, or a band when it has two ends.</summary>
internal sealed record ReferenceMark(bool OnX, Value From, Value? To, string Label, Role Role);

/// <summary>A text that points at a place.</summary>
internal sealed record Note(Value X, Value Y, string Text);

/// <summary>How bars of several series share a category.</summary>
internal enum BarMode
{
    /// <summary>Side by side.</summary>
    Grouped,

    /// <summary>On top of each other.</summary>
    Stacked,
}
