using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MlOps.Grading.Running;

/// <summary>Finds the libraries that exercises may use, with all they need, beside this program.</summary>
internal static class CourseLibraries
{
    /// <summary>Full paths of the named libraries and of everything they refer to, as far as it lies in the folder: the rest is .NET's own.</summary>
    /// <exception cref="FileNotFoundException">A named library is not there.</exception>
    internal static IReadOnlyList<string> Resolve(IReadOnlyList<string> names, string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>(names);
        while (open.TryDequeue(out string? name))
        {
            string path = Path.Combine(folder, name + ".dll");
            if (found.ContainsKey(name))
            {
                continue;
            }

            if (File.Exists(path))
            {
                found.Add(name, path);
                foreach (string reference in References(path))
                {
                    open.Enqueue(reference);
                }
            }
            else if (names.Contains(name))
            {
                throw new FileNotFoundException($"An exercise wants the library {name}, which is not in {folder}.", path);
            }
        }

        return [.. found.Values];
    }

    private static List<string> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
