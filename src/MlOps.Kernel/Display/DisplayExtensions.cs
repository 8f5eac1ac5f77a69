namespace MlOps.Kernel.Display;

/// <summary><c>x.Display()</c>, for use at the end of a chain of calls.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value, null included.</param>
    /// <param name="mimeType">The one form to show, such as text/html; null for the form that suits the type.</param>
    /// <returns>The display, to be updated.</returns>
    public static DisplayedValue Display(this object? value, string? mimeType = null) => DisplayFunctions.display(value, mimeType);
}
