using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MlOps.Grading.Exercises;

/// <summary>Reads <c>week.yaml</c>, and says which field of which exercise is wrong.</summary>
internal static class WeekSheet
{
    private const int HintsPerExercise = 3;

    internal static ExerciseWeek Read(string path)
    {
        WeekFields week = Parse(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Path.GetFileName(folder) != FormattableString.Invariant($"week{week.Week:00}"))
        {
            throw Wrong(path, $"says week {week.Week} but lies in {Path.GetFileName(folder)}");
        }

        Exercise[] exercises = [.. (week.Exercises ?? []).Select(fields => ToExercise(path, week.Week, fields))];
        string? twice = exercises.GroupBy(exercise => exercise.Id).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? new ExerciseWeek(week.Week, Text(path, "week", "title", week.Title), folder, [.. exercises.OrderBy(Place)])
            : throw Wrong(path, $"has exercise {twice} twice");
    }

    private static WeekFields Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<WeekFields?>(reader)
                ?? throw Wrong(path, "is empty");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static Exercise ToExercise(string path, int week, ExerciseFields fields)
    {
        string id = Text(path, "an exercise", "id", fields.Id);
        string[] parts = id.Split('.');
        if (parts.Length != 2 || parts[0] != week.ToString(CultureInfo.InvariantCulture) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw Wrong(path, $"has exercise '{id}'; a number of week {week} looks like {week}.1");
        }

        string file = Text(path, id, "file", fields.File);
        if (file != Path.GetFileName(file) || !file.StartsWith(id + "-", StringComparison.Ordinal))
        {
            throw Wrong(path, $"exercise {id}: the file '{file}' must be a plain name that begins with '{id}-'");
        }

        var exercise = new Exercise
        {
            Id = id,
            Week = week,
            File = file,
            Title = Text(path, id, "title", fields.Title),
            Kind = Name<ExerciseKind>(path, id, "kind", fields.Kind),
            Points = fields.Points is > 0 and <= 1000 ? fields.Points.Value : throw Wrong(path, $"exercise {id}: points must be above 0"),
            Bloom = Name<BloomLevel>(path, id, "bloom", fields.Bloom),
            Objective = Text(path, id, "objective", fields.Objective),
            Section = Text(path, id, "section", fields.Section),
            Statement = Text(path, id, "statement", fields.Statement),
            Hints = fields.Hints?.Count == HintsPerExercise ? [.. fields.Hints.Select(hint => Text(path, id, "hints", hint))] : throw Wrong(path, $"exercise {id}: needs {HintsPerExercise} hints"),
            Options = fields.Options ?? [],
            Rubric = [.. (fields.Rubric ?? []).Select(row => new RubricRow(Text(path, id, "rubric", row.Criterion), row.Points))],
            Libraries = fields.Libraries ?? [],
            CallLimit = TimeSpan.FromSeconds(fields.Seconds is > 0 and <= 600 ? fields.Seconds.Value : throw Wrong(path, $"exercise {id}: seconds must be above 0 and at most 600")),
        };
        if (exercise.Kind == ExerciseKind.Choice && exercise.Options.Count < 2)
        {
            throw Wrong(path, $"exercise {id}: a choice needs at least two options");
        }

        if (exercise.Kind == ExerciseKind.Essay && (exercise.Rubric.Count == 0 || exercise.Rubric.Sum(row => row.Points) != exercise.Points))
        {
            throw Wrong(path, $"exercise {id}: an essay needs a rubric whose points add up to {exercise.Points}");
        }

        return exercise;
    }

    private static int Place(Exercise exercise) => int.Parse(exercise.Id.Split('.')[1], CultureInfo.InvariantCulture);

    private static string Text(string path, string what, string field, string? value) =>
        string.IsNullOrWhiteSpace(value) ? throw Wrong(path, $"{what}: '{field}' is missing") : value.Trim();

    private static T Name<T>(string path, string id, string field, string? value)
        where T : struct, Enum =>
        Enum.TryParse(value, ignoreCase: true, out T parsed) && !int.TryParse(value, out _)
            ? parsed
            : throw Wrong(path, $"exercise {id}: {field} '{value}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    private static InvalidDataException Wrong(string path, string what) => new($"{path} {what}.");

    private sealed class WeekFields
    {
        public int Week { get; set; }

        public string? Title { get; set; }

        public List<ExerciseFields>? Exercises { get; set; }
    }

    private sealed class ExerciseFields
    {
        public string? Id { get; set; }

        public string? File { get; set; }

        public string? Title { get; set; }

        public string? Kind { get; set; }

        public double? Points { get; set; }

        public string? Bloom { get; set; }

        public string? Objective { get; set; }

        public string? Section { get; set; }

        public string? Statement { get; set; }

        public List<string>? Hints { get; set; }

        public Dictionary<string, string>? Options { get; set; }

        public List<RubricFields>? Rubric { get; set; }

        public List<string>? Libraries { get; set; }

        public double? Seconds { get; set; } = 5;
    }

    private sealed class RubricFields
    {
        public string? Criterion { get; set; }

        public double Points { get; set; }
    }
}
