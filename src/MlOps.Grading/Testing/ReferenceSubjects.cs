using System.Collections.Concurrent;
using System.Reflection;
using MlOps.Grading.Calling;
using MlOps.Grading.Compiler;
using MlOps.Grading.Exercises;
using MlOps.Grading.Running;

namespace MlOps.Grading.Testing;

/// <summary>What the tests look at under <c>dotnet test</c>: the reference solutions; in the student edition, the student's own files.</summary>
internal static class ReferenceSubjects
{
    private static readonly ConcurrentDictionary<Assembly, ExerciseCourse> s_courses = new();
    private static readonly ConcurrentDictionary<string, CompiledExercise> s_compiled = new(StringComparer.Ordinal);

    internal static ExerciseSubject Of(Type testClass)
    {
        string id = testClass.GetCustomAttribute<ExerciseAttribute>()?.Id
            ?? throw new InvalidOperationException($"{testClass.Name} does not say which exercise it tests; write [Exercise(\"12.3\")] above it.");
        ExerciseCourse course = s_courses.GetOrAdd(testClass.Assembly, static tests => ExerciseCourse.Open(Path.Combine(CourseRoot(), "exercises"), tests));
        Exercise exercise = course.Catalog.Find(id).Single();
        ExerciseWeek week = course.Catalog.WeekOf(exercise);
        string file = File.Exists(week.SolutionOf(exercise)) ? week.SolutionOf(exercise) : week.StarterOf(exercise);
        string source = File.ReadAllText(file);
        IReadOnlyList<string> libraries = course.LibrariesOf(exercise);
        CompiledExercise compiled = exercise.Kind is ExerciseKind.Artefact or ExerciseKind.Essay
            ? CompiledExercise.Failed($"{exercise.File} is read, not run.")
            : s_compiled.GetOrAdd(file, _ => course.Compilers.Compile(exercise.File, source, libraries));
        return new ExerciseSubject(exercise, source.ReplaceLineEndings("\n"), compiled.TypeOfMember, course.AnswersOf(exercise), () => compiled.Image is { } image
            ? StudentCode.Start(course.Sandbox, new StudentAssembly(Path.GetFileNameWithoutExtension(exercise.File), image, libraries), exercise.CallLimit)
            : throw new InvalidOperationException(string.Join('\n', compiled.Problems)));
    }

    private static string CourseRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "exercises")) && File.Exists(Path.Combine(folder.FullName, "MlOpsCourse.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.GetEnvironmentVariable("MLOPS_ROOT") is { Length: > 0 } root
            ? root
            : throw new DirectoryNotFoundException("These tests lie outside the course; set MLOPS_ROOT to its folder.");
    }
}
