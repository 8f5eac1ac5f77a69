using System.Buffers;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Packages;

/// <summary>A package as a cell asks for it.</summary>
/// <param name="Id">The package's name; case does not matter.</param>
/// <param name="Version">As written: a version, a range or a pattern of NuGet; empty for the newest stable one.</param>
internal sealed partial record PackageRequest(string Id, string Version)
{
    private const string Prefix = "nuget:";
    private static readonly SearchValues<char> NotPlain = SearchValues.Create("[](),*");

    /// <summary>Gets what the SDK is asked for. A plain version means that one: NuGet by itself would read it as "or newer".</summary>
    internal string Range => Version.Length == 0 ? "*" : IsPlain(Version) ? $"[{Version}]" : Version;

    /// <summary>Gets whether the answer can change when a newer version is published.</summary>
    internal bool Floats => Range.Contains('*', StringComparison.Ordinal);

    internal static bool IsPackage(string reference) => reference.AsSpan().TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what stands between the quotes of <c>#r</c>.</summary>
    /// <exception cref="PackageException">It does not name a package.</exception>
    internal static PackageRequest Parse(string reference)
    {
        string text = reference.Trim()[Prefix.Length..];
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        string id = (comma < 0 ? text : text[..comma]).Trim();
        string version = comma < 0 ? "" : text[(comma + 1)..].Trim();
        if (!IdPattern().IsMatch(id))
        {
            throw Malformed(reference, id.Length == 0 ? "it names no package" : $"'{id}' is not the name of a package");
        }

        return (comma < 0 || version.Length > 0) && (version.Length == 0 || VersionPattern().IsMatch(version))
            ? new PackageRequest(id, version)
            : throw Malformed(reference, version.Length == 0 ? "the version after the comma is missing" : $"'{version}' is not a version");
    }

    public override string ToString() => Version.Length == 0 ? Id : $"{Id} {Version}";

    private static PackageException Malformed(string reference, string problem) =>
        new(PackageException.NoCode, $"#r \"{reference}\" cannot be read: {problem}. Write #r \"nuget: Name, 1.2.3\", or #r \"nuget: Name\" for the newest version.");

    private static bool IsPlain(string version) => !version.AsSpan().ContainsAny(NotPlain);

    [GeneratedRegex(@"^\w[\w.-]{0,99}$")]
    private static partial Regex IdPattern();

    // What NuGet writes: 1.2.3, 1.2.3-beta.1+build, 1.*, *-*, [1.0,2.0), (,2.0]. Numbers and order are NuGet's business.
    [GeneratedRegex(@"^(\d+(\.\d+){0,3}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?|(\d+\.){0,3}\*(-[0-9A-Za-z.-]*\*)?|\d+(\.\d+){0,3}-[0-9A-Za-z.-]*\*|[\[(][0-9A-Za-z.+*\s-]*(,[0-9A-Za-z.+*\s-]*)?[\])])$")]
    private static partial Regex VersionPattern();
}
