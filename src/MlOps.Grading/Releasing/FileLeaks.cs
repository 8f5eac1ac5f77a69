namespace MlOps.Grading.Releasing;

/// <summary>Finds files that must not be there whatever they hold.</summary>
internal static class FileLeaks
{
    private static readonly HashSet<string> s_compiled = new(StringComparer.OrdinalIgnoreCase) { ".dll", ".pdb", ".exe", ".nupkg" };

    internal static Leak? Of(string file) =>
        EditionRules.LeavesOut(file) ? new Leak(file, "", LeakKind.File, "is a file that students do not get")
        : s_compiled.Contains(Path.GetExtension(file)) ? new Leak(file, "", LeakKind.File, "is a compiled program, and nobody can see what is in it")
        : null;
}
