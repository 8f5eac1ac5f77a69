namespace MlOps.Kernel.Packages;

/// <summary>The native libraries of the session's packages, by the names that code calls them. Thread-safe.</summary>
internal sealed class NativeFiles
{
    private static readonly string[] Forms = ["{0}", "{0}.so", "lib{0}.so", "{0}.dylib", "lib{0}.dylib", "{0}.dll"];

    private volatile IReadOnlyList<ResolvedPackage> _packages = [];

    /// <summary>Replaces the packages to look in.</summary>
    internal void Use(IReadOnlyList<ResolvedPackage> packages) => _packages = packages;

    /// <summary>The full path; null if no package has a library of that name.</summary>
    /// <exception cref="DllNotFoundException">A package has it, but not for this platform.</exception>
    internal string? Find(string name, string platform)
    {
        string[] files = [.. Forms.Select(form => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name))];
        if (_packages.SelectMany(package => package.Native).FirstOrDefault(path => IsOneOf(Path.GetFileName(path), files)) is { } found)
        {
            return found;
        }

        foreach (ResolvedPackage package in _packages)
        {
            string[] platforms = [.. package.ForeignNative.Where(native => IsOneOf(native.File, files)).Select(native => native.Platform).Distinct().Order(StringComparer.Ordinal)];
            if (platforms.Length > 0)
            {
                throw new DllNotFoundException($"Package {package.Id} {package.Version} has the native library '{name}' for {string.Join(", ", platforms)}, but not for this platform, {platform}.");
            }
        }

        return null;
    }

    private static bool IsOneOf(string file, string[] files) => files.Contains(file, StringComparer.OrdinalIgnoreCase);
}
