using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MlOps.Kernel.Engine;

/// <summary>What an assembly says of itself, read without loading it.</summary>
internal sealed record AssemblyFacts(string Name, Version Version, Guid Build)
{
    /// <exception cref="BadImageFormatException">The content is not a .NET assembly.</exception>
    internal static AssemblyFacts Read(Stream content, string path)
    {
        try
        {
            using var pe = new PEReader(content);
            if (pe.HasMetadata && pe.GetMetadataReader() is { IsAssembly: true } metadata)
            {
                AssemblyDefinition definition = metadata.GetAssemblyDefinition();
                return new AssemblyFacts(metadata.GetString(definition.Name), definition.Version, metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
            }
        }
        catch (BadImageFormatException exception)
        {
            throw NotAnAssembly(path, exception);
        }

        throw NotAnAssembly(path, null);
    }

    private static BadImageFormatException NotAnAssembly(string path, Exception? inner) => new($"'{path}' is not a .NET assembly", inner);
}
