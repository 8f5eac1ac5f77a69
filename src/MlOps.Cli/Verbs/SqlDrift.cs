using System.CommandLine;
using System.Text.Json.Nodes;
using MlOps.Drift;
using MlOps.Drift.Sql;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift</c> of two tables of one database, computed there.</summary>
internal sealed class SqlDrift(DriftSettings settings, DriftOutput output) : DriftMode
{
    private const int FewestCells = 16;

    private readonly Option<int?> _cells = new("--cells") { HelpName = "n", Description = "In a database: count numbers in so many equal cells instead of sorting them; the report states the error." };
    private readonly Option<int?> _timeout = new("--timeout") { HelpName = "seconds", Description = "Seconds a query of a database may take; 600 without it, 0 for no limit." };

    internal override string Name => "a database";

    internal override string Nature => "which gives counts and quantiles and no rows";

    internal override IReadOnlyList<Option> Own => [_cells, _timeout];

    internal override IReadOnlyList<Option> Shared => [.. settings.OfComparison, .. output.Options];

    internal override bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources) => sources.Any(SqlAddress.IsOne);

    internal override async Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        DriftOptions options = settings.ReadWithoutRows(parsed, Name);
        DriftOutput.Wanted wanted = output.Read(parsed, []);
        var how = new SqlDriftOptions { HistogramCells = Cells(parsed.GetValue(_cells)) };
        how = parsed.GetValue(_timeout) is { } seconds ? how with { CommandTimeout = Limit(seconds) } : how;
        if (sources.FirstOrDefault(source => !SqlAddress.IsOne(source)) is { } file)
        {
            throw new ArgumentException($"A database is compared with itself only, and '{file}' is a file. Bring the file into the database, or export the table to a CSV file.");
        }

        SqlAddress before = SqlAddress.Read(sources[0]);
        await using (before.Connection.ConfigureAwait(false))
        {
            SqlAddress now = SqlAddress.Read(sources[1]);
            await using (now.Connection.ConfigureAwait(false))
            {
                SameDatabase(before, now);
            }

            SqlDriftReport result;
            using (var progress = new TerminalProgress("Asking"))
            {
                result = await CompareAsync(before, now.Rows, options, how, progress, cancellation).ConfigureAwait(false);
            }

            wanted.Report(result.Report, [before.Rows.ToString(), now.Rows.ToString()]);
            return wanted.Finish(result.ToString, () => ToJson(result), result.Report.Level);
        }
    }

    private static async Task<SqlDriftReport> CompareAsync(
        SqlAddress reference, SqlSource current, DriftOptions options, SqlDriftOptions how, IProgress<double> progress, CancellationToken cancellation)
    {
        try
        {
            return await Drift.Sql.SqlDrift.CompareAsync(reference.Connection, reference.Rows, current, options, how, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or SqlDriftException)
        {
            throw new ArgumentException($"{reference.Shown}, {reference.Rows} v. {current}: {Program.Sentence(e)}", e);
        }
    }

    private static void SameDatabase(SqlAddress a, SqlAddress b)
    {
        if (a.Connection.GetType() != b.Connection.GetType() || a.Connection.ConnectionString != b.Connection.ConnectionString)
        {
            throw new ArgumentException(
                $"{a.Shown} and {b.Shown}{(a.Shown == b.Shown ? ", with other settings," : "")} are two databases; the engine can only compare what it holds itself. " +
                "Export both tables to CSV files, or bring them into one database.");
        }
    }

    private static int? Cells(int? cells) =>
        cells is null or >= FewestCells ? cells : throw new ArgumentException($"--cells is a number of {FewestCells} or more, such as 4096; got {cells}.");

    private static TimeSpan Limit(int seconds) => seconds switch
    {
        0 => Timeout.InfiniteTimeSpan,
        > 0 => TimeSpan.FromSeconds(seconds),
        _ => throw new ArgumentException($"--timeout is a number of seconds, or 0 for no limit; got {seconds}."),
    };

    private static string ToJson(SqlDriftReport result)
    {
        JsonObject json = JsonNode.Parse(result.Report.ToJson())!.AsObject();
        json["sql"] = new JsonObject
        {
            ["engine"] = result.Engine.ToString().ToLowerInvariant(),
            ["queries"] = result.Queries,
            ["scans"] = result.Scans,
            ["valuesRead"] = result.ValuesRead,
        };
        return json.ToJsonString();
    }
}
