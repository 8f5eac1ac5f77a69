using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Bench;

/// <summary>The table of all ratios, below what is known about the machine.</summary>
/// <param name="Machine">Lines that describe it.</param>
/// <param name="Date">The day of the run, in UTC.</param>
/// <param name="Command">What was typed.</param>
/// <param name="Rows">The ratios in the order in which they were measured.</param>
internal sealed record RatioTable(IReadOnlyList<string> Machine, DateOnly Date, string Command, IReadOnlyList<Ratio> Rows)
{
    private const string Explanation = "ratio: how many times better ours is (a smaller time, a higher rate, less memory); below 1 the peer is better";
    private static readonly string[] s_head = ["benchmark", "what", "ours", "peer", "peer's name and version", "ratio"];
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal string ToText()
    {
        string[][] lines = [s_head, .. Rows.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, s_head.Length).Select(c => lines.Max(line => line[c].Length))];
        var text = new StringBuilder();
        text.AppendJoin('\n', Machine).Append('\n').Append(Explanation).Append("\n\n");
        foreach (string[] line in lines)
        {
            text.AppendJoin("  ", line.Select((cell, c) => c is 2 or 3 or 5 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    internal string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("# Benchmarks\n\n").Append(CultureInfo.InvariantCulture, $"Measured on {Date:yyyy-MM-dd} with `{Command}`; a run writes this file itself.\n\n");
        text.AppendJoin('\n', Machine.Select(line => $"- {line}")).Append("\n\n").Append(char.ToUpperInvariant(Explanation[0])).Append(Explanation.AsSpan(1)).Append(".\n\n");
        text.Append("| ").AppendJoin(" | ", s_head).Append(" |\n|---|---|--:|--:|---|--:|\n");
        foreach (Ratio row in Rows)
        {
            text.Append("| ").AppendJoin(" | ", Cells(row).Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return text.ToString();
    }

    internal string ToJson() => JsonSerializer.Serialize(
        new
        {
            date = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            command = Command,
            machine = Machine,
            ratios = Rows.Select(row => new { row.Benchmark, row.What, row.Unit, row.Ours, row.Theirs, row.Peer, ratio = row.Value, row.Note }),
        },
        s_json) + "\n";

    private static string[] Cells(Ratio row) =>
        [row.Benchmark, row.What, Number(row.Ours, row.Unit), Number(row.Theirs, row.Unit), row.Note is null ? row.Peer : $"{row.Peer}: {row.Note}", row.Value is { } value ? Digits(value) : "–"];

    private static string Number(double? value, string unit) => value switch
    {
        null => "–",
        { } seconds when unit == "s" && seconds < 0.001 => $"{Digits(1e6 * seconds)} µs",
        { } seconds when unit == "s" && seconds < 1 => $"{Digits(1000 * seconds)} ms",
        { } number => $"{Digits(number)} {unit}",
    };

    /// <summary>Three digits, or all before the point.</summary>
    private static string Digits(double value) => value.ToString(value switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
