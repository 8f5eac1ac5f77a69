using System.CommandLine;
using MlOps.Grading.Running;
using MlOps.Kernel.Running;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops worker</c>: the process that the runner starts for each notebook. Not for people, so not in the help.</summary>
internal static class WorkerVerb
{
    internal static Command Create()
    {
        var socket = new Argument<string>("socket");
        var verb = new Command("worker") { socket };
        verb.Hidden = true;
        verb.SetAction((parsed, _) =>
        {
            NotebookExercises.Use(CourseExercises.Open, CourseExercises.ProgressFile);
            return NotebookWorker.RunAsync(parsed.GetRequiredValue(socket), CourseEngine.Options);
        });
        return verb;
    }
}
