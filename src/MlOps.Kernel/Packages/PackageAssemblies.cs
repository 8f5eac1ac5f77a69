using Microsoft.CodeAnalysis;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Packages;

/// <summary>The assemblies of a session's packages, fitted to what the session already has.</summary>
/// <param name="Files">Those to load when code needs them.</param>
/// <param name="References">Those that code is compiled against.</param>
/// <param name="Notes">What the reader of the notebook should know.</param>
internal sealed record PackageAssemblies(IReadOnlyList<AssemblyFile> Files, IReadOnlyList<PortableExecutableReference> References, IReadOnlyList<string> Notes)
{
    /// <summary>Checks every assembly; nothing of the session changes.</summary>
    /// <param name="packages">All packages of the session.</param>
    /// <param name="asked">Those that the cell names: they must be as asked. Others make do with an older assembly of the host.</param>
    /// <param name="session">What the session has.</param>
    /// <exception cref="PackageException">An assembly cannot be used beside those that the session has.</exception>
    internal static PackageAssemblies Of(IReadOnlyList<ResolvedPackage> packages, IReadOnlyList<PackageRequest> asked, AssemblyFiles session)
    {
        Dictionary<string, AssemblyFile> files = new(StringComparer.OrdinalIgnoreCase);
        List<PortableExecutableReference> references = [];
        List<string> notes = [];
        foreach (ResolvedPackage package in packages)
        {
            Dictionary<string, string> compile = ByName(package.Compile);
            Dictionary<string, string> runtime = ByName(package.Runtime);
            foreach (string name in compile.Keys.Union(runtime.Keys, StringComparer.OrdinalIgnoreCase))
            {
                string path = runtime.GetValueOrDefault(name) ?? compile[name];
                PortableExecutableReference reference;
                if (session.FindOfHost(name) is { } host)
                {
                    reference = host.Reference;
                    if (Facts(path).Version is { } version && version > host.Version)
                    {
                        notes.Add(asked.Any(request => request.Id.Equals(package.Id, StringComparison.OrdinalIgnoreCase))
                            ? throw TooNew(package, name, version, host.Version)
                            : $"{package.Id} {package.Version} has {name} {version}; the notebook's own {name} {host.Version} is used in its place.");
                    }
                }
                else if (runtime.ContainsKey(name))
                {
                    AssemblyFile file = session.Find(name) ?? files.GetValueOrDefault(name) ?? ToFile(path, compile.GetValueOrDefault(name));
                    CheckSame(file, path, package, session);
                    reference = files.TryAdd(name, file) ? file.Reference : files[name].Reference;
                }
                else
                {
                    reference = FrameworkReferences.OfFile(path); // to compile against, with nothing to load
                }

                if (compile.ContainsKey(name))
                {
                    references.Add(reference);
                }
            }
        }

        return new PackageAssemblies([.. files.Values], [.. references.Distinct()], notes);
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<string> paths) =>
        paths.DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase).ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.OrdinalIgnoreCase);

    private static AssemblyFile ToFile(string path, string? compilePath)
    {
        AssemblyFacts facts = Facts(path);
        return new AssemblyFile(path, facts.Name, facts.Build, Bytes: null, FrameworkReferences.OfFile(compilePath ?? path));
    }

    private static AssemblyFacts Facts(string path)
    {
        using FileStream content = File.OpenRead(path);
        return AssemblyFacts.Read(content, path);
    }

    /// <summary>Two packages of one restore may bring the same assembly, and the first counts; what the session has used stays.</summary>
    private static void CheckSame(AssemblyFile file, string path, ResolvedPackage package, AssemblyFiles session)
    {
        if (file.Path != path && session.Find(file.Name) is not null && file.Build != Facts(path).Build)
        {
            throw new PackageException(
                PackageException.NoCode,
                $"Another build of {file.Name} than that of {package.Id} {package.Version} is already in use in this session, from '{file.Path}'. Restart to load the package.",
                package.Id);
        }
    }

    private static PackageException TooNew(ResolvedPackage package, string name, Version version, Version hostVersion) => new(
        PackageException.NoCode,
        $"{package.Id} {package.Version} has {name} {version}, but the notebook's own program runs on {name} {hostVersion}, which cannot be replaced. Ask for an older version of the package.",
        package.Id);
}
