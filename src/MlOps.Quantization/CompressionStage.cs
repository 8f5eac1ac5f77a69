namespace MlOps.Quantization;

/// <summary>When in a pipeline a step has its place.</summary>
public enum CompressionStage
{
    /// <summary>The same numbers in a tidier graph.</summary>
    CleanUp,

    /// <summary>Fewer numbers, or more of them 0: pruning, low rank. Needs 32-bit weights.</summary>
    Structure,

    /// <summary>Fewer bits a number. The last stage, and one step of it: codes can neither be pruned nor quantized again.</summary>
    Precision,
}
