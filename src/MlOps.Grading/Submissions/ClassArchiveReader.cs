using System.IO.Compression;

namespace MlOps.Grading.Submissions;

/// <summary>Reads one zip that holds the folders or archives of all students.</summary>
internal static class ClassArchiveReader
{
    /// <summary>One draft a student, or none if the archive holds no students.</summary>
    /// <exception cref="ArgumentException">The archive cannot be read, or is the work of one student.</exception>
    internal static IReadOnlyList<SubmissionDraft> Read(string path, SubmissionLimits limits)
    {
        using ZipArchive archive = ArchiveReader.Open(() => File.OpenRead(path), out string? problem)
            ?? throw new ArgumentException($"The archive {path} {problem}", nameof(path));
        List<(ArchiveEntry Entry, string? Refusal)> all = [];
        foreach (ZipArchiveEntry zipped in archive.Entries)
        {
            if (ArchiveEntry.Of(zipped, out string? refusal) is { } entry)
            {
                all.Add((entry, null));
            }
            else if (refusal is not null && FirstFolder(zipped.FullName) is { } student)
            {
                all.Add((new ArchiveEntry(zipped, [student], true), refusal));
            }
        }

        int wrapping = WrappingFolders([.. all.Where(item => item.Refusal is null).Select(item => item.Entry)]);
        List<(ArchiveEntry Entry, string? Refusal)> inside = [.. all.Where(item => item.Entry.Path.Length > wrapping).Select(item => (item.Entry with { Path = item.Entry.Path[wrapping..] }, item.Refusal))];
        if (inside.Any(item => SubmissionSet.BelongsInsideASubmission(item.Entry.Path[0])))
        {
            throw SubmissionSet.OneStudentOnly(path);
        }

        return [.. Folders(inside, limits), .. Archives(inside, limits)];
    }

    private static IEnumerable<SubmissionDraft> Folders(List<(ArchiveEntry Entry, string? Refusal)> inside, SubmissionLimits limits)
    {
        foreach (IGrouping<string, (ArchiveEntry Entry, string? Refusal)> group in inside.Where(item => item.Entry.Path.Length > 1 || item.Entry.IsFolder).GroupBy(item => item.Entry.Path[0]))
        {
            var draft = new SubmissionDraft(group.Key, group.Key, limits);
            foreach (string? refusal in group.Select(item => item.Refusal).Where(refusal => refusal is not null))
            {
                draft.Note(refusal!);
            }

            ArchiveEntry[] files = [.. group.Where(item => item.Entry.Path.Length > 1).Select(item => item.Entry with { Path = item.Entry.Path[1..] }).TakeWhile(_ => draft.Count())];
            ArchiveReader.ReadEntries(files, [], draft, "The archive", isNested: false);
            yield return draft;
        }
    }

    private static IEnumerable<SubmissionDraft> Archives(List<(ArchiveEntry Entry, string? Refusal)> inside, SubmissionLimits limits)
    {
        foreach (ArchiveEntry entry in inside.Select(item => item.Entry).Where(entry => entry.Path.Length == 1 && !entry.IsFolder && SubmissionNames.IsArchive(entry.Path[0])))
        {
            var draft = new SubmissionDraft(Path.GetFileNameWithoutExtension(entry.Path[0]), entry.Path[0], limits);
            if (entry.IsSpecial || entry.Zipped.IsEncrypted)
            {
                draft.Note($"The archive {(entry.IsSpecial ? "is a link or device" : "is protected by a password")}; nothing of it was read.");
            }
            else if (draft.ReadBytes(entry.Path[0], limits.TotalBytes, entry.Zipped.Open, entry.Zipped.Crc32, out string? problem) is { } bytes)
            {
                ArchiveReader.Read(() => new MemoryStream(bytes), [], draft, isNested: true);
            }
            else
            {
                draft.Note($"The archive {problem}");
            }

            yield return draft;
        }
    }

    /// <summary>How many folders wrap everything: folders that are alone and do not hold the weeks of one student themselves.</summary>
    private static int WrappingFolders(ArchiveEntry[] entries)
    {
        int depth = 0;
        while (true)
        {
            ArchiveEntry[] here = [.. entries.Where(entry => entry.Path.Length > depth)];
            bool alone = here.Length > 0 && here.All(entry => entry.Path[depth] == here[0].Path[depth] && (entry.Path.Length > depth + 1 || entry.IsFolder));
            ArchiveEntry[] inner = [.. here.Where(entry => entry.Path.Length > depth + 1)];
            bool holdsStudents = inner.Any(entry => entry.Path.Length > depth + 2 || entry.IsFolder || SubmissionNames.IsArchive(entry.Path[depth + 1]))
                && !inner.Any(entry => SubmissionSet.BelongsInsideASubmission(entry.Path[depth + 1]));
            if (!alone || !holdsStudents || SubmissionSet.BelongsInsideASubmission(here[0].Path[depth]))
            {
                return depth;
            }

            depth++;
        }
    }

    /// <summary>The student in whose folder a refused entry lies, null if it lies in nobody's.</summary>
    private static string? FirstFolder(string name) =>
        name.Split('/') is [var folder, _, ..] && folder is not ("" or "." or "..") && !folder.Contains('\\', StringComparison.Ordinal) && !folder.Contains(':', StringComparison.Ordinal) && !SubmissionNames.IsIgnored(folder) ? folder : null;
}
