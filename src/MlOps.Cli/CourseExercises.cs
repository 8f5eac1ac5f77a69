using System.Reflection;
using MlOps.Grading.Running;

namespace MlOps.Cli;

/// <summary>The exercises of the checkout with their tests, which are built beside the command.</summary>
internal static class CourseExercises
{
    private const string Tests = "MlOps.Exercises.Tests.dll";

    internal static string Folder => Course.At("exercises");

    internal static string ProgressFile => Course.At("artifacts", "progress.json");

    internal static ExerciseCourse Open()
    {
        string tests = Path.Combine(AppContext.BaseDirectory, Tests);
        return File.Exists(tests)
            ? ExerciseCourse.Open(Folder, Assembly.LoadFrom(tests))
            : throw new FileNotFoundException($"The tests of the exercises are not built: {tests} is missing. './mlops setup' builds them.");
    }

    /// <summary>Says on the error stream what this machine does not isolate; refuses if that was asked for.</summary>
    /// <exception cref="InvalidOperationException">The sandbox is not complete, and a complete one is required.</exception>
    internal static void CheckSandbox(ExerciseCourse course, bool required)
    {
        if (course.Sandbox.IsFull)
        {
            return;
        }

        string gaps = string.Concat(course.Sandbox.NotIsolated.Select(gap => $"{Environment.NewLine}  - {gap}"));
        if (required)
        {
            throw new InvalidOperationException($"This machine has no complete sandbox, and --require-sandbox forbids to go on. What is missing:{gaps}{Environment.NewLine}'./mlops doctor' says how to get bubblewrap.");
        }

        Console.Error.WriteLine($"WARNING: the sandbox is not complete on this machine. Run only code that you trust. What is missing:{gaps}");
    }
}
