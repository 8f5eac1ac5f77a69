using System.Globalization;
using MlOps.Data;

namespace MlOps.Tracking.Comparison;

/// <summary>A column of a table of runs, by the name that MLflow gives it.</summary>
/// <param name="Name">Such as <c>status</c>, <c>params.lr</c>, <c>metrics.acc</c>.</param>
/// <param name="Of">What a run has there: a text, a number, a time; null for nothing.</param>
internal sealed record RunColumn(string Name, Func<Run, object?> Of)
{
    internal const string Params = "params.";
    internal const string Metrics = "metrics.";
    internal const string Tags = "tags.";

    /// <summary>What every run has.</summary>
    internal static IReadOnlyList<RunColumn> Attributes { get; } =
    [
        new("run_id", run => run.Info.RunId),
        new("name", run => run.Info.Name),
        new("status", run => run.Info.Status.ToString().ToLowerInvariant()),
        new("start_time", run => Time(run.Info.StartTime)),
        new("duration", run => run.Duration?.TotalSeconds),
        new("end_time", run => run.Info.EndTime is { } end ? Time(end) : null),
        new("experiment_id", run => run.Info.ExperimentId),
        new("user", run => run.Info.UserId),
        new("artifact_uri", run => run.Info.ArtifactUri),
        new("lifecycle_stage", run => run.Info.Stage.ToString().ToLowerInvariant()),
    ];

    /// <summary>What a table shows of every run unless told otherwise.</summary>
    internal static IReadOnlyList<string> Usual { get; } = ["run_id", "name", "status", "start_time", "duration"];

    /// <summary>Finds a column; a name without <c>params.</c> or <c>metrics.</c> is an attribute, else a metric that a run has, else a parameter.</summary>
    internal static RunColumn Find(string name, IReadOnlyList<Run> runs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Keyed(name, Params, (run, key) => run.Param(key))
            ?? Keyed(name, Metrics, (run, key) => run.Metric(key))
            ?? Keyed(name, Tags, (run, key) => run.Tag(key))
            ?? Attributes.FirstOrDefault(column => column.Name == name)
            ?? (runs.Any(run => run.Metric(name) is not null) ? Find(Metrics + name, runs)
            : runs.Any(run => run.Param(name) is not null) ? Find(Params + name, runs)
            : runs.Count == 0 ? new RunColumn(name, _ => null) // a filter that finds nothing is an answer, and nobody can say what the key was
            : throw new ArgumentException(
                $"No run has '{name}'. A column is one of {string.Join(", ", Attributes.Select(column => column.Name))}, or params.KEY, metrics.KEY, tags.KEY.", nameof(name)));
    }

    /// <summary>Makes the column of a table: numbers if every value is one, times, else texts.</summary>
    internal Column Read(IReadOnlyList<Run> runs)
    {
        object?[] values = [.. runs.Select(Of)];
        if (Name.StartsWith(Params, StringComparison.Ordinal))
        {
            double?[] numbers = [.. values.Select(value => NumberText.Parse((string?)value))];
            bool all = values.Zip(numbers, (value, number) => value is null || number is not null).All(isNumber => isNumber) && numbers.Any(number => number is not null);
            return all ? Column.Of(Name, numbers) : Column.Of(Name, [.. values.Cast<string?>()]);
        }

        return Name.StartsWith(Metrics, StringComparison.Ordinal) || Name == "duration" ? Column.Of(Name, [.. values.Cast<double?>()])
            : Name is "start_time" or "end_time" ? Column.Of(Name, [.. values.Cast<DateTime?>()])
            : Column.Of(Name, [.. values.Cast<string?>()]);
    }

    internal static string Text(object? value) => value switch
    {
        null => "–",
        double number => NumberText.Of(number),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => NumberText.Short((string)value),
    };

    private static RunColumn? Keyed(string name, string prefix, Func<Run, string, object?> read)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string key = name[prefix.Length..];
        return new RunColumn(name, run => read(run, key));
    }

    private static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
