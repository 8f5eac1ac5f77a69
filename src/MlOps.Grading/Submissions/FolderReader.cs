namespace MlOps.Grading.Submissions;

/// <summary>Reads one student's folder. Links are never followed, pipes and devices never opened.</summary>
internal static class FolderReader
{
    internal static void Read(DirectoryInfo folder, SubmissionDraft draft) => Walk(folder, [], draft);

    /// <summary>What lies in a folder, in ordinal order; null with a note if it cannot be listed.</summary>
    internal static List<FileSystemInfo>? List(DirectoryInfo folder, SubmissionDraft draft)
    {
        try
        {
            List<FileSystemInfo> infos = [];
            foreach (FileSystemInfo info in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
            {
                if (!draft.Count())
                {
                    break;
                }

                infos.Add(info);
            }

            infos.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return infos;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            draft.Note($"The folder {SubmissionNames.Shown(folder.Name)} could not be opened: {(e is UnauthorizedAccessException ? "its permissions forbid it" : "its name may not be valid text")}.");
            return null;
        }
    }

    /// <summary>Whether an entry is a link to somewhere else, a file's or a folder's. A broken link is one too.</summary>
    /// <remarks>The attribute alone would not do: files kept in a cloud folder also carry it on Windows.</remarks>
    internal static bool IsLink(FileSystemInfo info) => (info.Attributes & FileAttributes.ReparsePoint) != 0 && info.LinkTarget is not null;

    private static void Walk(DirectoryInfo folder, string[] above, SubmissionDraft draft)
    {
        foreach (FileSystemInfo info in List(folder, draft) ?? [])
        {
            if (SubmissionNames.IsIgnored(info.Name))
            {
                continue;
            }

            string[] path = [.. above, info.Name];
            if (info is DirectoryInfo inner && !IsLink(info))
            {
                if (path.Length > draft.Limits.Depth)
                {
                    draft.Note($"Folders more than {draft.Limits.Depth} deep were not read.");
                    continue;
                }

                Walk(inner, path, draft);
            }
            else
            {
                ReadFile(info, path, draft);
            }
        }
    }

    private static void ReadFile(FileSystemInfo info, string[] path, SubmissionDraft draft)
    {
        string inside = string.Join('/', path);
        bool wanted = SubmissionNames.IsWanted(path);
        if (IsLink(info))
        {
            draft.Note($"{SubmissionNames.Shown(inside)} is a link; links are not followed.");
            if (wanted)
            {
                draft.Refuse(inside, "is a link to another place; hand in the file itself.");
            }
        }
        else if (wanted || SubmissionNames.IsArchive(info.Name))
        {
            (long length, DateTimeOffset modified) = Stat(info);
            Func<Stream> open = () => new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (wanted)
            {
                draft.Read(inside, modified, length, open);
            }
            else if (length > 0)
            {
                ArchiveReader.Read(open, path, draft, isNested: false);
            }
        }
    }

    /// <summary>Size and time; a file that is not found again (its name is not valid text) goes on to fail when it is opened.</summary>
    private static (long Length, DateTimeOffset Modified) Stat(FileSystemInfo info)
    {
        try
        {
            return (((FileInfo)info).Length, Modified(info));
        }
        catch (IOException)
        {
            return (1, default);
        }
    }

    private static DateTimeOffset Modified(FileSystemInfo info)
    {
        try
        {
            return new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException)
        {
            return default; // some file systems keep times after the year 9999: as good as unknown
        }
    }
}
