using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Exercises.Tests.Instructor;

/// <summary>What an exercise promises: the solution earns everything, the starter nothing, and each wrong solution fails where it says.</summary>
public sealed class ExercisesKeepTheirPromise
{
    private const double PointsPerWeek = 20;
    private const int FewestMutants = 3;
    private const string CaughtBy = "// MUTANT caught by:";

    public static TheoryData<string> All() => CourseFixture.Exercises();

    public static TheoryData<string, string> Mutants()
    {
        var mutants = new TheoryData<string, string>();
        foreach (Exercise exercise in CourseFixture.Course.Catalog.Find(null))
        {
            foreach (string path in CourseFixture.Week(exercise.Id).MutantsOf(exercise))
            {
                mutants.Add(exercise.Id, Path.GetFileName(path));
            }
        }

        return mutants;
    }

    public static TheoryData<string> CodeExercises() => CourseFixture.Exercises(exercise => exercise.Kind == ExerciseKind.Code);

    [Theory]
    [MemberData(nameof(All))]
    public void Solution_EarnsEverything(string id)
    {
        ExerciseResult result = CourseFixture.Grade(id, CourseFixture.Week(id).SolutionOf(CourseFixture.Exercise(id)));

        Assert.Empty(result.Problems);
        Assert.All(result.Tests, test => Assert.True(test.Verdict == TestVerdict.Passed, $"{test.Title}: {test.Message}"));
        Assert.Equal(IsEssay(id) ? 0 : result.Max, result.Points); // an essay has its form; the instructor has the points
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Starter_EarnsNothing(string id)
    {
        // Graded as if it were an attempt: neither its text nor an early error may bring points.
        ExerciseResult result = CourseFixture.Grade(id, CourseFixture.Week(id).StarterOf(CourseFixture.Exercise(id)));

        Assert.Equal(IsEssay(id) ? ExerciseStatus.AwaitsMarks : ExerciseStatus.Graded, result.Status);
        Assert.Contains(result.Tests, test => test.Verdict != TestVerdict.Passed);
        Assert.Equal(0, result.Points);
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void Mutant_FailsTheTestItNames(string id, string file)
    {
        string path = Path.Combine(CourseFixture.Week(id).Folder, "mutants", file);
        string first = File.ReadLines(path).First();
        Assert.StartsWith(CaughtBy, first, StringComparison.Ordinal);
        string name = first[CaughtBy.Length..].Trim();

        ExerciseResult result = CourseFixture.Grade(id, path);

        Assert.NotEqual(ExerciseStatus.DoesNotCompile, result.Status);
        TestOutcome caught = Assert.Single(result.Tests, test => test.Name == name);
        Assert.True(caught.Verdict != TestVerdict.Passed && caught.Points > 0, $"{name} passes on {file}, or brings no points.");
        Assert.True(result.Points < result.Max);
    }

    [Theory]
    [MemberData(nameof(CodeExercises))]
    public void CodeExercise_HasMutantsEachForItsOwnReason(string id)
    {
        string[] reasons = [.. CourseFixture.Week(id).MutantsOf(CourseFixture.Exercise(id)).Select(path => File.ReadLines(path).Skip(1).First())];

        Assert.True(reasons.Length >= FewestMutants, $"{id} has {reasons.Length} mutants; {FewestMutants} are needed.");
        Assert.Equal(reasons.Length, reasons.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void PointsOfTests_AddUpToTheExercise(string id)
    {
        Exercise exercise = CourseFixture.Exercise(id);
        double tests = CourseFixture.Course.Tests.Of(id).Sum(test => test.Points);

        Assert.Equal(IsEssay(id) ? 0 : exercise.Points, tests);
    }

    [Fact]
    public void EveryWeek_BringsTwentyPoints() =>
        Assert.All(CourseFixture.Course.Catalog.Weeks, week => Assert.Equal(PointsPerWeek, week.Points));

    [Fact]
    public void EveryTest_BelongsToAnExercise() =>
        Assert.All(CourseFixture.Course.Tests.Tests, test => Assert.NotEmpty(CourseFixture.Course.Catalog.Find(test.Exercise)));

    [Fact]
    public void HeldBackTests_LieWhereTheReleaseLeavesThemOut()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(CourseFixture.Root, "tests", "MlOps.Exercises.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains(Path.DirectorySeparatorChar + "Instructor" + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        Assert.All(files, path =>
        {
            string source = File.ReadAllText(path);
            bool isInFolder = path.Contains(Path.DirectorySeparatorChar + "HeldBack" + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            bool testsAnExercise = source.Contains("[Exercise(", StringComparison.Ordinal);
            Assert.Equal(isInFolder && testsAnExercise, source.Contains("HeldBack(\"", StringComparison.Ordinal));
        });
        Assert.All(CourseFixture.Course.Tests.Tests.Where(test => test.HeldBack is not null), test => Assert.NotEmpty(test.HeldBack!));
    }

    [Fact]
    public void Tests_AreNamedOncePerExercise() =>
        Assert.All(CourseFixture.Course.Tests.Tests.GroupBy(test => (test.Exercise, test.Name)), group => Assert.Single(group));

    private static bool IsEssay(string id) => CourseFixture.Exercise(id).Kind == ExerciseKind.Essay;
}
