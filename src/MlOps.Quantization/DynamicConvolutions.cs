namespace MlOps.Quantization;

/// <summary>What <see cref="DynamicQuantization"/> does with convolutions.</summary>
public enum DynamicConvolutions
{
    /// <summary>Their weights are stored in 8 bits and turned back into floats when the model runs.</summary>
    Stored,

    /// <summary>They compute in whole numbers (ConvInteger), as Python's quantizer writes them.</summary>
    Integers,

    /// <summary>They stay as they are.</summary>
    Floats,
}
