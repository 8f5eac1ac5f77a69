using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Weight decay as part of the gradient: g + λ·p, the derivative of a penalty λ·p²/2.</summary>
internal static class Decay
{
    internal static void Add(ReadOnlySpan<float> gradient, ReadOnlySpan<float> parameters, double weightDecay, Span<float> result)
    {
        if (weightDecay == 0)
        {
            gradient.CopyTo(result);
            return;
        }

        TensorPrimitives.Multiply(parameters, (float)weightDecay, result);
        TensorPrimitives.Add(gradient, result, result);
    }
}
