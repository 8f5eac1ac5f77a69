namespace MlOps.Grading.Submissions;

/// <summary>Reads what an instructor collected: the work of all students.</summary>
public static class SubmissionSet
{
    private const string Layout = "It should hold one folder per student (anna/week12/12.3-psi.cs), or one zip per student (anna.zip), or be a zip of these.";

    /// <summary>Reads every submission in a folder or zip.</summary>
    /// <remarks>
    /// A folder holds one folder or one <c>.zip</c> a student; other files (<c>README</c>, <c>submitted.csv</c>, <c>policy.yaml</c>) and hidden
    /// ones are not students. If a student has both, the folder counts and a note says so. Inside a submission the files of week 12 lie in
    /// <c>week12</c>, however deep (<c>exercises/week12</c>, <c>my work/week12</c>), or anywhere if only one fits. A zip inside is opened too, one
    /// level deep. Of all that, only files named like an exercise (<c>12.3-…</c>) and C# files in the folder of a week are read.
    /// <para>Nothing a student can hand in makes this fail: links are not followed, pipes and devices not opened, archives not unpacked to
    /// disk, paths out of an archive refused. What could not be read is told in <see cref="Submission.Notes"/> and <see cref="SubmittedFile.Problem"/>.</para>
    /// </remarks>
    /// <param name="path">The folder, or a zip of such a folder (folders wrapped around all students are skipped).</param>
    /// <param name="limits">How much is read; null for the defaults.</param>
    /// <returns>One submission a student, in ordinal order of the names.</returns>
    /// <exception cref="ArgumentException">There is no such folder or archive, it holds no students, or it is the work of one student.</exception>
    public static IReadOnlyList<Submission> Read(string path, SubmissionLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        limits ??= new SubmissionLimits();
        IReadOnlyList<SubmissionDraft> drafts = Directory.Exists(path) ? ReadFolder(path, limits)
            : File.Exists(path) && SubmissionNames.IsArchive(path) ? ClassArchiveReader.Read(path, limits)
            : throw new ArgumentException($"There is no folder or zip of submissions at {path}. {Layout}", nameof(path));
        return drafts.Count > 0 ? Finish(drafts) : throw new ArgumentException($"{path} holds no students. {Layout}", nameof(path));
    }

    /// <summary>Whether a name at the top shows that this is one student's work, or is sorted by week.</summary>
    internal static bool BelongsInsideASubmission(string name) =>
        SubmissionNames.WeekOf(name) is not null || SubmissionNames.IsExercise(name) || name == "exercises";

    internal static ArgumentException OneStudentOnly(string path) =>
        new($"{path} has weeks or exercises at its top, so it looks like the work of one student or is sorted by week. {Layout}", nameof(path));

    private static List<SubmissionDraft> ReadFolder(string path, SubmissionLimits limits)
    {
        List<FileSystemInfo> infos = [.. new DirectoryInfo(path).EnumerateFileSystemInfos().Where(info => !SubmissionNames.IsIgnored(info.Name)).OrderBy(info => info.Name, StringComparer.Ordinal)];
        if (infos.Any(info => BelongsInsideASubmission(info.Name)))
        {
            throw OneStudentOnly(path);
        }

        List<SubmissionDraft> drafts = [];
        foreach (FileSystemInfo info in infos.OrderBy(info => info is not DirectoryInfo)) // folders first, for they win over archives
        {
            if (info is DirectoryInfo folder)
            {
                drafts.Add(Draft(info, info.Name, draft => FolderReader.Read(folder, draft)));
            }
            else if (SubmissionNames.IsArchive(info.Name))
            {
                drafts.Add(Draft(info, Path.GetFileNameWithoutExtension(info.Name), draft => ReadArchive((FileInfo)info, draft)));
            }
        }

        return drafts;

        SubmissionDraft Draft(FileSystemInfo info, string student, Action<SubmissionDraft> read)
        {
            var draft = new SubmissionDraft(student, info.Name, limits);
            if (FolderReader.IsLink(info))
            {
                draft.Note($"{SubmissionNames.Shown(info.Name)} is a link; links are not followed.");
            }
            else
            {
                read(draft);
            }

            return draft;
        }
    }

    private static void ReadArchive(FileInfo file, SubmissionDraft draft)
    {
        if (!file.Exists || file.Length == 0)
        {
            draft.Note("The archive is empty, or is not a plain file.");
            return;
        }

        ArchiveReader.Read(file.OpenRead, [], draft, isNested: false);
    }

    private static Submission[] Finish(IReadOnlyList<SubmissionDraft> drafts)
    {
        List<Submission> kept = [];
        foreach (IGrouping<string, SubmissionDraft> same in drafts.GroupBy(draft => draft.Student))
        {
            Submission[] all = [.. same.Select(draft => draft.Finish())];
            IEnumerable<string> others = all.Skip(1).Select(other => $"{SubmissionNames.Shown(other.Source)} is a second submission of the same student and was not graded; {SubmissionNames.Shown(all[0].Source)} was.");
            kept.Add(all[0] with { Notes = [.. all[0].Notes, .. others] });
        }

        kept.Sort((a, b) => string.CompareOrdinal(a.Student, b.Student));
        IReadOnlyList<string> keys = StudentKey.OfAll(kept.Select(submission => submission.Student));
        return [.. kept.Select((submission, i) => submission with { Key = keys[i] })];
    }
}
