namespace MlOps.Cli;

/// <summary>Text that strangers may have logged, written to standard output without what would steer the terminal.</summary>
internal static class TerminalText
{
    /// <summary>Writes lines; a control character other than a line's end and a tab becomes U+FFFD.</summary>
    internal static void WriteLine(string text) => Console.Out.WriteLine(Harmless(text));

    internal static string Harmless(string text) =>
        text.Any(Steers) ? string.Concat(text.Select(letter => Steers(letter) ? '\uFFFD' : letter)) : text;

    private static bool Steers(char letter) => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t');
}
