using System.Text;
using System.Text.Json;
using MlOps.Drift.Reporting;

namespace MlOps.Drift;

public sealed partial record DriftReport
{
    /// <summary>Returns the report as JSON: rows, columns with their tests, and the drifted share.</summary>
    /// <remarks>
    /// <c>{"rows":{"reference":n,"current":m},"columns":[{"column","type","tests":[{"name","statistic","pValue","threshold","drift",
    /// "effectSize":{"name","value"},"chance"}],"drift","level","missing":{…},"infinite":{…},"notes":[…]}],"driftedShare","skipped":[{"column","reason"}]}</c>;
    /// <c>type</c> is <c>numeric</c> or <c>categorical</c>, <c>missing</c> and <c>infinite</c> are counts like <c>rows</c>. Numbers are written so that they read back to the same double. <c>pValue</c>,
    /// <c>effectSize</c> and <c>chance</c> are null where a test has none, and any number that JSON cannot write (an infinite distance) is null.
    /// </remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            ReportJson.Write(json, this);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the report: a table of columns with level, PSI, p-value and distances.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ReportHtml.Write(this),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => ReportText.Write(this);

    /// <summary>The finding in one sentence.</summary>
    internal string Headline()
    {
        ColumnDrift[] drifted = [.. Columns.Where(c => c.Drift).OrderByDescending(c => c.Level)];
        string of = Columns.Count == 1 ? "the column" : $"{Columns.Count} columns";
        return drifted.Length switch
        {
            0 => Columns.Count == 1 ? $"'{Columns[0].Name}' has not drifted" : $"None of {of} has drifted",
            1 when Columns.Count == 1 => $"'{drifted[0].Name}' has drifted",
            1 => $"1 of {of} has drifted: {drifted[0].Name}",
            <= 3 => $"{drifted.Length} of {of} have drifted: {string.Join(", ", drifted.Select(c => c.Name))}",
            _ => $"{drifted.Length} of {of} have drifted, {drifted[0].Name}, {drifted[1].Name} and {drifted[2].Name} among them",
        };
    }
}
