using System.Globalization;
using System.IO.Compression;
using System.Text;
using MlOps.Grading.Exercises;

namespace MlOps.Cli;

/// <summary>A made-up class that handed in, to try grading on: one student for everything that happens to an instructor.</summary>
/// <remarks>The files come from the solutions and wrong solutions of two weeks, so the student edition cannot make it. Equal courses give equal bytes.</remarks>
internal static class ExampleClass
{
    private const string Due = "2026-11-20T23:59Z";
    private const string OnTime = "2026-11-20T18:00Z";
    private const string Late = "2026-11-22T18:00Z";
    private const string HoleInAMethod = "        // BEGIN YOUR CODE"; // one level less and it is members that are missing
    private static readonly DateTimeOffset s_zipped = new(2026, 11, 20, 18, 0, 0, TimeSpan.Zero);

    /// <summary>What each student did; what is not said otherwise is solved.</summary>
    private static readonly (string Student, string Remark, Func<ExerciseWeek, Exercise, string?> Source)[] s_students =
    [
        ("amara", "everything right", (week, exercise) => Solved(week, exercise)),
        ("bao", "a mistake in every exercise", (week, exercise) => Wrong(week, exercise, 0)),
        ("carla", "other mistakes", (week, exercise) => Wrong(week, exercise, 1)),
        ("dmitri", "a mistake in every second exercise", (week, exercise) => Place(week, exercise) % 2 == 0 ? Wrong(week, exercise, 2) : Solved(week, exercise)),
        ("elif", "the starters, untouched", (week, exercise) => File.ReadAllText(week.StarterOf(exercise))),
        ("farid", "the first half, the rest missing", (week, exercise) => Place(week, exercise) < week.Exercises.Count / 2 ? Solved(week, exercise) : null),
        ("grace", "one exercise a week does not compile", (week, exercise) => IsFirstCode(week, exercise) ? Solved(week, exercise) + "}\n" : Solved(week, exercise)),
        ("hiro", "one exercise never ends", (week, exercise) => !HasEssay(week) && week.Exercises.First(one => HasHoleInAMethod(week, one)) == exercise ? Endless(week, exercise) : Solved(week, exercise)),
        ("ines", "everything right, a day late and more", (week, exercise) => Solved(week, exercise)),
        ("jamal", "a zip archive", (week, exercise) => Place(week, exercise) == 2 ? Wrong(week, exercise, 3) : Solved(week, exercise)),
        ("kavya", "the essays alone", (week, exercise) => exercise.Kind == ExerciseKind.Essay ? Solved(week, exercise) : null),
        ("leo", "nothing but a note", (_, _) => null),
    ];

    /// <summary>Writes the class.</summary>
    /// <param name="catalog">The exercises of the instructor's edition.</param>
    /// <param name="folder">Empty or not there yet.</param>
    /// <returns>The weeks that were handed in, and how many students there are.</returns>
    /// <exception cref="InvalidOperationException">There are no solutions here.</exception>
    /// <exception cref="ArgumentException">The folder holds something.</exception>
    internal static (int[] Weeks, int Students) Write(ExerciseCatalog catalog, string folder)
    {
        ExerciseWeek[] solved = [.. catalog.Weeks.Where(week => week.Exercises.All(exercise => File.Exists(week.SolutionOf(exercise))))];
        ExerciseWeek[] weeks = [.. new[] { solved.LastOrDefault(week => !HasEssay(week)), solved.LastOrDefault(HasEssay) }.OfType<ExerciseWeek>()];
        if (weeks.Length == 0)
        {
            throw new InvalidOperationException("The example class is made of the reference solutions, and this edition of the course has none: it is the students'. Run this in the instructor's edition.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new ArgumentException($"'{folder}' is not empty; name a folder that is not there yet.");
        }

        Directory.CreateDirectory(folder);
        foreach ((string student, _, Func<ExerciseWeek, Exercise, string?> source) in s_students)
        {
            (string Path, string Text)[] files = [.. weeks.SelectMany(week => week.Exercises.Select(exercise => (Path: $"{Name(week)}/{exercise.File}", Text: source(week, exercise))))
                .Where(file => file.Text is not null).Select(file => (file.Path, file.Text!))];
            HandIn(folder, student, files.Length == 0 ? [("note.txt", "I was ill. May I have another week?\n")] : files);
        }

        Write(Path.Combine(folder, "README.txt"), string.Join('\n', ["A made-up class. Nobody in it is real.", "", .. s_students.Select(student => $"{student.Student,-8} {student.Remark}"), ""]));
        Write(Path.Combine(folder, "policy.yaml"), $"weeks:\n{string.Concat(weeks.Select(week => string.Create(CultureInfo.InvariantCulture, $"  {week.Number}: {{ due: {Due} }}\n")))}late: {{ grace: 1h, perDay: 0.10, most: 0.5 }}\n");
        Write(
            Path.Combine(folder, "submitted.csv"),
            "student,week,submitted\n" + string.Concat(s_students.SelectMany(student => weeks.Select(week => string.Create(CultureInfo.InvariantCulture, $"{student.Student},{week.Number},{(student.Student == "ines" ? Late : OnTime)}\n")))));
        return ([.. weeks.Select(week => week.Number)], s_students.Length);
    }

    private static void HandIn(string folder, string student, (string Path, string Text)[] files)
    {
        if (student == "jamal")
        {
            using ZipArchive archive = ZipFile.Open(Path.Combine(folder, student + ".zip"), ZipArchiveMode.Create);
            foreach ((string path, string text) in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(path);
                entry.LastWriteTime = s_zipped;
                using var writer = new StreamWriter(entry.Open(), Utf8);
                writer.Write(text);
            }

            return;
        }

        foreach ((string path, string text) in files)
        {
            string file = Path.Combine(folder, student, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Write(file, text);
        }
    }

    private static string Solved(ExerciseWeek week, Exercise exercise) => File.ReadAllText(week.SolutionOf(exercise));

    /// <summary>One of the wrong solutions; the starter where there is none, which is a choice not made.</summary>
    private static string Wrong(ExerciseWeek week, Exercise exercise, int which) =>
        week.MutantsOf(exercise) is { Count: > 0 } mutants ? File.ReadAllText(mutants[which % mutants.Count]) : File.ReadAllText(week.StarterOf(exercise));

    /// <summary>The solution with a loop before everything else.</summary>
    private static string Endless(ExerciseWeek week, Exercise exercise)
    {
        string[] lines = Solved(week, exercise).Split('\n');
        int begin = Array.FindIndex(lines, line => line.StartsWith(HoleInAMethod, StringComparison.Ordinal));
        return string.Join('\n', [.. lines[..(begin + 1)], "        for (long i = 0; i >= 0; i = 0) { }", "#pragma warning disable CS0162 // what comes after it is not reached", .. lines[(begin + 1)..]]);
    }

    private static bool IsFirstCode(ExerciseWeek week, Exercise exercise) => week.Exercises.First(one => one.Kind == ExerciseKind.Code) == exercise;

    private static bool HasHoleInAMethod(ExerciseWeek week, Exercise exercise) => Solved(week, exercise).Contains("\n" + HoleInAMethod, StringComparison.Ordinal);

    private static bool HasEssay(ExerciseWeek week) => week.Exercises.Any(exercise => exercise.Kind == ExerciseKind.Essay);

    private static int Place(ExerciseWeek week, Exercise exercise) => week.Exercises.ToList().IndexOf(exercise);

    private static string Name(ExerciseWeek week) => string.Create(CultureInfo.InvariantCulture, $"week{week.Number:00}");

    private static void Write(string path, string text) => File.WriteAllText(path, text, Utf8);

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);
}
