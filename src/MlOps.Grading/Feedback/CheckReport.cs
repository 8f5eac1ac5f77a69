namespace MlOps.Grading.Feedback;

/// <summary>What a student sees after a check, in a terminal and in a notebook: what was tried, what came, what was expected, the hints, the points.</summary>
/// <remarks>
/// Of a held-back test only the text meant for students appears, never its title, calls, values or what was printed during it.
/// What comes from students' code is encoded and freed of control characters. Points are before any penalty for lateness.
/// </remarks>
/// <param name="Exercises">The exercises in the order to show them; may be empty.</param>
/// <param name="Options">How to show them.</param>
public sealed record CheckReport(IReadOnlyList<CheckedExercise> Exercises, CheckOptions Options)
{
    /// <summary>Makes a report with the default options.</summary>
    public CheckReport(IReadOnlyList<CheckedExercise> exercises)
        : this(exercises, new CheckOptions())
    {
    }

    /// <summary>Gets the points earned in the tests that ran.</summary>
    public double Points => Exercises.Sum(item => item.Result.Points);

    /// <summary>Gets the points that the tests shown can bring (see <see cref="CheckedExercise.PointsShown"/>).</summary>
    public double PointsShown => Exercises.Sum(item => item.PointsShown);

    /// <summary>The report for a terminal, line by line, so that each line can be coloured by its role.</summary>
    public IReadOnlyList<ReportLine> ToLines() => CheckText.Write(this);

    /// <summary>How a notebook shows the report.</summary>
    /// <returns><c>text/html</c>, self-contained and without script, for light and dark pages, and <c>text/plain</c>.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = CheckHtml.Write(this),
        ["text/plain"] = ToString(),
    };

    /// <summary>The report as plain text, lines ended by LF.</summary>
    public override string ToString() => string.Join('\n', ToLines().Select(line => line.Text));
}
