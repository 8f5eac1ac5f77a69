using System.Collections.Concurrent;
using System.Xml.Linq;

namespace MlOps.Kernel.Editing;

/// <summary>Finds the XML documentation of assemblies: beside them, or for .NET itself in the SDK's reference pack.</summary>
internal sealed class DocumentationFiles
{
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The framework's index is the same for everybody.</summary>
    private static readonly Lazy<DocumentationIndex> Framework = new(() => DocumentationIndex.Of(PackFiles(Runtime)));

    private readonly ConcurrentDictionary<string, Lazy<DocumentationIndex>> _byFile = new(StringComparer.Ordinal);

    /// <summary>Finds a member's description.</summary>
    /// <param name="assembly">The path of the assembly that declares it.</param>
    /// <param name="id">Its documentation id.</param>
    internal XElement? Find(string assembly, string id)
    {
        if (Path.GetDirectoryName(assembly) == Runtime)
        {
            return Framework.Value.Find(id);
        }

        string file = Path.ChangeExtension(assembly, ".xml");
        return _byFile.GetOrAdd(file, static path => new Lazy<DocumentationIndex>(() => DocumentationIndex.Of(path))).Value.Find(id);
    }

    /// <summary>Builds the framework's index.</summary>
    internal static void Warm() => _ = Framework.Value;

    /// <summary>The XML files of the newest reference pack of a runtime's own version; empty where no SDK is installed.</summary>
    /// <param name="runtime">The folder of the running Microsoft.NETCore.App: <c>dotnet/shared/Microsoft.NETCore.App/10.0.1</c>.</param>
    internal static string[] PackFiles(string runtime)
    {
        var packs = new DirectoryInfo(Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")));
        if (!packs.Exists)
        {
            return [];
        }

        var folder = packs.EnumerateDirectories()
            .Select(pack => (pack.FullName, Version: Version.TryParse(pack.Name.Split('-')[0], out Version? version) ? version : null))
            .Where(pack => pack.Version?.Major == Environment.Version.Major)
            .OrderByDescending(pack => pack.Version)
            .Select(pack => Path.Combine(pack.FullName, "ref", FormattableString.Invariant($"net{Environment.Version.Major}.0")))
            .FirstOrDefault(Directory.Exists);
        return folder is null ? [] : [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal)];
    }
}
