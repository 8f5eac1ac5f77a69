using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Charts;

namespace MlOps.Quantization.Benchmarking;

public sealed partial record CompressionReport
{
    private const double Near = 0.06; // of the plot: labels of points closer than this are joined
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>Returns sentences that say what the numbers mean: size and quality against the first model, faster or slower, and plainly where a smaller model is slower.</summary>
    public IReadOnlyList<string> Findings()
    {
        var findings = new List<string>();
        ModelMeasurement first = Models[0];
        foreach (ModelMeasurement model in Models.Skip(1))
        {
            string quality = Loss(model) is { } loss
                ? string.Create(s_culture, $", {(loss == 0 ? "at the same" : $"{Math.Abs(loss):0.00} points {(loss > 0 ? "less" : "more")}")} {model.QualityName}")
                : "";
            findings.Add(string.Create(s_culture, $"{model.Name} has {(double)model.Bytes / first.Bytes:0.000} of the size of {first.Name}{quality}."));
            foreach (LatencyRatio ratio in Ratios.Where(ratio => ratio.Model == model.Name))
            {
                string why = ratio.IsSlower && !ratio.IsAlike && model.Bytes < first.Bytes ? ": smaller is not faster here, for turning numbers into another type and back costs more than the cheaper arithmetic saves, or there is no fast kernel" : "";
                findings.Add($"{ratio}{why}.");
            }
        }

        return findings;
    }

    /// <summary>Returns the loss of quality against the first model in points (hundredths), below 0 for a gain; null where it is not known.</summary>
    /// <param name="model">A model of this report.</param>
    /// <remarks>Where the quality is agreement with the first model, the loss is 100 · (1 − agreement): the accuracy cannot have fallen by more.</remarks>
    public double? Loss(ModelMeasurement model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Quality is { } quality && Models[0].Quality is { } before && !double.IsNaN(quality) && Models[0].QualityName == model.QualityName ? 100 * (before - quality) : null;
    }

    /// <summary>Returns a chart: quality against median run time, the area of a point by size, the front drawn as a line.</summary>
    /// <exception cref="InvalidOperationException">No model has both a run time and a quality.</exception>
    public Figure Chart()
    {
        ModelMeasurement[] shown = [.. Models.Where(model => model.Latency is not null && model.Quality is { } quality && !double.IsNaN(quality))];
        if (shown.Length == 0)
        {
            throw new InvalidOperationException("The chart needs run times and answers: measure with data and with latency.");
        }

        ModelMeasurement[] line = [.. ParetoFront.Of(shown, (model => model.Quality!.Value, true), (model => model.Latency!.P50, false)).OrderBy(model => model.Latency!.P50)];
        double[] quality = [.. shown.Select(model => 100 * model.Quality!.Value)];
        double[] times = [.. shown.Select(model => model.Latency!.P50)];
        LatencyStatistics setting = shown[0].Latency!;
        Figure figure = Charts.Chart.Scatter(times, quality, "models", Role.Current).Sized(shown.Select(model => model.Bytes / 1e6).ToArray(), "size, MB");
        if (line.Length > 1)
        {
            figure = figure.Add(Charts.Chart.Line(line.Select(model => model.Latency!.P50).ToArray(), line.Select(model => 100 * model.Quality!.Value).ToArray(), "no other is better and faster", Role.Reference));
        }

        double room = Math.Max(0.2, 0.15 * (quality.Max() - quality.Min()));
        double height = quality.Max() - quality.Min() + (2 * room);
        var labels = new List<(double X, double Y, string[] Names)>();
        for (int i = 0; i < shown.Length; i++)
        {
            int near = labels.FindIndex(label => Math.Abs(label.X - times[i]) < Near * times.Max() && Math.Abs(label.Y - quality[i]) < Near * height);
            if (near < 0)
            {
                labels.Add((times[i], quality[i], [shown[i].Name]));
            }
            else
            {
                labels[near] = labels[near] with { Names = [.. labels[near].Names, shown[i].Name] }; // two labels would cover each other
            }
        }

        figure = labels.Aggregate(figure, (drawn, label) => drawn.Annotate(label.X, label.Y, Together(label.Names)));
        return figure
            .Titled(
                Finding(shown, line),
                string.Create(s_culture, $"{Rows:#,0} rows; batch {setting.Batch}, {setting.Runs:#,0} runs; area of a point: size"))
            .XAxis("median run time", "ms", 0, times.Max() * 1.25)
            .YAxis(shown[0].QualityName!, "%", quality.Min() - room, quality.Max() + room)
            .Describe(string.Join("; ", shown.Select(model => string.Create(s_culture, $"{model.Name}: {model.Latency!.P50:0.####} ms, {100 * model.Quality!.Value:0.##} % {model.QualityName}, {TableText.Bytes(model.Bytes)}"))));
    }

    /// <summary>The names at one place, two of them in full.</summary>
    private static string Together(string[] names) => names.Length <= 2 ? string.Join(", ", names) : string.Create(s_culture, $"{names[0]} and {names.Length - 1} more");

    private string Finding(ModelMeasurement[] shown, ModelMeasurement[] line)
    {
        ModelMeasurement best = line[^1];
        LatencyStatistics setting = shown[0].Latency!;
        bool alike = shown.All(model => model.Quality == best.Quality)
            && Ratios.Where(ratio => ratio.Batch == setting.Batch && ratio.Threads == shown[0].Latencies[0].Threads).All(ratio => ratio.IsAlike);
        return shown.Length == 1 ? string.Create(s_culture, $"{best.Name}: {100 * best.Quality:0.##} % {best.QualityName} in {TableText.Milliseconds(setting.P50)} ms")
            : alike ? $"The models differ neither in {best.QualityName} nor in time"
            : line.Length == 1 ? $"{best.Name} is both the fastest and the best"
            : $"{line[0].Name} is the fastest, {best.Name} the best";
    }

    /// <summary>Returns the report as JSON.</summary>
    /// <remarks>
    /// <c>{"machine","rows","models":[{"name","bytes","gzipBytes","parameters","macs","macsByOperator","memory":{"weightBytes","activationBytes"},"latency":[{"batch","threads","runs","p50","p95","p99","mean","cv",
    /// "rowsPerSecond"}],"coldStart":{"loadMs","firstRunMs"},"energyMillijoules","accuracy","rSquared","agreement","largestDifference","signalToNoiseDb","limited"}],"ratios":[{"model","baseline","batch","threads",
    /// "ratio","low","high"}],"front":[…],"findings":[…],"notices":[…]}</c>. Times in milliseconds; what was not measured, and what is no finite number, is null.
    /// </remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) =>
        ToJsonObject().ToJsonString(new JsonSerializerOptions { WriteIndented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Returns how a notebook shows the report: a table, then what it means.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToHtml(),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the table as HTML, then what it means as a list.</summary>
    public string ToHtml()
    {
        (string[] header, string[][] rows) = Table();
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto\"><table><thead><tr>");
        foreach (string name in header)
        {
            html.Append("<th>").Append(WebUtility.HtmlEncode(name)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Length; i++)
            {
                html.Append("<td style=\"white-space:nowrap;padding:2px 8px;text-align:").Append(i == 0 ? "left" : "right").Append("\">").Append(WebUtility.HtmlEncode(row[i])).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table><ul>");
        foreach (string line in Lines())
        {
            html.Append("<li>").Append(WebUtility.HtmlEncode(line)).Append("</li>");
        }

        return html.Append("</ul></div>").ToString();
    }

    /// <summary>Returns the report as an aligned table and what it means.</summary>
    public override string ToString()
    {
        (string[] header, string[][] rows) = Table();
        var text = new StringBuilder();
        TableText.Write(text, header, rows);
        foreach (string line in Lines())
        {
            text.Append(line).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    internal JsonObject ToJsonObject() => new()
    {
        ["machine"] = Machine,
        ["rows"] = Rows,
        ["models"] = new JsonArray([.. Models.Select(Json)]),
        ["ratios"] = new JsonArray([.. Ratios.Select(ratio => (JsonNode)new JsonObject
        {
            ["model"] = ratio.Model,
            ["baseline"] = ratio.Baseline,
            ["batch"] = ratio.Batch,
            ["threads"] = ratio.Threads,
            ["ratio"] = Finite(ratio.Ratio.Estimate),
            ["low"] = Finite(ratio.Ratio.Low),
            ["high"] = Finite(ratio.Ratio.High),
        })]),
        ["front"] = Texts(Front.Select(model => model.Name)),
        ["findings"] = Texts(Findings()),
        ["notices"] = Texts(Notices),
    };

    private static JsonObject Json(ModelMeasurement model) => new()
    {
        ["name"] = model.Name,
        ["bytes"] = model.Bytes,
        ["gzipBytes"] = model.GzipBytes,
        ["parameters"] = model.Parameters,
        ["macs"] = model.Compute?.Macs,
        ["macsByOperator"] = model.Compute is null ? null : new JsonObject(model.Compute.ByOperator.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        ["memory"] = model.Memory is null ? null : new JsonObject { ["weightBytes"] = model.Memory.WeightBytes, ["activationBytes"] = model.Memory.ActivationBytes },
        ["latency"] = new JsonArray([.. model.Latencies.Select(latency => (JsonNode)new JsonObject
        {
            ["batch"] = latency.Batch,
            ["threads"] = latency.Threads,
            ["runs"] = latency.Statistics.Runs,
            ["p50"] = latency.Statistics.P50,
            ["p95"] = latency.Statistics.P95,
            ["p99"] = latency.Statistics.P99,
            ["mean"] = latency.Statistics.Mean,
            ["cv"] = latency.Statistics.CoefficientOfVariation,
            ["rowsPerSecond"] = Finite(latency.Statistics.RowsPerSecond),
        })]),
        ["coldStart"] = model.ColdStart is null ? null : new JsonObject { ["loadMs"] = model.ColdStart.LoadMilliseconds, ["firstRunMs"] = model.ColdStart.FirstRunMilliseconds },
        ["energyMillijoules"] = model.EnergyMillijoules,
        ["accuracy"] = model.Accuracy,
        ["rSquared"] = Finite(model.RSquared),
        ["agreement"] = model.Comparison?.Agreement,
        ["largestDifference"] = Finite(model.Comparison?.LargestDifference),
        ["signalToNoiseDb"] = Finite(model.Comparison?.SignalToNoise),
        ["limited"] = model.Limited?.ToJsonObject(),
    };

    private static JsonNode? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>The columns that have something to show.</summary>
    private (string[] Header, string[][] Rows) Table()
    {
        (string Header, Func<ModelMeasurement, string> Cell, bool Shown)[] columns =
        [
            ("model", model => model.Name, true),
            ("size", model => TableText.Bytes(model.Bytes), true),
            ("gzip", model => TableText.Bytes(model.GzipBytes), Models.Any(model => model.GzipBytes is not null)),
            ("parameters", model => TableText.Count(model.Parameters), true),
            ("MACs", model => TableText.Count(model.Compute?.Macs), true),
            ("memory ~", model => TableText.Bytes(model.Memory?.Bytes), true),
            ("p50 ms", model => TableText.Milliseconds(model.Latency?.P50), Models.Any(model => model.Latency is not null)),
            ("p95 ms", model => TableText.Milliseconds(model.Latency?.P95), Models.Any(model => model.Latency is not null)),
            ("p99 ms", model => TableText.Milliseconds(model.Latency?.P99), Models.Any(model => model.Latency is not null)),
            ("rows/s", model => model.Latency?.RowsPerSecond.ToString("#,0", s_culture) ?? TableText.None, Models.Any(model => model.Latency is not null)),
            ("start ms", model => model.ColdStart is { } start ? TableText.Milliseconds(start.LoadMilliseconds + start.FirstRunMilliseconds) : TableText.None, Models.Any(model => model.ColdStart is not null)),
            ("energy ~ mJ", model => TableText.Milliseconds(model.EnergyMillijoules), Models.Any(model => model.EnergyMillijoules is not null)),
            ("accuracy %", model => TableText.Percent(model.Accuracy), Models.Any(model => model.Accuracy is not null)),
            ("R²", model => model.RSquared?.ToString("0.0000", s_culture) ?? TableText.None, Models.Any(model => model.RSquared is not null)),
            ("agreement %", model => TableText.Percent(model.Comparison?.Agreement), Models.Any(model => model.Comparison?.Agreement is not null)),
            ("largest difference", model => model.Comparison?.LargestDifference?.ToString("G3", s_culture) ?? TableText.None, Models.Any(model => model.Comparison?.LargestDifference is not null)),
        ];
        var shown = columns.Where(column => column.Shown).ToArray();
        return ([.. shown.Select(column => column.Header)], [.. Models.Select(model => shown.Select(column => column.Cell(model)).ToArray())]);
    }

    private IEnumerable<string> Lines()
    {
        IEnumerable<ModelLatency> others = Models.SelectMany(model => model.Latencies.Skip(1));
        foreach (ModelLatency latency in others)
        {
            LatencyStatistics s = latency.Statistics;
            yield return string.Create(s_culture, $"{latency.Model}, batch {latency.Batch}, {(latency.Threads == 0 ? "every core" : $"{latency.Threads} thread{(latency.Threads == 1 ? "" : "s")}")}: p50 {TableText.Milliseconds(s.P50)} ms, p95 {TableText.Milliseconds(s.P95)} ms, p99 {TableText.Milliseconds(s.P99)} ms, {s.RowsPerSecond:#,0} rows/s.");
        }

        foreach (ModelMeasurement model in Models.Where(model => model.Limited is not null))
        {
            yield return $"{model.Name}: {model.Limited}";
        }

        foreach (string line in Findings().Concat(Notices))
        {
            yield return line;
        }

        if (Models.Any(model => model.EnergyMillijoules is not null))
        {
            yield return string.Create(s_culture, $"~ marks estimates: memory from the graph (weights and the most that lives at one time), energy as processor time × {WattsPerCore:0.##} W assumed for a core.");
        }

        yield return $"Measured on {Machine}.";
    }
}
