using System.CommandLine;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops execute</c>: one notebook in, the same notebook with its outputs out.</summary>
internal static class ExecuteVerb
{
    internal static Command Create()
    {
        var input = new Argument<string>("notebook") { Description = "The notebook to run (.ipynb)." };
        var output = new Option<string>("--out", "-o") { Description = "The notebook to write; may be the input.", Required = true };
        var parameters = new Option<string[]>("--parameter", "-p") { Description = "NAME=VALUE, set after the cell tagged 'parameters'; may be given several times." };
        var timeout = new Option<double?>("--timeout") { Description = "Seconds a cell may take; without it, as long as it likes." };
        var verb = new Verb(
            "execute",
            "Runs one notebook in a fresh process, in the notebook's folder. Exit code 0 every cell ran, 1 one failed, 2 bad input.",
            "./mlops execute notebooks/week12-monitoring-and-drift.ipynb -o out.ipynb",
            "./mlops execute report.ipynb -o report-may.ipynb -p month=5 -p city=Pune --timeout 60")
        {
            input, output, parameters, timeout,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(input),
            parsed.GetRequiredValue(output),
            parsed.GetValue(parameters) ?? [],
            parsed.GetValue(timeout),
            cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string input, string output, string[] parameters, double? timeout, CancellationToken cancellation)
    {
        if (timeout is <= 0 or double.NaN)
        {
            throw new ArgumentException($"--timeout must be a number of seconds above 0; got {timeout}.");
        }

        Dictionary<string, string> values = Values(parameters);
        NotebookFile notebook = NotebookParameters.Inject(NotebookFile.Load(input), values);
        NotebookFile.CheckWritable(output);
        bool inPlace = Path.GetFullPath(input) == Path.GetFullPath(output);
        var runner = new NotebookRunner(CourseEngine.Runner(Path.GetDirectoryName(Path.GetFullPath(input))!) with
        {
            CellTimeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Checkpoint = inPlace ? null : partial => partial.Save(output), // in place, a half-run notebook would replace a whole one
        });
        NotebookRun run = await runner.RunAsync(notebook, new CellCounter(), cancellation);
        if (!(inPlace && run.Status == RunStatus.Cancelled))
        {
            run.Notebook.Save(output);
        }

        return Report(input, output, run);
    }

    private static int Report(string input, string output, NotebookRun run)
    {
        switch (run.Status)
        {
            case RunStatus.Failed:
                FailureText.Write(input, run);
                Console.Error.WriteLine($"The outputs up to there are in {output}.");
                return Program.GateFailed;
            case RunStatus.Cancelled:
                Console.Error.WriteLine($"{input}: cancelled after {run.CellsRun} of {run.CodeCells} cells.");
                return Program.Cancelled;
            default:
                Console.Error.WriteLine(FormattableString.Invariant($"{output}: {run.CellsRun} cells in {run.Duration.TotalSeconds:0.0} s"));
                return Program.Ok;
        }
    }

    private static Dictionary<string, string> Values(string[] parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string parameter in parameters)
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ArgumentException($"-p takes name=value; got '{parameter}'.");
            }

            values[parameter[..equals].Trim()] = parameter[(equals + 1)..];
        }

        return values;
    }

    /// <summary>One line on a terminal that counts the cells; silent when standard error is a file.</summary>
    private sealed class CellCounter : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write($"\r  cell {value.CellsDone} of {value.CodeCells} ");
                if (value.CellsDone == value.CodeCells)
                {
                    Console.Error.Write("\r                                \r");
                }
            }
        }
    }
}
