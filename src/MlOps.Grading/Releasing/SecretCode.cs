namespace MlOps.Grading.Releasing;

/// <summary>One reference solution, wrong solution or file of held-back tests, beside what students get of the same sort.</summary>
/// <param name="Path">Its path from the root of the course.</param>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="StarterPath">The path of the starter; empty for tests.</param>
/// <param name="Starter">The starter's text, empty if there is none; for tests, the text of all public ones.</param>
internal sealed record SecretCode(string Path, LeakKind Kind, string Text, string StarterPath, string Starter)
{
    /// <summary>Reads the file if it is a solution or a mutant: <c>exercises/weekNN/solutions/NN.N-name</c>.</summary>
    internal static SecretCode? Of(string root, string path)
    {
        if (path.Split('/') is not [_, _, var folder, var file])
        {
            return null;
        }

        bool mutant = folder.Equals("mutants", StringComparison.OrdinalIgnoreCase);
        if (!mutant && !folder.Equals("solutions", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string week = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(path))!.Replace('\\', '/');
        string prefix = file.Split('-')[0] + "-";
        string starter = Directory.EnumerateFiles(System.IO.Path.Combine(root, week)).Select(full => System.IO.Path.GetFileName(full)).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => mutant ? name.StartsWith(prefix, StringComparison.Ordinal) : name == file) ?? file;
        string starterFile = System.IO.Path.Combine(root, week, starter);
        return new SecretCode(path, mutant ? LeakKind.Mutant : LeakKind.Solution, File.ReadAllText(System.IO.Path.Combine(root, path)), $"{week}/{starter}", File.Exists(starterFile) ? File.ReadAllText(starterFile) : "");
    }

    /// <summary>Pairs of lines that follow each other and of which at least one is not in the starter.</summary>
    /// <remarks>
    /// A single line is often a formula that the lecture shows too. A pair with the signature above the hole counts, so that a
    /// solution of one line is found as well. Lines of the library are passed over on both sides.
    /// </remarks>
    internal IEnumerable<(string First, string Second)> Pairs(IReadOnlySet<string> library)
    {
        HashSet<string> own = CodeLine.SetOf([Text]);
        own.ExceptWith(CodeLine.SetOf([Starter]));
        string[] lines = [.. CodeLine.Of(Text).Select(line => line.Line).Where(line => !library.Contains(line))];
        return lines.Zip(lines.Skip(1)).Where(pair => own.Contains(pair.First) || own.Contains(pair.Second));
    }
}
