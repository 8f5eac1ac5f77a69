using System.Collections.Concurrent;
using System.IO.Compression;

namespace MlOps.Kernel.Languages.Mermaid;

/// <summary>The Mermaid library: one file, which set-up fetches from npm.</summary>
internal static class MermaidLibrary
{
    private const string Packages = "eng/web/node_modules";
    private const string Script = "@mermaid-js/tiny/dist/mermaid.tiny.js";

    private static readonly ConcurrentDictionary<string, string> Packed = new(StringComparer.Ordinal);

    /// <summary>Finds the file; null if it is not installed.</summary>
    /// <param name="webAssets">The folder of npm packages; null to look for the course's from the program's folder upwards.</param>
    internal static string? Find(string? webAssets)
    {
        if (webAssets is not null)
        {
            return Existing(Path.Combine(webAssets, Script));
        }

        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Existing(Path.Combine(folder, Packages, Script)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The file as an output carries it: compressed, as base64. Made once a process.</summary>
    internal static string Compressed(string path) => Packed.GetOrAdd(path, static file =>
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            zip.Write(File.ReadAllBytes(file));
        }

        return Convert.ToBase64String(packed.ToArray());
    });

    private static string? Existing(string path) => File.Exists(path) ? Path.GetFullPath(path) : null;
}
