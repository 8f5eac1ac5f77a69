using System.CommandLine;
using MlOps.Data.Identifiers;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops quality</c>: a CSV file of any size against a list of expectations, a gate for a CI job.</summary>
internal static class QualityVerb
{
    private const int RowsPerPart = 65_536;

    internal static Command Create()
    {
        var data = new Argument<string>("data") { Description = "CSV file to check." };
        var expectations = new Option<string>("--expectations") { Description = "YAML file with the rules; 'quality infer' drafts one.", Required = true };
        var json = SharedOptions.Json();
        var output = new Option<string?>("--out", "-o") { Description = "The CSV file to write: the rows that fail, with the reasons." };
        Option<string?> html = SharedOptions.Html();
        var tables = new Option<string[]>("--table") { Description = "Another table that rules name, as NAME=FILE.csv; may be given several times." };
        var failOn = new Option<string>("--fail-on") { Description = "Exit with 1 if a rule of this severity or above fails.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("warning", "error");
        var verb = new Verb(
            "quality",
            "Checks a CSV file of any size against expectations. Exit code 0 they are met, 1 one of the severity of --fail-on failed, 2 bad input.",
            "./mlops quality infer train.csv --out expectations.yaml",
            "./mlops quality today.csv --expectations expectations.yaml --fail-on warning",
            "./mlops quality today.csv --expectations expectations.yaml --html report.html --out bad-rows.csv",
            "./mlops quality orders.csv --expectations orders.yaml --table cities=cities.csv --json")
        {
            data, expectations, json, output, html, tables, failOn, Infer(),
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(Check(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(expectations),
            parsed.GetValue(json),
            new Outputs(parsed.GetValue(html), parsed.GetValue(output)),
            parsed.GetValue(tables) ?? [],
            parsed.GetRequiredValue(failOn),
            cancellation)));
        return verb;
    }

    private static Verb Infer()
    {
        var reference = new Argument<string>("reference") { Description = "CSV file that is in order, such as the training data." };
        var output = new Option<string>("--out", "-o") { Description = "The YAML file to write.", Required = true };
        var maxAge = new Option<double?>("--max-age-hours") { Description = "Also expect that the newest time of each column of times is not older." };
        var verb = new Verb(
            "infer",
            "Drafts expectations from a CSV file, each with its reason, to be read and edited. Exit code 0, or 2 for bad input.",
            "./mlops quality infer train.csv --out expectations.yaml")
        {
            reference, output, maxAge,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            string source = parsed.GetRequiredValue(reference);
            string path = OutputPath.Checked(parsed.GetRequiredValue(output), source);
            var table = Table.ReadCsv(source, cancellationToken: cancellation);
            if (table.RowCount == 0)
            {
                throw new ArgumentException($"{source}: there are no rows, so nothing can be learnt from it.");
            }

            double? hours = parsed.GetValue(maxAge);
            if (hours is <= 0 or > 1e6 or double.NaN)
            {
                throw new ArgumentException(FormattableString.Invariant($"--max-age-hours is a number of hours above 0; got {hours}."));
            }

            var draft = Expectations.Infer(table, new InferOptions
            {
                Name = Path.GetFileNameWithoutExtension(source),
                MaxAge = hours is { } age ? TimeSpan.FromHours(age) : null,
            });
            File.WriteAllText(path, draft.ToYaml());
            Console.WriteLine(FormattableString.Invariant($"{path}: {draft.Rules.Count} rules from {table.RowCount:N0} rows; read and edit them"));
            foreach ((string column, PersonalDataKind kind) in draft.PersonalColumns)
            {
                Console.WriteLine($"personal data: column '{column}' looks like {kind.ToString().ToLowerInvariant()}; its values are not shown anywhere");
            }

            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static int Check(string data, string rules, bool json, Outputs outputs, string[] tables, string failOn, CancellationToken cancellation)
    {
        Expectations expectations = Read(rules);
        (string? page, string? badRows) = outputs;
        foreach (string path in new[] { page, badRows }.OfType<string>())
        {
            OutputPath.Checked(path, data, rules);
        }

        if (badRows is not null && Path.GetExtension(badRows) is ".html" or ".htm")
        {
            throw new ArgumentException($"--out takes the .csv file for the rows that fail; the page goes to --html. Got '{badRows}'.");
        }

        Dictionary<string, Table> others = Others(tables, cancellation);
        var options = new CsvOptions { Types = TextColumns(expectations, data) };
        QualityReport report;
        try
        {
            using (var progress = new TerminalProgress("Checking"))
            {
                report = expectations.Check(Parts(progress), others: others, cancellationToken: cancellation);
            }

            if (badRows is not null)
            {
                WriteBadRows(badRows, report);
            }
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{data} v. {rules}: {Program.Sentence(e)}", e);
        }

        if (page is not null)
        {
            File.WriteAllText(page, report.ToHtml());
        }

        Console.Out.WriteLine(json ? report.ToJson() : report.ToString().TrimEnd());
        bool fails = report.MeetsOrExceeds(Enum.Parse<QualitySeverity>(failOn, ignoreCase: true));
        if (fails)
        {
            Console.Error.WriteLine($"gate failed: {data} breaks a rule, and --fail-on is {failOn}");
        }

        return fails ? Program.GateFailed : Program.Ok;

        IEnumerable<Table> Parts(IProgress<double> progress) => Table.ReadCsvInParts(data, RowsPerPart, options, progress, cancellation);

        // Only after the whole file is read is it known which rules failed: the file is read once more.
        void WriteBadRows(string path, QualityReport report)
        {
            Expectation[] failed = [.. report.Failed.Select(result => result.Expectation)];
            using var progress = new TerminalProgress("Writing rows");
            using var writer = new CsvPartsWriter(path);
            _ = expectations.Check(Parts(progress), part => writer.Write(part.BadRows(failed)), others: others, cancellationToken: cancellation);
            writer.Complete();
        }
    }

    private static Expectations Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: there is no such file. './mlops quality infer reference.csv --out {path}' writes one.");
        }

        try
        {
            return Expectations.FromYaml(File.ReadAllText(path));
        }
        catch (ExpectationsFormatException e)
        {
            throw new ArgumentException($"{path}, {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new ArgumentException($"Cannot read '{path}': {e.Message}", e);
        }
    }

    /// <summary>The files that are written beside what is shown.</summary>
    private readonly record struct Outputs(string? Page, string? BadRows);

    private static Dictionary<string, Table> Others(string[] given, CancellationToken cancellation)
    {
        var others = new Dictionary<string, Table>(StringComparer.Ordinal);
        foreach (string pair in given)
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || sign == pair.Length - 1)
            {
                throw new ArgumentException($"--table takes NAME=FILE.csv; got '{pair}'.");
            }

            if (!others.TryAdd(pair[..sign], Table.ReadCsv(pair[(sign + 1)..], cancellationToken: cancellation)))
            {
                throw new ArgumentException($"--table names '{pair[..sign]}' twice.");
            }
        }

        return others;
    }

    /// <summary>Digits in a column that is expected to be text are text: a code keeps its leading zero, and its type is no finding.</summary>
    private static Dictionary<string, Type> TextColumns(Expectations expectations, string data)
    {
        string[] text = [.. expectations.Rules.OfType<ColumnType>().Where(rule => rule.Type == ExpectedType.String).Select(rule => rule.Column!).Distinct()];
        if (text.Length == 0 || !File.Exists(data))
        {
            return []; // the reader tells that there is no such file
        }

        Table header = Table.ReadCsv(new MemoryStream(HeaderOf(data)));
        return text.Where(header.HasColumn).ToDictionary(column => column, _ => typeof(string));
    }

    /// <summary>The first line that has something in it; a name in quotes may go over several.</summary>
    private static byte[] HeaderOf(string path)
    {
        using var reader = new StreamReader(path);
        var header = new System.Text.StringBuilder();
        int quotes = 0;
        while (reader.ReadLine() is { } line)
        {
            header.Append(line).Append('\n');
            quotes += line.Count(letter => letter == '"');
            if (line.Length > 0 && quotes % 2 == 0)
            {
                break;
            }
        }

        return System.Text.Encoding.UTF8.GetBytes(header.ToString());
    }
}
