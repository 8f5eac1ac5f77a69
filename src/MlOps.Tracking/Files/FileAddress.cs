namespace MlOps.Tracking.Files;

/// <summary>Folders as <c>file:</c> addresses, written as Python writes them, and back.</summary>
internal static class FileAddress
{
    /// <summary>The full path of <c>file:./mlruns</c>, <c>file:///abs/olute</c>, or a path as it is.</summary>
    /// <exception cref="TrackingException">It names another machine, or nothing.</exception>
    internal static string ToPath(string address)
    {
        string path = address;
        if (address.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            path = Uri.UnescapeDataString(address["file:".Length..]);
            if (path.StartsWith("//", StringComparison.Ordinal))
            {
                int end = path.IndexOf('/', 2);
                string host = end < 0 ? path[2..] : path[2..end];
                if (host is not ("" or "localhost") || end < 0)
                {
                    throw new TrackingException(TrackingError.InvalidParameterValue, $"'{address}' names the machine '{host}', and only folders of this one can be opened. A relative folder is file:./{host}, an absolute one file:///….");
                }

                path = path[end..];
            }

            if (OperatingSystem.IsWindows() && path is ['/', _, ':', ..])
            {
                path = path[1..];
            }
        }

        return path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw new TrackingException(TrackingError.InvalidParameterValue, $"'{address}' names no folder.");
    }

    /// <summary>Whether it is a <c>file:</c> address or a path, rather than the address of another kind of place.</summary>
    internal static bool IsLocal(string address) =>
        address.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || address.IndexOf(':', StringComparison.Ordinal) is < 2 || address.IndexOfAny(['/', '\\']) is >= 0 and int slash && slash < address.IndexOf(':', StringComparison.Ordinal);

    /// <summary>The address of a folder: <c>file:///</c> with everything but letters, digits and <c>-._~/</c> escaped.</summary>
    internal static string Of(string path)
    {
        string slashes = OperatingSystem.IsWindows() ? "/" + path.Replace('\\', '/') : path;
        return "file://" + string.Join('/', slashes.Split('/').Select((part, i) => OperatingSystem.IsWindows() && i == 1 ? part : Uri.EscapeDataString(part)));
    }

    /// <summary>Adds folders to an address of any kind, before its query if it has one.</summary>
    internal static string Append(string address, string folders)
    {
        int query = IsLocal(address) ? -1 : address.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? address : address[..query];
        return $"{path.TrimEnd('/')}/{folders}{(query < 0 ? "" : address[query..])}";
    }
}
