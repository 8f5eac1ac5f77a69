using System.CommandLine;
using MlOps.Data;
using MlOps.Drift;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift</c>: two CSV files, the tests that fit each column, a gate for a CI job.</summary>
internal static class DriftVerb
{
    internal static Command Create()
    {
        var reference = new Argument<string>("reference") { Description = "CSV file the current data are compared with, such as the training data." };
        var current = new Argument<string>("current") { Description = "CSV file to judge." };
        var columns = new Option<string[]>("--columns") { Description = "Columns to compare, separated by blanks or commas; all without it.", AllowMultipleArgumentsPerToken = true };
        var json = new Option<bool>("--json") { Description = "Write JSON to standard output instead of a table." };
        var failOn = new Option<string?>("--fail-on") { Description = "Exit with 1 if a column drifts at this level or above." };
        failOn.AcceptOnlyFromAmong("moderate", "significant");
        var verb = new Verb(
            "drift",
            "Compares two CSV files column by column. Exit code 0 ok, 1 the gate of --fail-on failed, 2 bad input.",
            "./mlops drift train.csv today.csv",
            "./mlops drift train.csv today.csv --columns income,age --json --fail-on significant")
        {
            reference, current, columns, json, failOn,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(Compare(
            parsed.GetRequiredValue(reference),
            parsed.GetRequiredValue(current),
            ColumnList.Of(parsed.GetValue(columns)),
            parsed.GetValue(json),
            parsed.GetValue(failOn),
            cancellation)));
        return verb;
    }

    private static int Compare(string reference, string current, string[]? columns, bool json, string? failOn, CancellationToken cancellation)
    {
        Table before = Checked(Table.ReadCsv(reference, cancellationToken: cancellation), reference, columns);
        Table now = Checked(CsvLike.Read(before, current, cancellation), current, columns);
        DriftReport report;
        try
        {
            report = DriftReport.Compare(before, now, new DriftOptions { Columns = columns }, cancellationToken: cancellation);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{reference} v. {current}: {Program.Sentence(e)}", e);
        }

        if (json)
        {
            WarnOfMissing(reference, before, report);
            WarnOfMissing(current, now, report);
        }

        Console.Out.WriteLine(json ? report.ToJson() : report.ToString());
        DriftLevel? gate = failOn is null ? null : Enum.Parse<DriftLevel>(failOn, ignoreCase: true);
        return gate is { } level && report.MeetsOrExceeds(level) ? Program.GateFailed : Program.Ok;
    }

    private static Table Checked(Table table, string path, string[]? columns)
    {
        foreach (string name in columns ?? [])
        {
            if (!table.HasColumn(name))
            {
                throw new ArgumentException($"{path}: there is no column '{name}'. There are: {string.Join(", ", table.Columns.Select(column => column.Name))}.");
            }
        }

        return table;
    }

    /// <summary>The JSON has no place for it, and a value that is left out must be told.</summary>
    private static void WarnOfMissing(string path, Table table, DriftReport report)
    {
        foreach (Column column in report.Columns.Select(drift => table[drift.Name]).Where(column => column.MissingCount > 0))
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{path}: column '{column.Name}' has {column.MissingCount:N0} of {column.Count:N0} values missing (empty or NaN); they are left out of the tests."));
        }
    }
}
