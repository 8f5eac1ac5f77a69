using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;

namespace MlOps.Cli;

/// <summary>One week's notebook on its way through <c>mlops run</c>.</summary>
internal sealed class WeekRun(string path)
{
    internal string Path { get; } = path;

    internal string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(path);

    /// <summary>Gets how far the run has come.</summary>
    internal RunProgress Progress { get; private set; }

    /// <summary>Gets what came of the run; null until it is over, and where the file could not be read.</summary>
    internal NotebookRun? Run { get; private set; }

    /// <summary>Gets why the notebook could not be run at all; null if it could.</summary>
    internal string? Problem { get; private set; }

    internal bool IsOver => Run is not null || Problem is not null;

    internal async ValueTask RunAsync(TimeSpan cellTimeout, CancellationToken cancellation)
    {
        try
        {
            NotebookFile notebook = NotebookFile.Load(Path);
            var runner = new NotebookRunner(CourseEngine.Runner(System.IO.Path.GetDirectoryName(Path)!) with { CellTimeout = cellTimeout });
            Run = await runner.RunAsync(notebook, new Latest(this), cancellation);
            if (Run.Status != RunStatus.Cancelled)
            {
                Run.Notebook.Save(Course.At("artifacts", "notebooks", Name + ".ipynb"));
            }
        }
        catch (Exception e) when (e is NotebookFormatException or InvalidOperationException or IOException)
        {
            Problem = e.Message;
        }
    }

    internal void ReportFailure()
    {
        if (Problem is not null)
        {
            Console.Error.WriteLine($"mlops: {Problem}");
        }
        else if (Run is { Status: RunStatus.Failed } run)
        {
            FailureText.Write(Path, run);
        }
    }

    private sealed class Latest(WeekRun week) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => week.Progress = value;
    }
}
