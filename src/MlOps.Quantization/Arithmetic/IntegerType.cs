using System.Diagnostics.CodeAnalysis;

namespace MlOps.Quantization.Arithmetic;

/// <summary>A whole-number type that codes are stored in.</summary>
[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "The field calls them so.")]
public enum IntegerType
{
    /// <summary>−8 to 7.</summary>
    Int4,

    /// <summary>0 to 15.</summary>
    UInt4,

    /// <summary>−128 to 127.</summary>
    Int8,

    /// <summary>0 to 255.</summary>
    UInt8,

    /// <summary>−32,768 to 32,767.</summary>
    Int16,

    /// <summary>0 to 65,535.</summary>
    UInt16,
}
