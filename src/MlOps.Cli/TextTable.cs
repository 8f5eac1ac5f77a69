namespace MlOps.Cli;

/// <summary>Rows with aligned columns on standard output.</summary>
internal static class TextTable
{
    internal static void Write(string[] header, IReadOnlyList<string[]> rows, string none)
    {
        if (rows.Count == 0)
        {
            Console.Out.WriteLine(none);
            return;
        }

        string[][] all = [header, .. rows.Select(row => row.Select(cell => TerminalText.Harmless(cell.ReplaceLineEndings(" "))).ToArray())];
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => all.Max(row => row[column].Length))];
        foreach (string[] row in all)
        {
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
