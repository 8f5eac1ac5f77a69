using System.Runtime.CompilerServices;

namespace MlOps.Course.Tests;

/// <summary>The checkout that these tests belong to.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    // The path of this source file, not of the assembly: build outputs may lie anywhere.
    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
