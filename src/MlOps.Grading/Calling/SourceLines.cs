using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MlOps.Grading.Calling;

/// <summary>Finds the line of a student's file from a method and an offset in it. Done here, where the reader of symbols is warm.</summary>
internal static class SourceLines
{
    /// <summary>The line, from 1; null if the assembly has no symbols or the place is unknown.</summary>
    internal static int? Find(StudentAssembly assembly, int methodToken, int offset)
    {
        const int methodTable = 0x06;
        if (methodToken >> 24 != methodTable || offset < 0)
        {
            return null;
        }

        try
        {
            using var image = new PEReader(new MemoryStream(assembly.Image, writable: false));
            using MetadataReaderProvider? symbols = assembly.Symbols is { } separate
                ? MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(separate, writable: false))
                : Embedded(image);
            if (symbols is null)
            {
                return null;
            }

            var method = (MethodDefinitionHandle)MetadataTokens.Handle(methodToken);
            int? line = null;
            foreach (SequencePoint point in symbols.GetMetadataReader().GetMethodDebugInformation(method).GetSequencePoints())
            {
                if (point.Offset > offset)
                {
                    break;
                }

                line = point.IsHidden ? line : point.StartLine;
            }

            return line;
        }
        catch (BadImageFormatException)
        {
            return null; // the host named a method that the symbols do not have: then there is no line to tell
        }
    }

    private static MetadataReaderProvider? Embedded(PEReader image)
    {
        foreach (DebugDirectoryEntry entry in image.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
            {
                return image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
            }
        }

        return null;
    }
}
