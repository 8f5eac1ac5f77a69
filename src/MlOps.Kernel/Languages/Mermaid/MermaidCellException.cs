namespace MlOps.Kernel.Languages.Mermaid;

/// <summary>The text of a diagram has a mistake. The message is Mermaid's own.</summary>
public sealed class MermaidCellException : Exception
{
    /// <summary>Makes the exception.</summary>
    public MermaidCellException(string message)
        : base(message)
    {
    }
}
