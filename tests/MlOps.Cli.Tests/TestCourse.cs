namespace MlOps.Cli.Tests;

/// <summary>A copy of the course's exercises in a folder that goes away with the test, and a class that handed them in.</summary>
internal sealed class TestCourse : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-course-");

    internal TestCourse() => Copy(Path.Combine(MlopsCommand.RepositoryRoot, "exercises"), Path.Combine(Root, "exercises"));

    /// <summary>Gets the folder that the command takes for the course.</summary>
    internal string Root => _folder.FullName;

    internal string Week => Path.Combine(Root, "exercises", "week12");

    internal string Submissions => Path.Combine(Root, "submissions");

    internal static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(MlopsCommand.RepositoryRoot, "exercises", "week12"), "12.*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    internal static string FileOf(string exercise) => Files.Single(file => file.StartsWith(exercise + "-", StringComparison.Ordinal));

    /// <summary>The reference solution of an exercise.</summary>
    internal string Solution(string exercise) => File.ReadAllText(Path.Combine(Week, "solutions", FileOf(exercise)));

    /// <summary>The starter of an exercise with other lines in its hole.</summary>
    internal string Filled(string exercise, string hole)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Week, FileOf(exercise)));
        int begin = Array.FindIndex(lines, line => line.Contains("BEGIN YOUR CODE", StringComparison.Ordinal));
        int end = Array.FindIndex(lines, line => line.Contains("END YOUR CODE", StringComparison.Ordinal));
        return string.Join('\n', [.. lines[..(begin + 1)], hole, .. lines[end..]]) + "\n";
    }

    /// <summary>Hands in a week: the reference solutions, with some files replaced; null leaves a file out.</summary>
    internal void HandIn(string student, params (string Exercise, string? Source)[] replaced)
    {
        string own = Directory.CreateDirectory(Path.Combine(Submissions, student, "week12")).FullName;
        foreach (string file in Files)
        {
            string id = file.Split('-')[0];
            string? source = replaced.Any(entry => entry.Exercise == id) ? replaced.Single(entry => entry.Exercise == id).Source : Solution(id);
            if (source is not null)
            {
                File.WriteAllText(Path.Combine(own, file), source);
            }
        }
    }

    internal CommandResult Run(params string[] arguments) => MlopsCommand.Run(Root, arguments);

    internal string Out(string name = "graded") => Path.Combine(Root, name);

    /// <summary>The gradebook's rows of a student: exercise → points and status.</summary>
    internal IReadOnlyDictionary<string, (double Points, string Status)> Grades(string student, string output = "graded") =>
        File.ReadLines(Path.Combine(Out(output), "gradebook.csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[0] == student)
            .ToDictionary(fields => fields[2], fields => (double.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture), fields[6]));

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
