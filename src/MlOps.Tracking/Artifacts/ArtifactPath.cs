using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Artifacts;

/// <summary>What may be the path of an artifact.</summary>
internal static class ArtifactPath
{
    /// <summary>The name of the folder for files that are not whole yet; reserved at every level, since one store's folder may lie inside another's.</summary>
    internal const string Partial = ".mlops-partial";

    private const int NameBytes = 255; // of the usual file systems
    private static readonly char[] s_invalid = Path.GetInvalidFileNameChars();

    /// <summary>Splits a path at its slashes.</summary>
    /// <exception cref="TrackingException">It is none: empty, absolute, with <c>.</c>, <c>..</c>, empty parts, backslashes, control characters, or a name over 255 bytes.</exception>
    internal static string[] Parts(string path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw TrackingLimits.Missing("path");
        }

        string[] parts = path.Split('/');
        foreach (string part in parts)
        {
            string? fault = Fault(part);
            if (fault is not null)
            {
                string shown = new([.. path.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
                throw TrackingLimits.Invalid($"Invalid artifact path '{shown}': {fault}. It is relative, with '/' between names.");
            }
        }

        return parts;
    }

    private static string? Fault(string part)
    {
        if (part.Length == 0)
        {
            return "it is absolute or has an empty name";
        }

        if (part is "." or "..")
        {
            return $"'{part}' is not allowed";
        }

        if (part.Contains('\\', StringComparison.Ordinal))
        {
            return "it has a backslash";
        }

        if (part.Any(char.IsControl))
        {
            return "it has a control character";
        }

        if (part.IndexOfAny(s_invalid) >= 0 || (OperatingSystem.IsWindows() && (part[^1] is '.' or ' ')))
        {
            return $"this system has no files of the name '{part}'";
        }

        if (part.Equals(Partial, StringComparison.OrdinalIgnoreCase))
        {
            return $"'{Partial}' is reserved";
        }

        return Encoding.UTF8.GetByteCount(part) > NameBytes ? "a name has more than 255 bytes" : null;
    }
}
