namespace MlOps.Grading.Calling;

/// <summary>One student's compiled code.</summary>
/// <param name="Name">What people call it, such as <c>12.3-psi</c>.</param>
/// <param name="Image">The assembly. With embedded symbols, messages name lines.</param>
/// <param name="LibraryPaths">Full paths of the course libraries that the code may use, and of those that these need.</param>
public sealed record StudentAssembly(string Name, byte[] Image, IReadOnlyList<string> LibraryPaths)
{
    /// <summary>Gets the symbols, as a portable PDB, where they are not embedded; null otherwise.</summary>
    public byte[]? Symbols { get; init; }
}
