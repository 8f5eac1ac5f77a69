using System.IO.Compression;

namespace MlOps.Grading.Submissions;

/// <summary>Reads zip archives in memory: nothing is ever unpacked to disk, and no size that an archive claims is trusted.</summary>
internal static class ArchiveReader
{
    /// <summary>Reads one student's archive into a draft. An archive that cannot be read gives one note and no files.</summary>
    /// <param name="open">Opens the archive.</param>
    /// <param name="at">The path of the archive inside the submission; empty if it is the submission.</param>
    /// <param name="draft">The submission.</param>
    /// <param name="isNested">Whether this archive lies in another one; archives in it are then not opened.</param>
    internal static void Read(Func<Stream> open, string[] at, SubmissionDraft draft, bool isNested)
    {
        string name = at.Length == 0 ? "The archive" : "The archive " + SubmissionNames.Shown(at[^1]);
        if (Open(open, out string? problem) is not { } archive)
        {
            draft.Note($"{name} {problem}");
            return;
        }

        using (archive)
        {
            List<ArchiveEntry> entries = [];
            foreach (ZipArchiveEntry zipped in archive.Entries)
            {
                if (!draft.Count())
                {
                    break;
                }

                if (ArchiveEntry.Of(zipped, out string? refusal) is { } entry)
                {
                    entries.Add(entry);
                }
                else if (refusal is not null)
                {
                    draft.Note(refusal);
                }
            }

            ReadEntries(entries, at, draft, name, isNested);
        }
    }

    /// <summary>Reads entries of one student, from an archive of one student or of all.</summary>
    internal static void ReadEntries(IReadOnlyList<ArchiveEntry> entries, string[] at, SubmissionDraft draft, string name, bool isNested)
    {
        if (entries.Any(entry => entry.Zipped.IsEncrypted && (SubmissionNames.IsWanted(entry.Path) || SubmissionNames.IsArchive(entry.Path[^1]))))
        {
            draft.Note($"{name} is protected by a password; nothing of it was read.");
            return;
        }

        foreach (ArchiveEntry entry in entries.Where(entry => !entry.IsFolder))
        {
            string[] path = [.. at, .. entry.Path];
            string inside = string.Join('/', path);
            if (path.Length > draft.Limits.Depth + 1)
            {
                draft.Note($"Folders more than {draft.Limits.Depth} deep were not read.");
            }
            else if (SubmissionNames.IsWanted(path))
            {
                ReadFile(entry, inside, draft);
            }
            else if (SubmissionNames.IsArchive(entry.Path[^1]) && !entry.IsSpecial)
            {
                ReadInner(entry, path, draft, isNested);
            }
        }
    }

    /// <summary>Opens an archive and reads its list of entries; null and the reason if that fails.</summary>
    internal static ZipArchive? Open(Func<Stream> open, out string? problem)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(open(), ZipArchiveMode.Read);
            _ = archive.Entries.Count; // the list is read here, and this is where a damaged one is noticed
            problem = null;
            return archive;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            archive?.Dispose();
            problem = e is UnauthorizedAccessException
                ? "may not be read: its permissions forbid it."
                : "is not a readable zip: it is damaged, cut off, or of another kind. Nothing of it was read.";
            return null;
        }
    }

    private static void ReadFile(ArchiveEntry entry, string inside, SubmissionDraft draft)
    {
        DateTime clock = entry.Zipped.LastWriteTime.DateTime;
        var modified = new DateTimeOffset(clock, draft.Limits.ArchiveClock.GetUtcOffset(clock));
        if (entry.IsSpecial)
        {
            draft.Note($"{SubmissionNames.Shown(inside)} is a link or device in the archive; it was not read.");
            draft.Refuse(inside, "is a link or device, not a file; hand in the file itself.", modified);
            return;
        }

        draft.Read(inside, modified, entry.Zipped.Length, entry.Zipped.Open, entry.Zipped.Crc32);
    }

    private static void ReadInner(ArchiveEntry entry, string[] path, SubmissionDraft draft, bool isNested)
    {
        string shown = SubmissionNames.Shown(string.Join('/', path));
        if (isNested)
        {
            draft.Note($"{shown} is an archive in an archive in an archive; it was not opened.");
        }
        else if (draft.ReadBytes(shown, draft.Limits.TotalBytes, entry.Zipped.Open, entry.Zipped.Crc32, out string? problem) is { } bytes)
        {
            Read(() => new MemoryStream(bytes), path, draft, isNested: true);
        }
        else
        {
            draft.Note($"{shown} {problem}");
        }
    }
}
