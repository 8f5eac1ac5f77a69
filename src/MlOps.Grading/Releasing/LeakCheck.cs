namespace MlOps.Grading.Releasing;

/// <summary>Looks through a student edition for what it must not give away.</summary>
/// <remarks>
/// <para>Found in any text file, in the strings of notebooks and JSON files, and in HTML behind its entities:</para>
/// <list type="bullet">
/// <item>files that students do not get, copies of them under other names, compiled programs;</item>
/// <item>two lines in a row of a solution, a mutant or a file of held-back tests, at least one of them not in the starter (for tests: in
/// no public test). Lines are compared without white space and without quoting or comment signs; lines below 12 characters and
/// lines of the library in <c>src</c> are passed over. So a lecture may show a formula that the solution uses too, and the
/// library may hold all of it;</item>
/// <item>a starter whose marked part equals the solution's;</item>
/// <item>names of held-back tests, also with spaces for underscores, and file names of mutants;</item>
/// <item>a right answer beside its property where the exercise is named, a number of three digits or more also without;</item>
/// <item>explanations of wrong options, from 20 characters on.</item>
/// </list>
/// <para>Not found: a solution in other words, a paraphrased answer, what an archive or a picture holds, and a solution inside
/// <c>src</c>, which is public. Links are passed over; an edition has none.</para>
/// </remarks>
public static class LeakCheck
{
    /// <summary>Checks an edition against the course it was made from.</summary>
    /// <param name="courseRoot">The instructor's copy.</param>
    /// <param name="editionFolder">The student edition. A folder <c>.git</c> in it is passed over.</param>
    /// <param name="progress">Told the share of files that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>One leak for each file and secret, in the order of paths; empty if nothing was found.</returns>
    /// <exception cref="DirectoryNotFoundException">One of the folders does not exist.</exception>
    /// <exception cref="InvalidDataException">An <c>answers.yaml</c> of the course is wrong.</exception>
    public static IReadOnlyList<Leak> Run(string courseRoot, string editionFolder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        (string course, string edition) = (Existing(courseRoot), Existing(editionFolder));
        var secrets = Secrets.Of(course);
        ILeakDetector[] detectors = [new CodeLeaks(secrets), new NameLeaks(secrets), new AnswerLeaks(secrets), new ExplanationLeaks(secrets)];
        string[] files = [.. FilesOf(edition)];
        var leaks = new List<Leak>();
        for (int i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FileLeaks.Of(files[i]) is { } forbidden)
            {
                leaks.Add(forbidden);
            }
            else if (ReleasedText.Read(edition, files[i]) is { } text)
            {
                leaks.AddRange(detectors.SelectMany(detector => detector.In(text)).DistinctBy(leak => (leak.Kind, leak.What)));
            }

            progress?.Report((i + 1.0) / files.Length);
        }

        return leaks;
    }

    private static string Existing(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new DirectoryNotFoundException($"There is no folder at {Path.GetFullPath(folder)}.");

    private static IEnumerable<string> FilesOf(string edition)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(edition, "*", everything)
            .Select(file => Path.GetRelativePath(edition, file).Replace('\\', '/'))
            .Where(file => file.Split('/')[0] != ".git")
            .Order(StringComparer.Ordinal);
    }
}
