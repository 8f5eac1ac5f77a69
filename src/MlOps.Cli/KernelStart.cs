using MlOps.Grading.Running;
using MlOps.Kernel.Jupyter;

namespace MlOps.Cli;

/// <summary><c>mlops kernel start FILE</c>: the Jupyter kernel, as front ends start it.</summary>
/// <remarks>It does not go through the parser of the other verbs: a student waits for it, and loading the parser costs as much as a cell.</remarks>
internal static class KernelStart
{
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(1);

    internal static int Run(string connectionFile)
    {
        try
        {
            NotebookExercises.Use(CourseExercises.Open, CourseExercises.ProgressFile);
            JupyterKernel.Run(connectionFile, new KernelSetup { Engine = CourseEngine.Options with { MaxDisplays = 100_000 } });
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mlops: {e.Message}");
            return Program.BadInput;
        }
        catch (TypeInitializationException e) when (e.InnerException is { } reason)
        {
            Console.Error.WriteLine($"mlops: {reason.Message}"); // no course around, for example
            return Program.BadInput;
        }

        EndSoon();
        return Program.Ok;
    }

    /// <summary>What a cell left behind, such as a handler that waits at the end of the process, must not keep the kernel alive.</summary>
    private static void EndSoon() => new Thread(() =>
    {
        Thread.Sleep(s_timeToEnd);
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    })
    {
        IsBackground = true,
    }.Start();
}
