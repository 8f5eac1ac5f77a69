using MlOps.Grading.Feedback;

namespace MlOps.Grading.Running;

/// <summary>Exercises from inside a notebook: <c>Check("12.3")</c>, and cells that begin with <c>#!exercise 12.3</c>.</summary>
public static class NotebookExercises
{
    private static Func<ExerciseCourse>? s_open;
    private static string s_progress = string.Empty;
    private static ExerciseCourse? s_course;

    /// <summary>Says which course the notebook belongs to. The program that runs the cells calls this once.</summary>
    /// <param name="open">Opens the course when it is first needed.</param>
    /// <param name="progressFile">Where the outcome of checks is kept.</param>
    public static void Use(Func<ExerciseCourse> open, string progressFile)
    {
        ArgumentNullException.ThrowIfNull(open);
        (s_open, s_progress, s_course) = (open, progressFile, null);
    }

    /// <summary>Checks a week or an exercise, as <c>./mlops check</c> does.</summary>
    /// <param name="exercise"><c>12.3</c> for one exercise, <c>12</c> for a week.</param>
    /// <param name="hint">Opens the next hint.</param>
    public static CheckReport Check(string exercise, bool hint = false)
    {
        ExerciseCourse course = Course();
        var options = new CheckOptions { HintCommand = "Check(\"{0}\", hint: true)" };
        return StudentCheck.Run(course, course.Catalog.Find(exercise), course.Catalog.Folder, TestSelection.Public, ProgressStore.Open(s_progress), hint, options);
    }

    /// <summary>Saves a cell as the exercise's file, then checks it. What the file held before is kept beside it as <c>.before</c>.</summary>
    /// <param name="exercise">The exercise's number.</param>
    /// <param name="code">The whole file.</param>
    /// <exception cref="ArgumentException">There is no such exercise, or the cell is empty: an empty file would lose what was there.</exception>
    public static CheckReport Submit(string exercise, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        ExerciseCourse course = Course();
        if (course.Catalog.Find(exercise) is not [{ } found])
        {
            throw new ArgumentException($"#!exercise takes the number of one exercise, such as 12.3; got '{exercise}'.", nameof(exercise));
        }

        if (string.IsNullOrWhiteSpace(code))
        {
            throw new ArgumentException($"The cell holds nothing below #!exercise {exercise}. Put the content of {found.File} there and fill in the hole.", nameof(code));
        }

        Save(course.Catalog.WeekOf(found).StarterOf(found), code.ReplaceLineEndings("\n").TrimEnd() + "\n");
        return Check(found.Id);
    }

    private static void Save(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) is var before && before != text)
        {
            File.WriteAllText(path + ".before", before);
        }

        AtomicFile.Write(path, text);
    }

    private static ExerciseCourse Course() =>
        s_course ??= s_open?.Invoke() ?? throw new InvalidOperationException("This notebook was not started by mlops, so it knows no exercises. Use ./mlops check in a terminal.");
}
