namespace MlOps.Onnx.Checking;

/// <summary>A constant: does it hold what its dimensions claim?</summary>
internal static class TensorCheck
{
    internal static void Check(OnnxTensor tensor, string place, Findings findings)
    {
        if (tensor.DataType == OnnxElementType.Undefined || !Enum.IsDefined(tensor.DataType))
        {
            findings.Error(place, $"Tensor '{tensor.Name}' has no known type of elements.", "Set DataType.");
            return;
        }

        if (tensor.IsExternal)
        {
            findings.Warning(place, $"The values of tensor '{tensor.Name}' lie in another file.", "Keep the two files together, or write one: OnnxFile.EmbedExternalData.");
            return;
        }

        try
        {
            long wanted = tensor.ElementCount;
            long there = Count(tensor);
            if (there != wanted)
            {
                findings.Error(place, FormattableString.Invariant($"Tensor '{tensor.Name}' of shape [{tensor.Shape}] needs {wanted} values; it holds {there}."), "The file was cut off or written wrongly; export it again.");
            }
        }
        catch (OnnxException e)
        {
            findings.Error(place, e.Message, "The file was damaged or made to do harm; do not run it.");
        }
    }

    /// <summary>The number of values that are there; for 4-bit numbers, whose last byte may be half empty, the number asked for if the bytes fit.</summary>
    private static long Count(OnnxTensor tensor)
    {
        if (tensor.DataType == OnnxElementType.String)
        {
            return tensor.StringData.Count;
        }

        long bytes = tensor.Bytes().Length;
        return Bits(tensor.DataType) == 4
            ? (tensor.ElementCount + 1) / 2 == bytes ? tensor.ElementCount : bytes * 2
            : bytes * 8 % Bits(tensor.DataType) == 0 ? bytes * 8 / Bits(tensor.DataType) : -1;
    }

    private static int Bits(OnnxElementType type) => type switch
    {
        OnnxElementType.Int4 or OnnxElementType.Uint4 => 4,
        OnnxElementType.Uint16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.Bfloat16 => 16,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.Uint32 => 32,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.Uint64 or OnnxElementType.Complex64 => 64,
        OnnxElementType.Complex128 => 128,
        _ => 8,
    };
}
