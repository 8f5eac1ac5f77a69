using MlOps.Grading.Answers;

namespace MlOps.Grading.Releasing;

/// <summary>Writes the copy of a course that students get.</summary>
/// <remarks>
/// <para>In it are the files that git tracks or would track (without git: all but build outputs), except: <c>solutions</c>
/// and <c>mutants</c> under <c>exercises</c>; <c>answers.yaml</c>, whose place <c>answers.sealed.json</c> takes; folders named
/// <c>HeldBack</c> and <c>Instructor</c> under <c>tests/MlOps.Exercises.Tests</c>; the course's own forms and workflow in
/// <c>.github</c>; symbolic links. What lies in <c>eng/student</c>
/// goes to the root of the edition and replaces a file of the same path.</para>
/// <para>Guides for instructors and rubrics stay: they hold no answers, and other pages link to them.</para>
/// <para>Equal courses give equal bytes and equal executable bits. The edition appears at its place as a whole, after
/// <see cref="LeakCheck"/> has found nothing.</para>
/// </remarks>
public static class StudentEdition
{
    // Copying is quick, sealing is slow on purpose, the check reads everything once more.
    private const double CopiedAt = 0.2;
    private const double SealedAt = 0.7;

    /// <summary>Writes the edition.</summary>
    /// <param name="courseRoot">The root of the course repository.</param>
    /// <param name="outputFolder">Where the edition goes: a new or empty folder (an empty one may hold <c>.git</c>), or with <paramref name="force"/> an earlier edition.</param>
    /// <param name="force">Replaces an earlier edition, except its <c>.git</c>. Other files are never deleted.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work; the place stays as it was.</param>
    /// <exception cref="ReleaseException">The place cannot be used, a file cannot be read or is wrong, or the edition would give something away.</exception>
    public static ReleaseReport Write(string courseRoot, string outputFolder, bool force = false, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(courseRoot);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputFolder);
        (string root, string place) = (RealPath.Of(courseRoot), RealPath.Of(outputFolder));
        CheckPlaces(root, place);
        CourseFiles course = CourseFiles.Of(root, place, place + ".new", place + ".old", place + ".lock");
        ReleaseReport? report = null;
        EditionFolder.Replace(place, force, fresh =>
        {
            Copy(root, course, fresh, progress, cancellationToken);
            SealAnswers(root, fresh, progress, cancellationToken);
            IReadOnlyList<Leak> leaks = LeakCheck.Run(root, fresh, Part(progress, SealedAt, 1), cancellationToken);
            if (leaks.Count > 0)
            {
                throw new ReleaseException(leaks);
            }

            FileInfo[] written = [.. new DirectoryInfo(fresh).EnumerateFiles("*", SearchOption.AllDirectories)];
            report = new ReleaseReport(written.Length, written.Sum(file => file.Length), [.. course.Paths.Where(EditionRules.LeavesOut)])
            {
                Untracked = [.. course.Untracked.Where(path => !EditionRules.LeavesOut(path))],
                Links = course.Links,
            };
        });
        progress?.Report(1);
        return report!;
    }

    private static void CheckPlaces(string root, string place)
    {
        if (!Directory.Exists(Path.Combine(root, "exercises")))
        {
            throw new ReleaseException($"{root} is no course: it has no folder 'exercises'.");
        }

        if (File.Exists(Path.Combine(root, EditionFolder.Marker)))
        {
            throw new ReleaseException($"{root} is a student edition itself; release from the instructor's copy.");
        }

        if (RealPath.Lies(root, place))
        {
            throw new ReleaseException($"{place} holds the course; writing the edition there would replace it. Name a folder beside it.");
        }

        if (RealPath.Lies(place, root) && !CourseFiles.Ignores(root, place))
        {
            throw new ReleaseException($"{place} lies in the course, and the edition would become a part of it. Name a folder outside, or one that git ignores, such as artifacts/student.");
        }
    }

    private static void Copy(string root, CourseFiles course, string fresh, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var sources = course.Paths.Where(path => !path.StartsWith(EditionRules.Extras, StringComparison.Ordinal)).ToDictionary(path => path);
        foreach (string extra in course.Paths.Where(path => path.StartsWith(EditionRules.Extras, StringComparison.Ordinal)))
        {
            sources[extra[EditionRules.Extras.Length..]] = extra;
        }

        int done = 0;
        foreach ((string path, string source) in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!EditionRules.LeavesOut(path))
            {
                CopyFile(Path.Combine(root, source), Path.Combine(fresh, path));
            }

            progress?.Report(CopiedAt * ++done / sources.Count);
        }
    }

    private static void CopyFile(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
        if (!OperatingSystem.IsWindows())
        {
            // As git does: a file is executable or it is not; what else the disk says is a matter of the machine.
            bool executable = File.GetUnixFileMode(source).HasFlag(UnixFileMode.UserExecute);
            File.SetUnixFileMode(target, executable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100);
        }
    }

    // From the disk, not from git's list: an instructor may well keep the answers out of git.
    private static void SealAnswers(string root, string fresh, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        string[] weeks = [.. Directory.EnumerateDirectories(Path.Combine(root, "exercises")).Where(week => File.Exists(Path.Combine(week, AnswerKey.PlainName)))];
        for (int i = 0; i < weeks.Length; i++)
        {
            string target = Path.Combine(fresh, "exercises", Path.GetFileName(weeks[i]));
            Directory.CreateDirectory(target);
            try
            {
                AnswerKey.Load(weeks[i]).Seal(Path.Combine(target, AnswerKey.SealedName), cancellationToken);
            }
            catch (InvalidDataException e)
            {
                throw new ReleaseException(e.Message, e);
            }

            progress?.Report(CopiedAt + ((SealedAt - CopiedAt) * (i + 1) / weeks.Length));
        }
    }

    private static IProgress<double>? Part(IProgress<double>? progress, double from, double to) =>
        progress is null ? null : new Share(progress, from, to);

    private sealed class Share(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((to - from) * value));
    }
}
