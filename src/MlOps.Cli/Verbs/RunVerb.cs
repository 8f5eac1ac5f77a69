using System.CommandLine;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;
using Spectre.Console;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops run</c>: the notebooks of the course, each in its own process, then the site.</summary>
internal static class RunVerb
{
    private const double DefaultCellTimeout = 120;

    internal static Command Create()
    {
        var weeks = new Argument<string[]>("weeks") { Description = "Weeks to run, such as 12; all without a name.", Arity = ArgumentArity.ZeroOrMore };
        var jobs = new Option<int>("--jobs", "-j") { Description = "How many notebooks run at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var timeout = new Option<double>("--timeout") { Description = "Seconds a cell may take.", DefaultValueFactory = _ => DefaultCellTimeout };
        var update = new Option<bool>("--update") { Description = "Also store the outputs in notebooks/, where every cell ran." };
        var stored = new Option<bool>("--stored") { Description = "Run nothing: write the site from the outputs that the notebooks hold already." };
        var verb = new Verb(
            "run",
            "Runs the notebooks and writes the course site to artifacts/site. Exit code 0 every cell ran, 1 one failed, 2 bad input.",
            "./mlops run",
            "./mlops run 12 --update")
        {
            weeks, jobs, timeout, update, stored,
        };
        verb.SetAction((parsed, cancellation) => parsed.GetValue(stored) ? Task.FromResult(WriteStored(parsed.GetValue(weeks) is { Length: > 0 } || parsed.GetValue(update))) : RunAsync(
            Course.Notebooks(parsed.GetValue(weeks) ?? []),
            parsed.GetValue(jobs),
            parsed.GetValue(timeout),
            parsed.GetValue(update),
            cancellation));
        return verb;
    }

    private static int WriteStored(bool alsoRuns)
    {
        if (alsoRuns)
        {
            throw new ArgumentException("--stored runs nothing, so it goes with no week and not with --update.");
        }

        Console.WriteLine($"Site: {CourseSiteFiles.Write([])}   (the outputs stored in the notebooks; './mlops run' makes them anew)");
        return Program.Ok;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> paths, int jobs, double timeout, bool update, CancellationToken cancellation)
    {
        if (jobs < 1 || !(timeout > 0))
        {
            throw new ArgumentException($"--jobs must be 1 or more and --timeout above 0; got {jobs} and {timeout}.");
        }

        WeekRun[] weeks = [.. paths.Select(path => new WeekRun(path))];
        await LiveProgress.ShowAsync(weeks, () => Parallel.ForEachAsync(
            weeks,
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            (week, _) => week.RunAsync(TimeSpan.FromSeconds(timeout), cancellation)));

        AnsiConsole.Write(Summary(weeks));
        foreach (WeekRun week in weeks)
        {
            week.ReportFailure();
            if (update && week.Run is { Status: RunStatus.Succeeded } run)
            {
                run.Notebook.KeepMeasured(NotebookFile.Load(week.Path)).Save(week.Path);
            }
        }

        if (cancellation.IsCancellationRequested)
        {
            return Program.Cancelled;
        }

        Console.WriteLine($"Site: {CourseSiteFiles.Write(weeks)}");
        return weeks.All(week => week is { Problem: null, Run.Status: RunStatus.Succeeded }) ? Program.Ok : Program.GateFailed;
    }

    private static Table Summary(IEnumerable<WeekRun> weeks)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("week").AddColumn(new TableColumn("cells").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned()).AddColumn("result");
        foreach (WeekRun week in weeks)
        {
            table.AddRow(
                Markup.Escape(week.Name),
                week.Run is { } run ? $"{run.CellsRun}/{run.CodeCells}" : "-",
                week.Run is { } timed ? FormattableString.Invariant($"{timed.Duration.TotalSeconds:0.0}") : "-",
                week.Run?.Status switch
                {
                    _ when week.Problem is not null => "[red]✗ not run or not stored[/]",
                    RunStatus.Succeeded => "[green]✓ ok[/]",
                    RunStatus.Cancelled => "[yellow]cancelled[/]",
                    RunStatus.Failed => $"[red]✗ failed in cell {week.Run.FailedCell}[/]",
                    _ => "[yellow]not run[/]",
                });
        }

        return table;
    }
}
