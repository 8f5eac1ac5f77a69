namespace MlOps.Cli;

/// <summary>The checkout that the command works on, and its weeks.</summary>
internal static class Course
{
    /// <summary>Gets the repository's root: what the launcher says, else the nearest folder upwards that holds the solution.</summary>
    internal static string Root { get; } = Environment.GetEnvironmentVariable("MLOPS_ROOT") is { Length: > 0 } named ? named : FindRoot();

    internal static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Finds the notebooks of the named weeks; of all weeks if none is named.</summary>
    /// <param name="weeks">Numbers (<c>12</c>), <c>week12</c>, or the beginning of a file name.</param>
    internal static IReadOnlyList<string> Notebooks(IReadOnlyList<string> weeks)
    {
        string[] all = [.. Directory.EnumerateFiles(At("notebooks"), "week*.ipynb").Order(StringComparer.Ordinal)];
        if (all.Length == 0)
        {
            throw new FileNotFoundException($"There is no notebook in {At("notebooks")}.");
        }

        if (weeks.Count == 0)
        {
            return all;
        }

        var chosen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string week in weeks)
        {
            string prefix = int.TryParse(week.StartsWith("week", StringComparison.OrdinalIgnoreCase) ? week[4..] : week, out int number) ? $"week{number:00}-"
                : Path.GetFileNameWithoutExtension(week);
            string[] matches = [.. all.Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))];
            if (matches.Length == 0)
            {
                throw new ArgumentException($"There is no week '{week}'. There are: {string.Join(", ", all.Select(path => Path.GetFileNameWithoutExtension(path)))}.");
            }

            chosen.UnionWith(matches);
        }

        return [.. chosen];
    }

    private static string FindRoot()
    {
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "MlOpsCourse.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("This is no checkout of the course: no MlOpsCourse.sln here or above. Go to the cloned folder first.");
    }
}
