using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using MlOps.Data;
using MlOps.Drift;
using MlOps.Drift.Multivariate;
using MlOps.Drift.Texts;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift REF CUR</c>: two CSV files in memory, column by column, and on request rows as a whole and texts.</summary>
internal sealed class FileDrift(DriftSettings settings, DriftOutput output) : DriftMode
{
    private readonly Option<bool> _multivariate = new("--multivariate") { Description = "Also compare whole rows: whether a model can tell the files apart, and by which columns." };
    private readonly Option<string[]> _texts = new("--texts")
    {
        HelpName = "column…",
        Description = "Columns of free text, compared by words, lengths and topics instead of as categories.",
        AllowMultipleArgumentsPerToken = true,
    };

    internal override string Name => "two CSV files";

    internal override string Nature => "which are compared in memory";

    internal override IReadOnlyList<Option> Own => [_multivariate, _texts];

    internal override IReadOnlyList<Option> Shared => [.. settings.Options, .. output.Options];

    internal override bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources) => true; // whatever is no other way

    internal override Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        DriftOptions options = settings.Read(parsed);
        DriftOutput.Wanted wanted = output.Read(parsed, sources);
        string[] texts = [.. (ColumnList.Of(parsed.GetValue(_texts)) ?? []).Distinct(StringComparer.Ordinal)];
        (Table before, Table now) = Read(sources, options, texts, cancellation);
        Findings found;
        try
        {
            found = Compare(before, now, options, texts, parsed.GetValue(_multivariate), cancellation);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{sources[0]} v. {sources[1]}: {Program.Sentence(e)}", e);
        }

        if (found.Report is { } report)
        {
            wanted.Report(report, sources);
        }
        else if (wanted.Page is not null)
        {
            throw new ArgumentException("--html writes the report of the columns, and all columns are texts: leave it out.");
        }

        return Task.FromResult(wanted.Finish(found.ToText, found.ToJson, found.Level));
    }

    private static (Table Reference, Table Current) Read(IReadOnlyList<string> paths, DriftOptions options, string[] texts, CancellationToken cancellation)
    {
        var asTexts = new CsvOptions { Types = texts.ToDictionary(name => name, _ => typeof(string)) };
        Table before = Checked(Table.ReadCsv(paths[0], asTexts, cancellationToken: cancellation), paths[0], options.Columns);
        bool mayChangeType = options.TypeChanges == TypeChangePolicy.Drift;
        Table now = Checked(CsvLike.Read(before, paths[1], cancellation, textsOnly: mayChangeType), paths[1], [.. options.Columns ?? [], .. texts]);
        return (before, now);
    }

    private static Findings Compare(Table before, Table now, DriftOptions options, string[] texts, bool together, CancellationToken cancellation)
    {
        bool named = options.Columns is not null;
        bool onlyTexts = !named && before.Columns.All(column => texts.Contains(column.Name));
        (Table rest, Table restNow) = named || onlyTexts ? (before, now) : (before.Drop(texts), now.Drop(texts));
        DriftReport? report = onlyTexts ? null : DriftReport.Compare(rest, restNow, options, cancellationToken: cancellation);
        MultivariateReport? rows = null;
        if (together)
        {
            using var progress = new TerminalProgress("Comparing rows");
            rows = MultivariateReport.Compare(rest, restNow, new MultivariateOptions { Columns = options.Columns, Alpha = options.Alpha }, progress, cancellation);
        }

        var drifts = new List<(string Column, TextDrift Drift)>();
        foreach (string column in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                drifts.Add((column, TextDrift.Compare(before.Texts(column), now.Texts(column), new TextDriftOptions { Alpha = options.Alpha })));
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"column '{column}', {e.ParamName}: {Program.Sentence(e)}", e);
            }
        }

        return new Findings(new RowCounts(before.RowCount, now.RowCount), report, rows, drifts);
    }

    /// <summary>All that was found; the report is null if every column is a text.</summary>
    private sealed record Findings(RowCounts Rows, DriftReport? Report, MultivariateReport? Together, IReadOnlyList<(string Column, TextDrift Drift)> Texts)
    {
        internal DriftLevel Level => Together is { Drift: true } || Texts.Any(text => text.Drift.Drift)
            ? (DriftLevel)Math.Max((int)DriftLevel.Moderate, (int)(Report?.Level ?? DriftLevel.None))
            : Report?.Level ?? DriftLevel.None;

        internal string ToText()
        {
            var text = new StringBuilder(Report?.ToString());
            if (Together is not null)
            {
                text.Append("\nRows as a whole\n").Append(Together).Append('\n');
            }

            foreach ((string column, TextDrift drift) in Texts)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append("Texts of '").Append(column).Append("'\n").Append(drift).Append('\n');
            }

            return Together is null && Texts.Count == 0 ? text.ToString() : text.ToString().TrimEnd();
        }

        internal string ToJson()
        {
            if (Together is null && Texts.Count == 0)
            {
                return Report!.ToJson();
            }

            JsonObject json = Report is null ? NoColumns() : JsonNode.Parse(Report.ToJson())!.AsObject();
            if (Together is not null)
            {
                json["multivariate"] = JsonNode.Parse(Together.ToJson());
            }

            if (Texts.Count > 0)
            {
                json["texts"] = new JsonArray([.. Texts.Select(text => Named(text.Column, text.Drift))]);
            }

            return json.ToJsonString();
        }

        private static JsonObject Named(string column, TextDrift drift)
        {
            JsonObject json = JsonNode.Parse(drift.ToJson())!.AsObject();
            json.Insert(0, "column", column);
            return json;
        }

        private JsonObject NoColumns() => new()
        {
            ["rows"] = new JsonObject { ["reference"] = Rows.Reference, ["current"] = Rows.Current },
            ["columns"] = new JsonArray(),
            ["driftedShare"] = null,
            ["skipped"] = new JsonArray(),
        };
    }
}
