using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Onnx;
using MlOps.Quantization;

namespace MlOps.Cli;

/// <summary>What <c>mlops quantize</c> says.</summary>
/// <param name="original">The float model: it knows the operator of each node.</param>
/// <param name="model">The new model.</param>
/// <param name="rows">Example rows; null if there were none.</param>
/// <param name="calibration">How ranges were chosen; null if none were.</param>
/// <param name="comparison">Both models' answers; null if they were not compared.</param>
internal sealed class QuantizeReport(OnnxFile original, QuantizedModel model, int? rows, string? calibration, QuantizeComparison? comparison)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal string ToJson() => JsonSerializer.Serialize(
        new
        {
            method = model.Method,
            bytesBefore = model.BytesBefore,
            bytesAfter = model.BytesAfter,
            ratio = model.Ratio,
            quantized = model.Quantized,
            kept = model.Kept.Select(node => new { node = node.Node, reason = node.Reason }),
            notices = model.Notices,
            calibration = calibration is null ? null : new { method = calibration, rows },
            comparison = comparison is null ? null : new
            {
                rows = comparison.Rows,
                madeUp = comparison.MadeUp,
                agreement = comparison.Agreement,
                largestDifference = comparison.LargestDifference,
                accuracyBefore = comparison.AccuracyBefore,
                accuracyAfter = comparison.AccuracyAfter,
            },
        },
        s_json);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{model.Method}: {model.BytesBefore:N0} → {model.BytesAfter:N0} bytes, {100 * model.Ratio:0.0} % of the size");
        if (calibration is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Ranges by {calibration} on {rows:N0} row{(rows == 1 ? "" : "s")}.");
        }

        text.AppendLine();
        Operators(text);
        if (model.Kept.Count > 0)
        {
            text.AppendLine().AppendLine("Kept in floating point:");
            Columns(text, [.. model.Kept.Select(node => new[] { "  " + node.Node, node.Operation, node.Reason })]);
        }

        if (comparison is not null)
        {
            text.AppendLine().AppendLine(Compared(comparison));
        }

        if (model.Notices.Count > 0)
        {
            text.AppendLine();
        }

        foreach (string notice in model.Notices)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Notice: {notice}");
        }

        return text.ToString().TrimEnd();
    }

    private void Operators(StringBuilder text)
    {
        Dictionary<string, string> operators = new(StringComparer.Ordinal);
        foreach (OnnxNode node in original.Graph.Node)
        {
            operators.TryAdd(node.Label, node.OpType);
        }

        ILookup<string, string> quantized = model.Quantized.ToLookup(name => operators.GetValueOrDefault(name, "other"));
        ILookup<string, KeptNode> kept = model.Kept.ToLookup(node => node.Operation);
        string[][] lines = [.. quantized.Select(group => group.Key).Union(kept.Select(group => group.Key)).Order(StringComparer.Ordinal).Select(name => new[] { name, Number(quantized[name].Count()), Number(kept[name].Count()) })];
        Columns(text, [["operator", "quantized", "kept"], .. lines, ["all", Number(model.Quantized.Count), Number(model.Kept.Count)]]);
    }

    private static string Compared(QuantizeComparison comparison)
    {
        var parts = new List<string>();
        if (comparison.Agreement is { } agreement)
        {
            parts.Add(FormattableString.Invariant($"the same class on {100 * agreement:0.##} % of"));
        }

        string which = comparison.MadeUp ? "made-up rows" : "rows";
        string text = FormattableString.Invariant($"Beside the float model: {string.Concat(parts)}{(parts.Count > 0 ? " " : "on ")}{comparison.Rows:N0} {which}");
        text += comparison.LargestDifference is { } difference ? FormattableString.Invariant($", largest difference of a number {difference:G3}") : "";
        return text + (comparison.AccuracyBefore is { } before ? FormattableString.Invariant($"; right {100 * before:0.##} % before, {100 * comparison.AccuracyAfter!.Value:0.##} % after.") : ".");
    }

    private static void Columns(StringBuilder text, string[][] lines)
    {
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            text.AppendLine(TerminalText.Harmless(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
