namespace MlOps.Quantization.Arithmetic;

/// <summary>How many values share one scale: all of a tensor, those of a channel, or those of a block along an axis.</summary>
/// <remarks>There is no fourth: <see cref="PerTensor"/>, <see cref="PerChannel"/> and <see cref="PerBlock"/> make every one. The fewer share a scale, the smaller the error and the more scales have to be stored.</remarks>
public sealed record Granularity
{
    private Granularity(int? axis, int? blockSize)
    {
        Axis = axis;
        BlockSize = blockSize;
    }

    /// <summary>Gets the granularity of one scale for all values.</summary>
    public static Granularity PerTensor { get; } = new(null, null);

    /// <summary>Gets the axis along which scales change; null if one holds for all values. A negative one counts from the last, as in ONNX.</summary>
    public int? Axis { get; }

    /// <summary>Gets the neighbours along the axis that share a scale; null if there are no blocks.</summary>
    public int? BlockSize { get; }

    /// <summary>One scale for each index of an axis: 0 for the filters of a Conv, 1 for the columns of a MatMul.</summary>
    /// <param name="axis">The axis; a negative one counts from the last.</param>
    public static Granularity PerChannel(int axis) => new(axis, null);

    /// <summary>One scale for so many neighbours along an axis, and separate ones for each index of every other axis. The last block may be shorter.</summary>
    /// <param name="axis">The axis; a negative one counts from the last.</param>
    /// <param name="size">Values of a block, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public static Granularity PerBlock(int axis, int size) => new(axis, Guard.AtLeast(size, 1));

    /// <summary>The granularity in words: <c>per tensor</c>, <c>per channel of axis 0</c>, <c>per 32 along axis 1</c>.</summary>
    public override string ToString() =>
        Axis is null ? "per tensor"
        : BlockSize is null ? FormattableString.Invariant($"per channel of axis {Axis}")
        : FormattableString.Invariant($"per {BlockSize} along axis {Axis}");
}
