namespace MlOps.Grading.Exercises;

/// <summary>All exercises of a course: the folders <c>exercises/weekNN</c> that hold a <c>week.yaml</c>.</summary>
public sealed class ExerciseCatalog
{
    private ExerciseCatalog(string folder, IReadOnlyList<ExerciseWeek> weeks) => (Folder, Weeks) = (folder, weeks);

    /// <summary>Gets the full path of the <c>exercises</c> folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the weeks in order.</summary>
    public IReadOnlyList<ExerciseWeek> Weeks { get; }

    /// <summary>Reads every week.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A <c>week.yaml</c> is missing something, or two exercises share a number; the message names file and field.</exception>
    public static ExerciseCatalog Load(string exercisesFolder)
    {
        string folder = Path.GetFullPath(exercisesFolder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder of exercises at {folder}.");
        }

        ExerciseWeek[] weeks =
        [
            .. Directory.EnumerateDirectories(folder, "week*")
                .Select(week => Path.Combine(week, "week.yaml"))
                .Where(System.IO.File.Exists)
                .Select(WeekSheet.Read)
                .OrderBy(week => week.Number),
        ];
        return new ExerciseCatalog(folder, weeks);
    }

    /// <summary>Finds what a person names: <c>12</c>, <c>week12</c>, <c>12.3</c>, or a file name; all exercises without a name.</summary>
    /// <exception cref="ArgumentException">Nothing has that name; the message lists what there is.</exception>
    public IReadOnlyList<Exercise> Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return [.. Weeks.SelectMany(week => week.Exercises)];
        }

        string wanted = name.Trim();
        string number = wanted.StartsWith("week", StringComparison.OrdinalIgnoreCase) ? wanted[4..] : wanted;
        if (int.TryParse(number, out int week) && Weeks.FirstOrDefault(candidate => candidate.Number == week) is { } found)
        {
            return found.Exercises;
        }

        Exercise[] matches =
        [
            .. Weeks.SelectMany(candidate => candidate.Exercises).Where(exercise =>
                exercise.Id == wanted || exercise.File.Equals(Path.GetFileName(wanted), StringComparison.OrdinalIgnoreCase)),
        ];
        if (matches.Length > 0)
        {
            return matches;
        }

        ExerciseWeek? near = int.TryParse(number.Split('.')[0], out int part) ? Weeks.FirstOrDefault(candidate => candidate.Number == part) : null;
        throw new ArgumentException(
            near is null
                ? FormattableString.Invariant($"There is no exercise '{name}'. There are weeks {string.Join(", ", Weeks.Select(candidate => candidate.Number))}; './mlops status' lists their exercises.")
                : $"There is no exercise '{name}'. Week {number.Split('.')[0]} has {string.Join(", ", near.Exercises.Select(exercise => exercise.Id))}.",
            nameof(name));
    }

    /// <summary>The week that an exercise belongs to.</summary>
    public ExerciseWeek WeekOf(Exercise exercise) => Weeks.Single(week => week.Number == exercise.Week);
}
