namespace MlOps.Kernel.Packages;

/// <summary>Reads the place that <c>#i</c> names: a folder of packages or the address of a server.</summary>
internal static class PackageSource
{
    private const string Prefix = "nuget:";

    /// <summary>The address or the full path.</summary>
    /// <param name="text">With or without <c>nuget:</c> in front.</param>
    /// <param name="folder">Where relative paths start: the notebook's folder.</param>
    /// <exception cref="PackageException">It is neither an address nor a folder that exists.</exception>
    internal static string Parse(string text, string folder)
    {
        string source = text.Trim();
        if (source.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            source = source[Prefix.Length..].Trim();
        }

        if (source.Length == 0 || source.Contains(';', StringComparison.Ordinal))
        {
            throw new PackageException(PackageException.NoCode, $"#i \"{text}\" names no package source. Write #i \"nuget:https://server/index.json\" or #i \"nuget:/folder\".");
        }

        if (source.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(source, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"
                ? source
                : throw new PackageException(PackageException.NoCode, $"#i \"{text}\" cannot be read: a package source is an https address or a folder.");
        }

        string path = Path.GetFullPath(source, folder);
        return Directory.Exists(path)
            ? path
            : throw new PackageException(PackageException.NoCode, $"#i \"{text}\" names a folder that does not exist: '{path}'. A relative path starts at the notebook's folder.");
    }
}
