using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Reads constants that codes can stand for.</summary>
internal static class FiniteValues
{
    /// <summary>The values of a constant.</summary>
    /// <exception cref="OnnxException">One of them is NaN or infinite.</exception>
    internal static float[] Of(OnnxTensor tensor) => Of(tensor, "whole numbers cannot stand for that");

    /// <summary>The values of a constant.</summary>
    /// <param name="tensor">The constant.</param>
    /// <param name="why">What is wrong with a value that is not finite.</param>
    /// <exception cref="OnnxException">One of them is NaN or infinite.</exception>
    internal static float[] Of(OnnxTensor tensor, string why)
    {
        float[] values = tensor.ToFloats();
        int broken = Array.FindIndex(values, value => !float.IsFinite(value));
        return broken < 0
            ? values
            : throw new OnnxException(FormattableString.Invariant($"Tensor '{tensor.Name}' holds {values[broken]} at place {broken}; {why}. Look at how the model was trained or exported, or exclude the node that reads it."));
    }
}
