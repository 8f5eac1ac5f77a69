namespace MlOps.Kernel.Packages;

/// <summary>A package that a restore has chosen, with the files of it that count on this machine. All paths are full.</summary>
/// <param name="Id">The package's name.</param>
/// <param name="Version">The version chosen.</param>
/// <param name="Compile">Assemblies that code is compiled against.</param>
/// <param name="Runtime">Assemblies that are loaded.</param>
/// <param name="Native">Native libraries for this platform.</param>
/// <param name="ForeignNative">Names of native libraries for other platforms, with the platform.</param>
internal sealed record ResolvedPackage(
    string Id,
    string Version,
    IReadOnlyList<string> Compile,
    IReadOnlyList<string> Runtime,
    IReadOnlyList<string> Native,
    IReadOnlyList<(string Platform, string File)> ForeignNative)
{
    internal bool FilesExist => Compile.Concat(Runtime).Concat(Native).All(File.Exists);
}
