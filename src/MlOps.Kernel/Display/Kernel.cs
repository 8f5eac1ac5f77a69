namespace MlOps.Kernel.Display;

/// <summary>Questions to the person at the keyboard, under the names that notebooks of .NET Interactive use.</summary>
public static class Kernel
{
    /// <summary>Asks for a line, as <see cref="DisplayFunctions.GetInput"/> does.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="typeHint">Taken for compatibility; every answer is a line of text.</param>
    /// <exception cref="InvalidOperationException">Nobody sits at a keyboard, or no cell is running.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(DisplayFunctions.GetInput(prompt));

    /// <summary>Asks for a line that is not shown while it is typed, as <see cref="DisplayFunctions.GetPassword"/> does.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <exception cref="InvalidOperationException">Nobody sits at a keyboard, or no cell is running.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(DisplayFunctions.GetPassword(prompt));
}
