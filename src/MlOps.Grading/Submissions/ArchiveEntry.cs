using System.IO.Compression;

namespace MlOps.Grading.Submissions;

/// <summary>One entry of a zip whose path stays inside the archive.</summary>
/// <param name="Zipped">The entry.</param>
/// <param name="Path">Its path, one element a folder.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal sealed record ArchiveEntry(ZipArchiveEntry Zipped, string[] Path, bool IsFolder)
{
    private const int UnixFileType = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixFolder = 0x4000;

    /// <summary>Gets a value indicating whether it is a link, pipe or device, as archives from Unix can hold.</summary>
    internal bool IsSpecial => ((Zipped.ExternalAttributes >> 16) & UnixFileType) is not (0 or UnixRegular or UnixFolder);

    /// <summary>Takes an entry apart; null if it is to be left out, with the reason if someone should know it.</summary>
    internal static ArchiveEntry? Of(ZipArchiveEntry zipped, out string? refusal)
    {
        string name = zipped.FullName;
        string[] path = [.. name.Split('/').Where(part => part is not ("" or "."))];
        refusal = Refusal(name, path) is { } reason ? $"The archive's entry '{SubmissionNames.Shown(name)}' was refused: {reason}." : null;
        return refusal is null && path.Length > 0 && !path.Any(SubmissionNames.IsIgnored) ? new ArchiveEntry(zipped, path, name.EndsWith('/')) : null;
    }

    private static string? Refusal(string name, string[] path) =>
        path.Contains("..") ? "its path climbs out of the archive"
        : name.StartsWith('/') || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])) ? "its path does not start inside the archive"
        : name.Contains('\\', StringComparison.Ordinal) ? "its path has backslashes"
        : name.Contains('\0', StringComparison.Ordinal) ? "its name holds a NUL"
        : null;
}
