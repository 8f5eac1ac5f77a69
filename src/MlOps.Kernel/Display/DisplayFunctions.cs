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

    /// <summary>Asks the person at the keyboard for a line.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <exception cref="InvalidOperationException">Nobody sits at a keyboard, the input has ended, or no cell is running.</exception>
    public static string GetInput(string prompt = "") => Ask(prompt, password: false);

    /// <summary>Asks for a line that is not shown while it is typed.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <returns>The line; <see cref="PasswordString.GetClearTextPassword"/> tells it.</returns>
    /// <exception cref="InvalidOperationException">Nobody sits at a keyboard, the input has ended, or no cell is running.</exception>
    public static PasswordString GetPassword(string prompt = "") => new(Ask(prompt, password: true));

    private static string Ask(string prompt, bool password)
    {
        CellContext cell = CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can ask for input; no cell is running here.");
        return cell.Ask(prompt, password) ?? throw new InvalidOperationException($"The question '{prompt}' got no answer: the input has ended.");
    }
}
