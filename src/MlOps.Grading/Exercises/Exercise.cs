namespace MlOps.Grading.Exercises;

/// <summary>One exercise as its week's <c>week.yaml</c> describes it.</summary>
public sealed record Exercise
{
    /// <summary>Gets the number students type: week and place in the week, such as <c>12.3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the week the exercise belongs to.</summary>
    public required int Week { get; init; }

    /// <summary>Gets the file a student edits and hands in, without a folder: <c>12.3-psi.cs</c>.</summary>
    public required string File { get; init; }

    /// <summary>Gets the title, in plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what is handed in.</summary>
    public required ExerciseKind Kind { get; init; }

    /// <summary>Gets the most points it brings; the tests' points (for an essay, the rubric's) add up to this.</summary>
    public required double Points { get; init; }

    /// <summary>Gets what it asks of the mind.</summary>
    public required BloomLevel Bloom { get; init; }

    /// <summary>Gets the objective of the week that it exercises.</summary>
    public required string Objective { get; init; }

    /// <summary>Gets the heading in the lecture notebook that teaches it.</summary>
    public required string Section { get; init; }

    /// <summary>Gets what is to be done, as Markdown.</summary>
    public required string Statement { get; init; }

    /// <summary>Gets the hints, opened one at a time; three for every exercise.</summary>
    public required IReadOnlyList<string> Hints { get; init; }

    /// <summary>Gets the options of a choice, letter → text; empty for other kinds.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the rubric of an essay; empty for other kinds.</summary>
    public IReadOnlyList<RubricRow> Rubric { get; init; } = [];

    /// <summary>Gets the course libraries that a solution may use, by assembly name, beside the whole of .NET.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Gets how long one call of the student's code may take.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(5);
}
