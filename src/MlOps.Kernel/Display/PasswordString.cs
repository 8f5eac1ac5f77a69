namespace MlOps.Kernel.Display;

/// <summary>A text that must not be seen. Shown, printed or listed, it is six dots; in JSON it is an error.</summary>
/// <remarks>It hides the text from screens and stored notebooks, not from code: any cell can ask for it.</remarks>
public sealed class PasswordString
{
    private readonly string _text;

    internal PasswordString(string text) => _text = text;

    /// <summary>Returns the text.</summary>
    public string GetClearTextPassword() => _text;

    /// <summary>Returns six dots, whatever the length.</summary>
    public override string ToString() => "••••••";

    /// <summary>Returns a bundle with the dots only.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { [MimeBundles.Plain] = ToString() };
}
