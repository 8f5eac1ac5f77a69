using Microsoft.AspNetCore.Html;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Display;

/// <summary>The functions that every cell can call without a <c>using</c>. Names and case are those of .NET Interactive.</summary>
public static class DisplayFunctions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value, null included. Text is shown as it is.</param>
    /// <param name="mimeType">The one form to show, such as text/html; text is then taken to be of that type. Null for the form that suits the type.</param>
    /// <returns>The display, to be updated.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
#pragma warning disable IDE1006, CA1707 // lower case: the name that notebooks of .NET Interactive use
    public static DisplayedValue display(object? value, string? mimeType = null) =>
        DisplayedValue.Show(mimeType is null ? MimeBundles.Of(value) : MimeBundles.Of(value, mimeType), mimeType);
#pragma warning restore IDE1006, CA1707

    /// <summary>Marks text as HTML, to be displayed or to end a cell with.</summary>
    /// <param name="content">HTML. It is not checked and not encoded.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Marks text as Markdown and shows it below the cell.</summary>
    /// <param name="content">Markdown.</param>
    public static DisplayedValue Markdown(string content) => display(content, "text/markdown");

    /// <summary>Shows a progress bar that moves in place.</summary>
    /// <param name="label">What is under way.</param>
    /// <param name="total">The value that means done, in the unit of the reports; 1 for shares.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> is not a positive finite number.</exception>
    public static ProgressBar Progress(string label, double total = 1) => new(label, total);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">True: only when the next output comes, which avoids flicker.</param>
    public static void ClearOutput(bool wait = false) => CellContext.Current?.Output.Add(new ClearOutput(wait));
}
