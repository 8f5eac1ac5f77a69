using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MlOps.Data;
using MlOps.Drift;
using MlOps.Drift.Simulation;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift FILE --calibrate BUDGET --rows N</c>: the PSI limit that quiet data cross as often as agreed.</summary>
internal sealed class DriftCalibration(DriftSettings settings, DriftOutput output) : DriftMode
{
    /// <summary>Below it the runs would take days.</summary>
    private const double SmallestBudget = 0.0001;

    /// <summary>Comparisons that cross the limit in an average simulation: enough to know it to a few percent.</summary>
    private const int Crossings = 10;

    private readonly Option<double?> _budget = new("--calibrate") { HelpName = "budget", Description = "Find the PSI limit that this share of comparisons without drift crosses, such as 0.01, by simulation on one file." };
    private readonly Option<int?> _rows = new("--rows") { HelpName = "n", Description = "With --calibrate: the rows of a file that will be judged, such as a day's." };

    internal override string Name => "--calibrate";

    internal override string Nature => "which finds a PSI limit on one CSV file and judges nothing";

    internal override IReadOnlyList<Option> Own => [_budget, _rows];

    internal override IReadOnlyList<Option> Shared => [settings.Columns, settings.Infinities, output.Json];

    internal override bool TakesTwo => false;

    internal override bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources) => Given(parsed, _budget);

    internal override Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        string path = sources[0];
        double budget = parsed.GetValue(_budget) is { } share and >= SmallestBudget and < 1
            ? share
            : throw new ArgumentException(FormattableString.Invariant($"--calibrate is a share of false alarms from {SmallestBudget} to 1, such as 0.01; got {parsed.GetValue(_budget)}."));
        int rows = parsed.GetValue(_rows) switch
        {
            > 0 and var count => count,
            null => throw new ArgumentException("--calibrate needs --rows N, the rows of a file that will be judged: by chance a small file moves further than a large one."),
            var count => throw new ArgumentException($"--rows is at least 1; got {count}."),
        };

        DriftOptions options = settings.Read(parsed) with { Tests = DriftTests.Psi };
        Table table = Checked(Table.ReadCsv(path, cancellationToken: cancellation), path, options.Columns);
        var counts = new RowCounts(table.RowCount, rows);
        var simulation = new SimulationOptions { Runs = (int)Math.Max(new SimulationOptions().Runs, Math.Ceiling(Crossings / budget)) };
        ThresholdChoice choice;
        try
        {
            string[] compared = [.. DriftReport.Compare(table, table, options, cancellationToken: cancellation).Columns.Where(column => column.Tests.Count > 0).Select(column => column.Name)];
            using var progress = new TerminalProgress("Simulating");
            choice = ThresholdCalibration.ForReport(table.Select(compared), counts, budget, options with { Columns = null }, simulation, progress, cancellation);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{path}: {Program.Sentence(e)}", e);
        }

        return Task.FromResult(output.Read(parsed, sources).Finish(() => ToText(choice, counts), () => ToJson(choice, counts), DriftLevel.None));
    }

    private static string ToText(ThresholdChoice choice, RowCounts rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"Largest PSI of a report, {rows.Current:N0} rows against {rows.Reference:N0}: {choice}\nTo judge by it: --psi-limits {Math.Ceiling(10_000 * choice.Threshold) / 10_000:0.####}");

    private static string ToJson(ThresholdChoice choice, RowCounts rows) => new JsonObject
    {
        ["rows"] = new JsonObject { ["reference"] = rows.Reference, ["current"] = rows.Current },
        ["budget"] = choice.Budget,
        ["psiLimit"] = choice.Threshold,
        ["low"] = choice.Low,
        ["high"] = double.IsFinite(choice.High) ? choice.High : null,
        ["runs"] = choice.Runs,
    }.ToJsonString();
}
