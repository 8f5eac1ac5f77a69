using System.Buffers;
using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    private readonly Lock _gate = new();
    private readonly AppendFiles _appends = new();

    /// <inheritdoc/>
    public void LogMetric(string runId, Metric metric)
    {
        TrackingLimits.CheckMetric(metric);
        Span<byte> line = stackalloc byte[MetricLine.Longest];
        try
        {
            Append(ActiveRun(runId), runId, metric.Key, line[..MetricLine.Write(line, metric)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }
    }

    /// <inheritdoc/>
    public void LogParam(string runId, Param param)
    {
        param = TrackingLimits.Checked(param);
        Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            string folder = ActiveRun(runId);
            CheckUnchanged(runId, folder, param);
            WriteParam(runId, folder, param);
        });
    }

    /// <inheritdoc/>
    public void SetTag(string runId, Tag tag)
    {
        tag = TrackingLimits.Checked(tag);
        Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            WriteTag(runId, ActiveRun(runId), tag);
        });
    }

    /// <inheritdoc/>
    public void DeleteTag(string runId, string key) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        if (!TagsOf(ActiveRun(runId)).Remove(Checked(key)))
        {
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"No tag with name: {key} in run with id {runId}.");
        }
    });

    /// <inheritdoc/>
    /// <remarks>All is checked before anything is written; then parameters, tags and metrics are written, the points of a metric at once. See the remarks of the class on a process that is killed meanwhile.</remarks>
    public void LogBatch(string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(tags);
        Param[] checkedParams = [.. parameters.Select(TrackingLimits.Checked)];
        Tag[] checkedTags = [.. tags.Select(TrackingLimits.Checked)];
        if (checkedParams.GroupBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw TrackingLimits.Invalid($"Duplicate parameter keys have been submitted: '{twice.Key}'. A parameter is logged once.");
        }

        Dictionary<string, ArrayBufferWriter<byte>> lines = LinesOf(metrics);
        Guarded(() =>
        {
            using StoreLock.Held? held = checkedParams.Length + checkedTags.Length > 0 ? _lock.Take() : null;
            string folder = ActiveRun(runId);
            CheckPlaces(MetricsOf(folder), lines.Keys);
            CheckPlaces(ParamsOf(folder), checkedParams.Select(p => p.Key));
            CheckPlaces(TagsOf(folder), checkedTags.Select(t => t.Key));
            foreach (Param param in checkedParams)
            {
                CheckUnchanged(runId, folder, param);
            }

            foreach (Param param in checkedParams)
            {
                WriteParam(runId, folder, param);
            }

            foreach (Tag tag in checkedTags)
            {
                WriteTag(runId, folder, tag);
            }

            foreach ((string key, ArrayBufferWriter<byte> text) in lines)
            {
                Append(folder, runId, key, text.WrittenSpan);
            }
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> GetMetricHistory(string runId, string key, CancellationToken cancellationToken = default)
    {
        TrackingLimits.CheckMetric(new Metric(key, 0, 0));
        return Guarded(() => MetricsOf(FindRun(runId).Folder).Find(key) is { } path ? (IReadOnlyList<Metric>)MetricFile.ReadAll(path, key) : []);
    }

    /// <summary>Appends lines to a metric's file, which stays open for the next.</summary>
    private void Append(string folder, string runId, string key, ReadOnlySpan<byte> lines)
    {
        lock (_gate)
        {
            if (_appends.Find(runId, key) is { } open)
            {
                open.Append(lines);
                return;
            }
        }

        KeyFolder metrics = MetricsOf(folder);
        string path = metrics.Place(key);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (WholeFile.TryCreate(path, aside: folder, lines)) // so that a killed process leaves no empty file, which MLflow would stumble over
            {
                return;
            }
        }

        MetricFile.Mend(path, _lock);
        DateTime stamp = File.GetLastWriteTimeUtc(Path.GetDirectoryName(path)!);
        var file = new AppendFile(path);
        lock (_gate)
        {
            _appends.Add(runId, key, path, file, stamp, IsSettled(stamp)).Append(lines);
        }
    }

    private static Dictionary<string, ArrayBufferWriter<byte>> LinesOf(IReadOnlyList<Metric> metrics)
    {
        var lines = new Dictionary<string, ArrayBufferWriter<byte>>(StringComparer.Ordinal);
        foreach (Metric metric in metrics)
        {
            if (metric.Key is null || !lines.TryGetValue(metric.Key, out ArrayBufferWriter<byte>? text))
            {
                TrackingLimits.CheckMetric(metric);
                lines[metric.Key!] = text = new ArrayBufferWriter<byte>();
            }

            text.Advance(MetricLine.Write(text.GetSpan(MetricLine.Longest), metric));
        }

        return lines;
    }

    private static void CheckPlaces(KeyFolder folder, IEnumerable<string> keys)
    {
        var all = keys.ToHashSet(StringComparer.Ordinal);
        foreach (string key in all)
        {
            folder.Place(key, all);
        }
    }

    private static void CheckUnchanged(string runId, string folder, Param param)
    {
        if (ParamsOf(folder).Find(param.Key) is { } path && !File.ReadAllBytes(path).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(param.Value)))
        {
            throw TrackingLimits.Invalid(
                $"Changing param values is not allowed. Param with key='{param.Key}' was already logged with value='{KeyFolder.Text(path)}' for run ID='{runId}'. Attempted logging new value '{param.Value}'.");
        }
    }

    private static void WriteParam(string runId, string folder, Param param)
    {
        string path = ParamsOf(folder).Place(param.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!WholeFile.TryCreate(path, aside: folder, Encoding.UTF8.GetBytes(param.Value)))
        {
            CheckUnchanged(runId, folder, param);
        }
    }

    private void WriteTag(string runId, string folder, Tag tag)
    {
        TagsOf(folder).Set(tag.Key, tag.Value, aside: folder);
        if (tag.Key == RunNameTag)
        {
            ChangeMeta(runId, folder, meta => meta.Set("run_name", tag.Value));
        }
    }

    /// <summary>A tag's key that may be looked for.</summary>
    private static string Checked(string key) => TrackingLimits.Checked(new Tag(key, "")).Key;
}
