using System.Numerics;
using System.Numerics.Tensors;

namespace MlOps.Quantization.Arithmetic;

/// <summary>The inner loops from codes to values: <c>(q − zeroPoint) · scale</c>, the difference a whole number, the product of single precision.</summary>
internal static class DequantizeKernel
{
    private const int Block = 1024; // of floats: 4 kB, which stay in the fastest cache

    internal static void From<T>(ReadOnlySpan<T> codes, Span<float> values, float scale, int zeroPoint)
        where T : struct, IBinaryInteger<T>
    {
        Span<int> wide = stackalloc int[Block];
        for (int start = 0; start < codes.Length; start += Block)
        {
            int count = Math.Min(Block, codes.Length - start);
            Span<float> to = values.Slice(start, count);
            TensorPrimitives.ConvertTruncating(codes.Slice(start, count), wide[..count]);
            TensorPrimitives.Subtract<int>(wide[..count], zeroPoint, wide[..count]);
            TensorPrimitives.ConvertTruncating<int, float>(wide[..count], to);
            TensorPrimitives.Multiply<float>(to, scale, to);
        }
    }

    /// <summary>Values of a row whose every code has parameters of its own.</summary>
    internal static void Each<T>(ReadOnlySpan<T> codes, Span<float> values, ReadOnlySpan<float> scales, ReadOnlySpan<int> zeroPoints)
        where T : struct, IBinaryInteger<T>
    {
        Span<int> wide = stackalloc int[Block];
        for (int start = 0; start < codes.Length; start += Block)
        {
            int count = Math.Min(Block, codes.Length - start);
            Span<float> to = values.Slice(start, count);
            TensorPrimitives.ConvertTruncating(codes.Slice(start, count), wide[..count]);
            TensorPrimitives.Subtract<int>(wide[..count], zeroPoints.Slice(start, count), wide[..count]);
            TensorPrimitives.ConvertTruncating<int, float>(wide[..count], to);
            TensorPrimitives.Multiply<float>(to, scales.Slice(start, count), to);
        }
    }
}
