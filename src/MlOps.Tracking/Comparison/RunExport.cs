using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Comparison;

/// <summary>Writes runs where other programs read them: CSV, lines of JSON, or a folder with all points and files.</summary>
public static class RunExport
{
    private const string FormulaStarts = "=+-@\t\r";

    // The text is read by programs and people, never put into HTML.
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a run as a line of JSON: <c>runId</c>, <c>name</c>, <c>experimentId</c>, <c>user</c>, <c>status</c>, times in milliseconds, <c>params</c>, <c>metrics</c>, <c>tags</c>, <c>inputs</c>.</summary>
    /// <remarks>NaN and the infinities are the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>, as in MLflow's interface.</remarks>
    public static string ToJson(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Json(json => RunJson.Write(json, run));
    }

    /// <summary>Returns a comparison as JSON: <c>runs</c>, <c>differences</c> and <c>metrics</c> with a value a run, <c>equal</c> parameters.</summary>
    /// <remarks>A run without a parameter or metric has <c>null</c> there; numbers are as in <see cref="ToJson(Run)"/>.</remarks>
    public static string ToJson(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Json(json => Write(json, comparison));
    }

    /// <summary>Writes runs as CSV, with the columns of <see cref="RunTable"/>; all of the file or nothing.</summary>
    /// <remarks>
    /// All runs are held in memory, as the columns are known only after the last. A text that a spreadsheet would run as a formula (it begins with <c>= + - @</c>, a tab or a carriage return, and is
    /// no number) gets an apostrophe in front; so does one with apostrophes before such a character, which makes the rule reversible.
    /// </remarks>
    /// <param name="runs">The runs.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>How many runs were written.</returns>
    public static int WriteCsv(IEnumerable<Run> runs, string path)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Table table = RunTable.Of([.. runs]).ToTable();
        new Table(table.Columns.Select(Guarded)).WriteCsv(path);
        return table.RowCount;
    }

    /// <summary>Writes runs as lines of JSON (<see cref="ToJson(Run)"/>), one after the other as they come; all of the file or nothing.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>How many runs were written.</returns>
    public static int WriteJsonLines(IEnumerable<Run> runs, string path)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string draft = path + ".part";
        try
        {
            int count = 0;
            using (var lines = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
            {
                foreach (Run run in runs)
                {
                    lines.WriteLine(ToJson(run));
                    count++;
                }
            }

            File.Move(draft, path, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Writes runs with everything: <c>runs.csv</c>, <c>runs.jsonl</c>, and a folder a run with <c>metrics.csv</c> (every point; NaN is an empty field) and <c>artifacts/</c>.</summary>
    /// <remarks>If it breaks off, what is there stays: a run's folder may lack files then, and the two lists, written last, are not there.</remarks>
    /// <param name="store">Where points and files are read from.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="folder">Made if it is not there; must be empty.</param>
    /// <param name="progress">Told the share of runs done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many runs were written.</returns>
    /// <exception cref="IOException">The folder has something in it, or cannot be written.</exception>
    public static int WriteFolder(ITrackingStore store, IReadOnlyList<Run> runs, string folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"The folder '{folder}' is not empty; an export needs one of its own.");
        }

        for (int i = 0; i < runs.Count; i++)
        {
            Run run = runs[i];
            if (!run.Info.RunId.All(char.IsAsciiLetterOrDigit)) // a server far away chose it, and it becomes a path here
            {
                throw new IOException($"The run '{run.Info.RunId}' cannot be a folder: its id has other characters than letters and digits.");
            }

            string own = Path.Combine(folder, run.Info.RunId);
            Directory.CreateDirectory(own);
            WritePoints(store, run, Path.Combine(own, "metrics.csv"), cancellationToken);
            IArtifactStore from = store.OpenArtifacts(run.Info.ArtifactUri);
            Copy(from, null, new LocalArtifacts(Path.Combine(own, "artifacts")), cancellationToken);
            progress?.Report((i + 1.0) / runs.Count);
        }

        WriteCsv(runs, Path.Combine(folder, "runs.csv"));
        return WriteJsonLines(runs, Path.Combine(folder, "runs.jsonl"));
    }

    private static void WritePoints(ITrackingStore store, Run run, string path, CancellationToken cancellationToken)
    {
        Metric[] points = [.. run.Metrics.SelectMany(metric => store.GetMetricHistory(run.Info.RunId, metric.Key, cancellationToken))];
        new Table(
            Column.Of("key", [.. points.Select(point => (string?)point.Key)]),
            Column.Of("step", [.. points.Select(point => point.Step)]),
            Column.Of("timestamp", [.. points.Select(point => point.Timestamp)]),
            Column.Of("value", [.. points.Select(point => (double?)point.Value)])).WriteCsv(path);
    }

    /// <summary>Copies files; the target refuses a path that leads out of it.</summary>
    private static void Copy(IArtifactStore from, string? path, LocalArtifacts to, CancellationToken cancellationToken)
    {
        foreach (ArtifactFile file in from.List(path, cancellationToken))
        {
            if (file.IsFolder)
            {
                Copy(from, file.Path, to, cancellationToken);
                continue;
            }

            using Stream content = from.OpenRead(file.Path, cancellationToken);
            to.Write(file.Path, content, cancellationToken);
        }
    }

    private static Column Guarded(Column column) => column is StringColumn texts
        ? Column.Of(texts.Name, [.. Enumerable.Range(0, texts.Count).Select(i => texts.IsMissing(i) ? null : Guarded(texts.Levels[texts.Codes[i]]))])
        : column;

    private static string Guarded(string text)
    {
        string bare = text.TrimStart('\'');
        return bare.Length > 0 && FormulaStarts.Contains(bare[0], StringComparison.Ordinal) && NumberText.Parse(text) is null ? "'" + text : text;
    }

    private static void Write(Utf8JsonWriter json, RunComparison comparison)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (Run run in comparison.Runs)
        {
            RunJson.Write(json, run);
        }

        json.WriteEndArray();
        json.WriteStartObject("differences");
        foreach (ParamDifference param in comparison.Differences)
        {
            json.WriteStartArray(param.Key);
            foreach (string? value in param.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("equal");
        foreach (Param param in comparison.Equal)
        {
            json.WriteString(param.Key, param.Value);
        }

        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (MetricValues metric in comparison.Metrics)
        {
            json.WriteStartArray(metric.Key);
            foreach (double? value in metric.Values)
            {
                if (value is { } number)
                {
                    RunJson.WriteNumber(json, number);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
