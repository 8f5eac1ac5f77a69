using MlOps.Grading.Exercises;
using MlOps.Grading.Testing;
using MlOps.Kernel.Notebooks;

namespace MlOps.Exercises.Tests.Instructor;

/// <summary>What stands in more than one place stands there alike: statements, holes, sections, the week's table.</summary>
public sealed class ExerciseFilesAreTrue
{
    private const int MutantHeader = 2; // the test that catches it, and the reason
    private const int TableColumns = 5;
    private const int HeaderRows = 2;

    public static TheoryData<string> All() => CourseFixture.Exercises();

    public static TheoryData<string> Sources() => CourseFixture.Exercises(exercise => exercise.Kind is ExerciseKind.Choice or ExerciseKind.Numeric or ExerciseKind.Code);

    public static TheoryData<int> Weeks() => new(CourseFixture.Course.Catalog.Weeks.Select(week => week.Number));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Starter_BeginsWithTitleAndStatement(string id)
    {
        Exercise exercise = CourseFixture.Exercise(id);
        string[] lines = File.ReadAllLines(CourseFixture.Week(id).StarterOf(exercise));
        string[] comment = [.. lines.TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)).Select(line => line[2..].Trim())];
        string plural = exercise.Points == 1 ? "point" : "points";

        Assert.Equal(FormattableString.Invariant($"{id} · {exercise.Title} · {exercise.Points} {plural}"), comment[0]);
        Assert.Contains(
            string.Join('\n', exercise.Statement.Split('\n').Select(line => line.Trim())),
            string.Join('\n', comment),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void StarterAndSolution_DifferInTheHoleOnly(string id)
    {
        Exercise exercise = CourseFixture.Exercise(id);
        string starter = File.ReadAllText(CourseFixture.Week(id).StarterOf(exercise));
        string solution = File.ReadAllText(CourseFixture.Week(id).SolutionOf(exercise));

        Assert.NotNull(Hole.Of(starter));
        Assert.Equal(Around(starter), Around(solution));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Section_IsAHeadingOfTheNotebook(string id)
    {
        IEnumerable<string> headings = NotebookText(id).Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim());

        Assert.Contains(CourseFixture.Exercise(id).Section, headings);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Mutants_DifferInTheHoleOnly(string id)
    {
        Exercise exercise = CourseFixture.Exercise(id);
        string[] starter = Around(File.ReadAllText(CourseFixture.Week(id).StarterOf(exercise)));

        Assert.All(CourseFixture.Week(id).MutantsOf(exercise), mutant => Assert.Equal(starter, Around(File.ReadAllText(mutant))[MutantHeader..]));
    }

    [Theory]
    [MemberData(nameof(Weeks))]
    public void TableOfTheWeek_IsWhatTheTestsAre(int number)
    {
        ExerciseWeek week = CourseFixture.Course.Catalog.Weeks.Single(candidate => candidate.Number == number);
        IEnumerable<string> table = File.ReadLines(Path.Combine(week.Folder, "README.md"))
            .Where(line => line.Count(c => c == '|') == TableColumns + 1)
            .Skip(HeaderRows);

        Assert.Equal(week.Exercises.SelectMany(exercise => CourseFixture.Course.Tests.Of(exercise.Id).Select(test => Row(exercise, test))), table);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Objective_IsOneOfTheNotebook(string id) =>
        Assert.Contains(CourseFixture.Exercise(id).Objective, NotebookText(id).Replace("**", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);

    private static string Row(Exercise exercise, ExerciseTest test) => FormattableString.Invariant(
        $"| {exercise.Objective} | {exercise.Section} | {exercise.Id} | {(test.HeldBack is null ? $"`{test.Name}`" : $"held back: {test.HeldBack}")} | {test.Points:0.##} |");

    private static string NotebookText(string id) => string.Join('\n', Notebook(id).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));

    private static NotebookFile Notebook(string id) => NotebookFile.Load(
        Directory.EnumerateFiles(Path.Combine(CourseFixture.Root, "notebooks"), FormattableString.Invariant($"week{CourseFixture.Exercise(id).Week:00}-*.ipynb")).Single());

    private static string[] Around(string source)
    {
        string[] lines = source.ReplaceLineEndings("\n").Split('\n');
        int begin = Array.FindIndex(lines, line => line.Contains(Hole.Begin, StringComparison.Ordinal));
        int end = Array.FindIndex(lines, line => line.Contains(Hole.End, StringComparison.Ordinal));
        return [.. lines[..(begin + 1)], .. lines[end..]];
    }
}
