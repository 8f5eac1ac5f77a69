using System.CommandLine;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift</c>: two sources, or one through time; the tests that fit each column, a gate for a CI job.</summary>
internal static class DriftVerb
{
    internal static Command Create()
    {
        var reference = new Argument<string>("reference")
        {
            Description = "CSV file the current data are compared with, such as the training data; or a database, as sqlite:FILE?table=NAME or postgresql://user@host/db?table=NAME.",
        };
        var current = new Argument<string?>("current")
        {
            Description = "CSV file to judge, or a table of the same database; left out with --by-time and --calibrate.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var settings = new DriftSettings();
        var output = new DriftOutput();
        DriftMode[] modes =
        [
            new SqlDrift(settings, output), new DriftCalibration(settings, output), new DriftByTime(settings, output), new SketchedDrift(settings, output), new FileDrift(settings, output),
        ];
        var verb = new Verb(
            "drift",
            "Compares two sets of rows column by column. Exit code 0 ok, 1 something drifts at the level of --fail-on, 2 bad input.",
            "./mlops drift train.csv today.csv",
            "./mlops drift train.csv today.csv --columns income,age --json --fail-on significant",
            "./mlops drift train.csv today.csv --tests all --html report.html",
            "./mlops drift train.csv today.csv --tests ks,psi,anderson-darling --alpha 0.01 --correction bonferroni",
            "./mlops drift train.csv today.csv --infinities count --type-changes drift",
            "./mlops drift train.csv today.csv --multivariate --texts complaint",
            "./mlops drift huge-train.csv huge-today.csv --sketch --exact-bins",
            "./mlops drift 'sqlite:loans.db?table=train' 'sqlite:loans.db?table=loans&where=month = 12'",
            "./mlops drift 'postgresql://me@host/risk?table=train' 'postgresql://me@host/risk?table=today' --cells 4096",
            "./mlops drift loans.csv --by-time applied_on --window month --reference season:festival_season --columns amount,purpose",
            "./mlops drift train.csv --calibrate 0.01 --rows 300");
        verb.Add(reference);
        verb.Add(current);
        foreach (Option option in settings.Options.Concat(output.Options).Concat(modes.Reverse().SelectMany(mode => mode.Own)))
        {
            verb.Add(option);
        }

        verb.SetAction((parsed, cancellation) =>
        {
            string[] sources = parsed.GetValue(current) is { } second ? [parsed.GetRequiredValue(reference), second] : [parsed.GetRequiredValue(reference)];
            DriftMode mode = modes.First(mode => mode.IsMeant(parsed, sources));
            Check(mode, modes, verb.Options.Where(option => parsed.GetResult(option) is { Implicit: false }), sources);
            return mode.RunAsync(parsed, sources, cancellation);
        });
        return verb;
    }

    /// <summary>Refuses options and sources that make no sense together.</summary>
    private static void Check(DriftMode mode, DriftMode[] modes, IEnumerable<Option> given, string[] sources)
    {
        if (given.FirstOrDefault(option => !mode.Own.Contains(option) && !mode.Shared.Contains(option)) is { } other)
        {
            string? owner = Array.Find(modes, candidate => candidate.Own.Contains(other))?.Name;
            string remedy = owner is null || owner == other.Name ? "leave one of the two out" : $"it is for {owner}";
            throw new ArgumentException($"{other.Name} does not go with {mode.Name}, {mode.Nature}: {remedy}.");
        }

        if (mode.TakesTwo && sources.Length == 1)
        {
            throw new ArgumentException(
                "There is nothing to compare it with: name the reference and the data to judge, as in './mlops drift train.csv today.csv'. For one file there are --by-time COLUMN and --calibrate BUDGET.");
        }

        if (!mode.TakesTwo && sources.Length == 2)
        {
            throw new ArgumentException($"{mode.Name} looks at one file: leave '{sources[1]}' out.");
        }
    }
}
