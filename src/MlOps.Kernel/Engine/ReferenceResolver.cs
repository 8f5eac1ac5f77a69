using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Engine;

/// <summary>Finds what <c>#r</c> names, and the dependencies that a cell's code touches without naming them.</summary>
internal sealed class ReferenceResolver(string folder, AssemblyFiles files, SessionPackages packages) : MetadataReferenceResolver
{
    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        Resolve(reference) is { } found ? [found] : [];

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        files.Find(referenceIdentity.Name)?.Reference ?? FrameworkReferences.Find(referenceIdentity.Name) ?? files.FindBeside(referenceIdentity.Name)?.Reference;

    /// <summary>The file, or the platform assembly of that name; null if there is neither.</summary>
    internal PortableExecutableReference? Resolve(string reference)
    {
        if (PackageRequest.IsPackage(reference))
        {
            return OfPackage(reference);
        }

        string path = FullPath(reference);
        return File.Exists(path) ? files.Read(path) : FrameworkReferences.Find(reference);
    }

    /// <summary>As <see cref="Resolve"/>, for a file that has to be there.</summary>
    internal PortableExecutableReference ResolveFile(string reference) =>
        Resolve(reference) ?? throw new FileNotFoundException($"The assembly '{FullPath(reference)}' that cells shall refer to does not exist.", FullPath(reference));

    /// <summary>
    /// A directive has room for one reference, and a package may have many: those are given to the compilation, and this stands for them.
    /// </summary>
    private PortableExecutableReference? OfPackage(string reference)
    {
        try
        {
            return packages.Has(PackageRequest.Parse(reference)) ? FrameworkReferences.FindNetCoreApp("System.Runtime") : null;
        }
        catch (PackageException)
        {
            return null; // being typed; a cell that runs is told before it comes here
        }
    }

    internal string FullPath(string reference) => Path.GetFullPath(reference, folder);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
