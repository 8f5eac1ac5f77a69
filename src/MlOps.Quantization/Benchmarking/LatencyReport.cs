using System.Globalization;
using System.Text;

namespace MlOps.Quantization.Benchmarking;

/// <summary>How long models run and start.</summary>
/// <param name="Results">A result for each model in each setting.</param>
/// <param name="Ratios">Each model against the first one, setting by setting.</param>
/// <param name="ColdStarts">What the first answer of each model costs; empty if it was not measured.</param>
/// <param name="Notices">What a reader must know: made-up inputs, fixed batches, a busy machine.</param>
public sealed record LatencyReport(IReadOnlyList<ModelLatency> Results, IReadOnlyList<LatencyRatio> Ratios, IReadOnlyList<ColdStart> ColdStarts, IReadOnlyList<string> Notices)
{
    /// <summary>Returns an aligned table, milliseconds a run, then the ratios and notices.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        TableText.Write(
            text,
            ["model", "batch", "threads", "p50", "p95", "p99", "mean", "CV", "rows/s"],
            [.. Results.Select(result => (string[])
            [
                result.Model, Whole(result.Batch), result.Threads == 0 ? "all" : Whole(result.Threads), TableText.Milliseconds(result.Statistics.P50), TableText.Milliseconds(result.Statistics.P95),
                TableText.Milliseconds(result.Statistics.P99), TableText.Milliseconds(result.Statistics.Mean), result.Statistics.CoefficientOfVariation.ToString("0.00", CultureInfo.InvariantCulture),
                result.Statistics.RowsPerSecond.ToString("#,0", CultureInfo.InvariantCulture),
            ])]);
        foreach (string line in Ratios.Select(ratio => ratio.ToString()).Concat(Notices))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Returns how a notebook shows it: the table and its lines.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
