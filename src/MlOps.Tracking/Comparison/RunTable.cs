using MlOps.Data;

namespace MlOps.Tracking.Comparison;

/// <summary>Runs as rows, with columns under MLflow's names: <c>run_id</c>, <c>status</c>, <c>params.lr</c>, <c>metrics.acc</c>.</summary>
/// <remarks>
/// <code>
/// RunTable.Of(tracker.Runs("metrics.acc &gt; 0.9", "metrics.acc DESC"))            // a notebook shows it
/// RunTable.Of(runs, "name", "lr", "acc").ToTable().WriteCsv("runs.csv")
/// </code>
/// </remarks>
/// <param name="Runs">In the order of the rows.</param>
/// <param name="Columns">The names of the columns.</param>
public sealed record RunTable(IReadOnlyList<Run> Runs, IReadOnlyList<string> Columns)
{
    private const int ShownRows = 50;
    private const int ShownOfKind = 8; // of each: parameters, metrics
    private const int ShortId = 8;

    /// <summary>Makes a table of runs.</summary>
    /// <param name="runs">The runs; none gives a table without rows.</param>
    /// <param name="columns">
    /// Names such as <c>status</c>, <c>params.lr</c>, <c>metrics.acc</c>, <c>tags.mlflow.user</c>; a bare key is a metric that a run has, else a parameter. None takes id, name, status,
    /// start, duration, every parameter and every metric.
    /// </param>
    /// <exception cref="ArgumentException">There are runs, and none has such a column.</exception>
    public static RunTable Of(IReadOnlyList<Run> runs, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(columns);
        return new RunTable(runs, columns.Length > 0
            ? [.. columns.Select(name => RunColumn.Find(name, runs).Name).Distinct()]
            :
            [
                .. RunColumn.Usual,
                .. Keys(runs.SelectMany(run => run.Params, (_, param) => param.Key), RunColumn.Params),
                .. Keys(runs.SelectMany(run => run.Metrics, (_, metric) => metric.Key), RunColumn.Metrics),
            ]);
    }

    /// <summary>Returns the runs as a table of <see cref="MlOps.Data"/>, with all columns.</summary>
    /// <remarks>
    /// <c>duration</c> is in seconds, times are UTC. A parameter's column is one of numbers if every run that has the parameter has a number there, else of texts. What a run has not, and a metric
    /// that is NaN, is missing.
    /// </remarks>
    public Table ToTable() => new(Columns.Select(name => RunColumn.Find(name, Runs).Read(Runs)));

    /// <summary>Returns the first 50 runs as an aligned text, ids cut to 8 digits (more where 8 are not unique).</summary>
    /// <remarks>Shows the columns asked for. Without such a wish, of the parameters those first that differ, at most 8, and at most 8 metrics, without those of the system; a line says what is left out.</remarks>
    public override string ToString() => Show().ToString();

    /// <summary>Returns how a notebook shows it: an HTML table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle(ToString());

    private static IEnumerable<string> Keys(IEnumerable<string> keys, string prefix) => keys.Distinct().Order(StringComparer.Ordinal).Select(key => prefix + key);

    private ResultTable Show()
    {
        RunColumn[] all = [.. Columns.Select(name => RunColumn.Find(name, Runs))];
        Run[] shown = [.. Runs.Take(ShownRows)];
        RunColumn[] columns = Shown(all, shown);
        int digits = IdDigits();
        var left = new List<string>();
        if (shown.Length < Runs.Count)
        {
            left.Add(NumberText.Counted(Runs.Count - shown.Length, "more run"));
        }

        if (columns.Length < all.Length)
        {
            left.Add(NumberText.Counted(all.Length - columns.Length, "more column"));
        }

        return new ResultTable(
            NumberText.Counted(Runs.Count, "run"),
            left.Count == 0 ? "" : $"not shown: {string.Join(", ", left)}",
            [.. columns.Select(column => Header(column.Name, columns))],
            [.. shown.Select(run => (string[])[.. columns.Select(column => column.Name == "run_id" ? run.Info.RunId[..Math.Min(digits, run.Info.RunId.Length)] : RunColumn.Text(column.Of(run)))])]);
    }

    /// <summary>The name without its kind where that is clear.</summary>
    private static string Header(string name, RunColumn[] columns)
    {
        string bare = Bare(name);
        return name == "duration" ? "seconds" : columns.Count(column => Bare(column.Name) == bare) == 1 ? bare : name;

        static string Bare(string name) => name.StartsWith(RunColumn.Params, StringComparison.Ordinal) ? name[RunColumn.Params.Length..]
            : name.StartsWith(RunColumn.Metrics, StringComparison.Ordinal) ? name[RunColumn.Metrics.Length..] : name;
    }

    private static RunColumn[] Shown(RunColumn[] all, Run[] rows)
    {
        RunColumn[] parameters = [.. all.Where(column => column.Name.StartsWith(RunColumn.Params, StringComparison.Ordinal))];
        RunColumn[] metrics = [.. all.Where(column => column.Name.StartsWith(RunColumn.Metrics, StringComparison.Ordinal))];
        bool chosen = !all.Take(RunColumn.Usual.Count).Select(column => column.Name).SequenceEqual(RunColumn.Usual);
        if (chosen || (parameters.Length <= ShownOfKind && metrics.Length <= ShownOfKind))
        {
            return all;
        }

        var kept = new HashSet<RunColumn>(
        [
            .. parameters.OrderByDescending(column => rows.Select(run => column.Of(run)).Distinct().Count() > 1).Take(ShownOfKind),
            .. metrics.OrderBy(column => column.Name.StartsWith(RunColumn.Metrics + "system/", StringComparison.Ordinal)).Take(ShownOfKind),
        ]);
        return [.. all.Where(column => kept.Contains(column) || (!parameters.Contains(column) && !metrics.Contains(column)))];
    }

    private int IdDigits()
    {
        int digits = ShortId;
        while (digits < 32 && Runs.Select(run => run.Info.RunId[..Math.Min(digits, run.Info.RunId.Length)]).Distinct().Count() < Runs.DistinctBy(run => run.Info.RunId).Count())
        {
            digits++;
        }

        return digits;
    }
}
