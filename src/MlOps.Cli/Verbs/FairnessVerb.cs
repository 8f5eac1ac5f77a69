using System.CommandLine;
using System.Globalization;
using System.Text;
using MlOps.Data;
using MlOps.Fairness;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops fairness</c>: what a model's decisions did to each group, a gate for a CI job.</summary>
internal static class FairnessVerb
{
    internal static Command Create()
    {
        var data = new Argument<string>("data") { Description = "CSV file with a label and a prediction a row." };
        var label = new Option<string>("--label") { Description = "The column with the truth.", Required = true };
        var prediction = new Option<string>("--prediction") { Description = "The column with the decision.", Required = true };
        var sensitive = new Option<string[]>("--sensitive") { Description = "The columns that say to which group a person belongs; several are also crossed.", Required = true, AllowMultipleArgumentsPerToken = true };
        var positive = new Option<string>("--positive") { Description = "The positive class: the one that people want to be in.", DefaultValueFactory = _ => "1" };
        var score = new Option<string?>("--score") { Description = "The column of the positive class's probability: adds calibration and AUC of each group." };
        var minRatio = new Option<double>("--min-ratio") { Description = "Least ratio of the lowest to the highest selection rate that passes; 0 turns the gate off.", DefaultValueFactory = _ => FourFifthsRule.Limit };
        var maxOpportunity = new Option<double?>("--max-equal-opportunity") { Description = "Largest difference of the true positive rates that passes." };
        var maxOdds = new Option<double?>("--max-equalized-odds") { Description = "Largest difference of the true or false positive rates that passes." };
        var minGroup = new Option<int>("--min-group") { Description = "Groups with fewer rows are listed, but not compared." };
        var bootstrap = new Option<int>("--bootstrap") { Description = "Resamples for an interval of each comparison; 1000 is usual." };
        var json = SharedOptions.Json();
        var html = SharedOptions.Html();
        var verb = new Verb(
            "fairness",
            "Measures what decisions did to each group. Exit code 0 the gates hold, 1 one failed, 2 bad input.",
            "./mlops fairness decisions.csv --label repaid --prediction granted --sensitive gender",
            "./mlops fairness decisions.csv --label repaid --prediction granted --sensitive gender,caste --min-group 30 --json",
            "./mlops fairness decisions.csv --label repaid --prediction granted --sensitive gender --positive 1 --score score --bootstrap 1000 --html fairness.html",
            "./mlops fairness decisions.csv --label repaid --prediction granted --sensitive gender --min-ratio 0 --max-equalized-odds 0.1")
        {
            data, label, prediction, sensitive, positive, score, minRatio, maxOpportunity, maxOdds, minGroup, bootstrap, json, html,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            string file = parsed.GetRequiredValue(data);
            string? page = parsed.GetValue(html) is { } path ? OutputPath.Checked(path, file) : null;
            Gate[] gates =
            [
                new("--min-ratio", "demographicParityRatio", Limit("--min-ratio", parsed.GetValue(minRatio)) is > 0 and var limit ? limit : null, IsMinimum: true),
                new("--max-equal-opportunity", "equalOpportunityDifference", Limit("--max-equal-opportunity", parsed.GetValue(maxOpportunity)), IsMinimum: false),
                new("--max-equalized-odds", "equalizedOddsDifference", Limit("--max-equalized-odds", parsed.GetValue(maxOdds)), IsMinimum: false),
            ];
            var options = new FairnessOptions { MinimumGroup = parsed.GetValue(minGroup), BootstrapSamples = parsed.GetValue(bootstrap) };
            string[] columns = ColumnList.Of(parsed.GetValue(sensitive)) ?? [];
            FairnessReport report = Measure(
                file, parsed.GetRequiredValue(label), parsed.GetRequiredValue(prediction), columns, parsed.GetRequiredValue(positive), parsed.GetValue(score), options, cancellation);
            if (page is not null)
            {
                File.WriteAllText(page, report.ToHtml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            TerminalText.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString().TrimEnd());
            string[] failures = [.. gates.SelectMany(gate => Failures(gate, report))];
            foreach (string failure in failures)
            {
                Console.Error.WriteLine(TerminalText.Harmless($"gate failed: {failure}"));
            }

            return Task.FromResult(failures.Length > 0 ? Program.GateFailed : Program.Ok);
        });
        return verb;
    }

    private static FairnessReport Measure(
        string file, string label, string prediction, string[] sensitive, string positive, string? score, FairnessOptions options, CancellationToken cancellation)
    {
        string[] needed = [.. new[] { label, prediction, score }.Concat(sensitive).OfType<string>().Distinct()];
        Table table;
        using (var progress = new TerminalProgress("Reading"))
        {
            table = Table.ReadCsv(file, new CsvOptions { Columns = needed }, progress, cancellation);
        }

        if (table.RowCount == 0)
        {
            throw new ArgumentException($"{file}: there are no rows.");
        }

        try
        {
            return FairnessReport.Of(table, label, prediction, sensitive, positive, score, options);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{file}: {Program.Sentence(e)}", e);
        }
    }

    /// <summary>The gate holds for all groups and, with several columns, for each column alone.</summary>
    private static IEnumerable<string> Failures(Gate gate, FairnessReport report)
    {
        if (gate.Limit is not { } limit)
        {
            yield break;
        }

        IEnumerable<(string Where, FairnessReport Report)> all = [(string.Join(" × ", report.Columns), report), .. report.ByColumn.Select(pair => (pair.Key, pair.Value))];
        foreach ((string where, FairnessReport one) in all)
        {
            ParityMetric metric = one[gate.Metric];
            if (metric.Value is not { } value)
            {
                yield return $"{where}: {gate.Metric} is {metric.Note}";
            }
            else if (gate.IsMinimum ? value < limit : value > limit)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{where}: {gate.Metric} {value:0.####} is {(gate.IsMinimum ? "below" : "above")} {gate.Option} {limit:0.####}");
            }
        }
    }

    private static double? Limit(string option, double? value) => value is null or (>= 0 and <= 1)
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{option} lies between 0 and 1; got {value}."));

    private sealed record Gate(string Option, string Metric, double? Limit, bool IsMinimum);
}
