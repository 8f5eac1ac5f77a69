using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Gradebooks;

/// <summary>The points and comments that an instructor gives by hand, in <c>manual.csv</c>.</summary>
/// <remarks>
/// The file has one row for each essay and row of its rubric; the instructor fills in <c>points</c> and <c>comment</c> and grades again.
/// A row with the criterion <c>*</c>, added by hand, sets the points of an exercise of any kind: a regrade.
/// Every row that holds points or a comment stays in the file as it was written, also after its student or criterion is gone.
/// </remarks>
public sealed class ManualMarks
{
    private const string WholeExercise = "The whole exercise";
    private readonly Dictionary<(string, int, string), ManualMark[]> _byExercise;

    private ManualMarks(IEnumerable<ManualMark> marks, IReadOnlyList<string> notes)
    {
        _byExercise = marks.GroupBy(mark => (mark.Student, mark.Week, mark.Exercise)).ToDictionary(group => group.Key, group => group.ToArray());
        Notes = notes;
    }

    /// <summary>Gets marks of which none is given.</summary>
    public static ManualMarks None { get; } = new([], []);

    /// <summary>Gets what the instructor should look at: points in rows that no longer count.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads the marks, and adds rows for what now awaits marks.</summary>
    /// <remarks>Rows that are blank, and that these results no longer ask for, go. If nothing changes, the file is not written.</remarks>
    /// <param name="path">The file <c>manual.csv</c>; it need not be there yet, and is made if rows are needed.</param>
    /// <param name="results">The results of this run.</param>
    /// <param name="exercises">The exercises they are of, for their rubrics.</param>
    /// <returns>The marks that count for these exercises: of the rubric as it is now, and regrades.</returns>
    /// <exception cref="InvalidDataException">Points are not a number or above the most that the row can bring, or the file is not as it should be.
    /// The message has file and line; the file is unchanged.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ManualMarks Update(string path, IEnumerable<SubmissionResult> results, IEnumerable<Exercise> exercises)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(exercises);
        SubmissionResult[] graded = [.. results.OrderBy(result => result.Student, StringComparer.Ordinal).ThenBy(result => result.Week)];
        Dictionary<string, Exercise> known = exercises.ToDictionary(exercise => exercise.Id);
        ManualMark[] wanted = [.. graded.SelectMany(result => result.Exercises.Where(exercise => exercise.Status == ExerciseStatus.AwaitsMarks).SelectMany(exercise => Wanted(result, exercise, known.GetValueOrDefault(exercise.Exercise))))];
        Dictionary<(string, int, string, string), double> most = wanted.ToDictionary(ManualSheet.Key, mark => mark.Max);

        List<ManualSheet.Row> rows = [.. ManualSheet.Read(path).Select(row => row with { Mark = row.Mark with { Max = Most(row.Mark, most, known) } })];
        foreach (ManualSheet.Row row in rows)
        {
            Check(row, path);
        }

        HashSet<(string, int, string)> covered = [.. graded.SelectMany(result => result.Exercises.Select(exercise => (result.Student, result.Week, exercise.Exercise)))];
        ManualSheet.Row[] kept = [.. rows.Where(row => row.IsFilledIn || row.Mark.IsRegrade || !IsStale(row.Mark))];
        ManualMark[] added = [.. wanted.ExceptBy(kept.Select(row => ManualSheet.Key(row.Mark)), ManualSheet.Key)];
        if (added.Length > 0 || kept.Length < rows.Count)
        {
            AtomicFile.Write(path, string.Concat(kept.Select(row => row.Raw).Prepend(ManualSheet.Header).Concat(added.Select(ManualSheet.ToRaw)).Select(line => line + "\n")));
        }

        IEnumerable<string> idle = kept
            .Where(row => row.Mark.Points is not null && !row.Mark.IsRegrade && IsStale(row.Mark))
            .Select(row => $"{Path.GetFileName(path)}: the points of {row.Mark.Student} for {row.Mark.Exercise}, '{row.Mark.Criterion}', do not count: nothing awaits marks by this criterion. A row with the criterion * sets the points of any exercise.");
        return new ManualMarks([.. kept.Select(row => row.Mark).Where(mark => mark.IsRegrade || most.ContainsKey(ManualSheet.Key(mark))), .. added], [.. idle]);

        // Stale: graded in this run, and not waiting for marks by this criterion. What was not graded this time stays as it is.
        bool IsStale(ManualMark mark) => covered.Contains((mark.Student, mark.Week, mark.Exercise)) && !most.ContainsKey(ManualSheet.Key(mark));
    }

    /// <summary>The rows that count for one exercise, in the order of the file; empty if there are none.</summary>
    public IReadOnlyList<ManualMark> For(string student, int week, string exercise) => _byExercise.GetValueOrDefault((student, week, exercise)) ?? [];

    private static IEnumerable<ManualMark> Wanted(SubmissionResult result, ExerciseResult exercise, Exercise? described)
    {
        if (described is not { Rubric.Count: > 0 })
        {
            return [new ManualMark(result.Student, result.Week, exercise.Exercise, WholeExercise, exercise.Max - exercise.Tests.Sum(test => test.Points), null, "")];
        }

        string? twice = described.Rubric.GroupBy(row => row.Criterion.Trim()).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? described.Rubric.Select(row => new ManualMark(result.Student, result.Week, exercise.Exercise, row.Criterion.Trim(), row.Points, null, ""))
            : throw new InvalidDataException($"The rubric of {described.Id} has the criterion '{twice}' twice; marks could not tell them apart.");
    }

    private static double Most(ManualMark mark, Dictionary<(string, int, string, string), double> most, Dictionary<string, Exercise> known) =>
        most.TryGetValue(ManualSheet.Key(mark), out double asked) ? asked
        : mark.IsRegrade && known.TryGetValue(mark.Exercise, out Exercise? exercise) ? exercise.Points
        : mark.Max;

    private static void Check(ManualSheet.Row row, string path)
    {
        if (row.Mark.Points > row.Mark.Max)
        {
            throw new InvalidDataException($"{path}, line {row.Line}: {CsvText.Number(row.Mark.Points.Value)} points for {row.Mark.Student}, {row.Mark.Exercise}, are more than the most, {CsvText.Number(row.Mark.Max)}.");
        }
    }
}
