using MlOps.Grading.Exercises;

namespace MlOps.Grading.Tests.Exercises;

public sealed class ExerciseCatalogTests : IDisposable
{
    private const string Entry = """
          - id: "7.1"
            file: 7.1-mean.cs
            title: A mean
            kind: code
            points: 2
            bloom: apply
            objective: compute a mean
            section: 1. Means
            statement: |
              Return the mean.
              Of an empty array: NaN.
            hints: [add, divide, add and divide]

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_ReadsWhatStandsThere()
    {
        Exercise exercise = Load(Entry).Find("7.1").Single();

        Assert.Equal(("7.1", 7, "7.1-mean.cs", "A mean"), (exercise.Id, exercise.Week, exercise.File, exercise.Title));
        Assert.Equal((ExerciseKind.Code, 2.0, BloomLevel.Apply), (exercise.Kind, exercise.Points, exercise.Bloom));
        Assert.Equal("Return the mean.\nOf an empty array: NaN.", exercise.Statement);
        Assert.Equal(["add", "divide", "add and divide"], exercise.Hints);
        Assert.Equal(TimeSpan.FromSeconds(5), exercise.CallLimit);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("week07")]
    [InlineData("7.1")]
    [InlineData("7.1-mean.cs")]
    [InlineData("exercises/week07/7.1-mean.cs")]
    public void Find_AnyName_FindsTheExercise(string name) => Assert.Equal("7.1", Load(Entry).Find(name).Single().Id);

    [Theory]
    [InlineData("8.1", "There is no exercise '8.1'. There are weeks 7;")]
    [InlineData("7.9", "There is no exercise '7.9'. Week 7 has 7.1.")]
    public void Find_UnknownName_ListsWhatThereIs(string name, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Load(Entry).Find(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_TenthExercise_ComesAfterTheSecond()
    {
        string tenth = Entry.Replace("7.1", "7.10", StringComparison.Ordinal);
        string second = Entry.Replace("7.1", "7.2", StringComparison.Ordinal);

        Assert.Equal(["7.1", "7.2", "7.10"], Load(tenth + second + Entry).Find("7").Select(exercise => exercise.Id));
    }

    [Theory]
    [InlineData("points: 2", "points: 0", "7.1: points must be above 0")]
    [InlineData("kind: code", "kind: riddle", "kind 'riddle' is none of choice, numeric, code, artefact, essay")]
    [InlineData("kind: code", "kind: 2", "kind '2' is none of")]
    [InlineData("kind: code", "kind: choice", "a choice needs at least two options")]
    [InlineData("kind: code", "kind: essay", "an essay needs a rubric whose points add up to 2")]
    [InlineData("title: A mean", "title:", "7.1: 'title' is missing")]
    [InlineData("[add, divide, add and divide]", "[add]", "needs 3 hints")]
    [InlineData("id: \"7.1\"", "id: \"8.1\"", "a number of week 7 looks like 7.1")]
    [InlineData("file: 7.1-mean.cs", "file: ../7.1-mean.cs", "must be a plain name")]
    [InlineData("title: A mean", "titel: A mean", "line 6")]
    [InlineData("week: 7", "week: 8", "says week 8 but lies in week07")]
    public void Load_WrongSheet_SaysWhatAndWhere(string right, string wrong, string message)
    {
        string told = Assert.Throws<InvalidDataException>(() => Load(Entry, right, wrong)).Message;

        Assert.Contains(message, told, StringComparison.Ordinal);
        Assert.Contains("week.yaml", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SameNumberTwice_IsRefused() =>
        Assert.Contains("7.1 twice", Assert.Throws<InvalidDataException>(() => Load(Entry + Entry)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NoFolder_IsTold() =>
        Assert.Throws<DirectoryNotFoundException>(() => ExerciseCatalog.Load(Path.Combine(_folder.FullName, "none")));

    private ExerciseCatalog Load(string entries, string right = "", string wrong = "")
    {
        string week = Directory.CreateDirectory(Path.Combine(_folder.FullName, "week07")).FullName;
        string sheet = "week: 7\ntitle: Means\nexercises:\n" + entries;
        File.WriteAllText(Path.Combine(week, "week.yaml"), right.Length == 0 ? sheet : sheet.Replace(right, wrong, StringComparison.Ordinal));
        return ExerciseCatalog.Load(_folder.FullName);
    }
}
