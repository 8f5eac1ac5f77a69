using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization;

/// <summary>How <see cref="StaticQuantization"/> turns a model into whole numbers.</summary>
/// <remarks>
/// The defaults, unsigned activations with signed weights (U8S8), are the pair that x64 processors with VNNI multiply directly; ARM processors with dot-product instructions run every pair at one speed. On x64 without
/// VNNI the sums of two products of U8S8 may saturate at 16 bits: set <see cref="ReduceRange"/> for such machines. Signed activations (S8S8) compute the same to a rounding and are for runtimes that want them.
/// </remarks>
public sealed record StaticOptions
{
    /// <summary>Gets the type of activations: <see cref="IntegerType.UInt8"/> (default) or <see cref="IntegerType.Int8"/>.</summary>
    public IntegerType Activations { get; init; } = IntegerType.UInt8;

    /// <summary>Gets the type of weights: <see cref="IntegerType.Int8"/> (default) or <see cref="IntegerType.UInt8"/>; the latter only with unsigned activations.</summary>
    public IntegerType Weights { get; init; } = IntegerType.Int8;

    /// <summary>Gets a value indicating whether each output channel of a weight has its own scale. Default: no, one scale a tensor. As fast, more exact, four bytes a channel larger.</summary>
    public bool PerChannel { get; init; }

    /// <summary>Gets a value indicating whether weights use 7 of the 8 bits, so that no sum of two products saturates on x64 without VNNI. Default: no.</summary>
    public bool ReduceRange { get; init; }

    /// <summary>Gets a value indicating whether the range of an activation is made symmetric. Default: no. It costs a bit wherever values are only positive, and no ReLU can be merged into the node before it.</summary>
    public bool SymmetricActivations { get; init; }

    /// <summary>Gets how the range of an activation is chosen from the calibration rows. Default: smallest to largest.</summary>
    public RangeMethod Calibration { get; init; } = RangeMethod.MinMax;

    /// <summary>
    /// Gets a value indicating whether MatMuls of two activations, as attention has them, are quantized. Default: no. They hold no weights, so the file gets no smaller, and both factors are rounded anew for every row.
    /// </summary>
    public bool ProductsOfActivations { get; init; }

    /// <summary>Gets the names of nodes that stay in floating point; a node without a name is known by its first output.</summary>
    public IReadOnlyList<string> ExcludedNodes { get; init; } = [];

    /// <summary>Gets operators whose nodes all stay in floating point, such as <c>Concat</c>.</summary>
    public IReadOnlyList<string> ExcludedOperators { get; init; } = [];

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Calibration);
        ArgumentNullException.ThrowIfNull(ExcludedNodes);
        ArgumentNullException.ThrowIfNull(ExcludedOperators);
        EightBits(Activations, nameof(Activations));
        EightBits(Weights, nameof(Weights));
        if (Activations == IntegerType.Int8 && Weights == IntegerType.UInt8)
        {
            throw new ArgumentException("Signed activations need signed weights: ONNX Runtime multiplies no int8 activation by a uint8 weight in a convolution. Use Weights = Int8.", nameof(Weights));
        }
    }

    internal static void EightBits(IntegerType type, string name)
    {
        if (type is not (IntegerType.Int8 or IntegerType.UInt8))
        {
            throw new ArgumentException($"{name} are Int8 or UInt8 here; got {type}.", name);
        }
    }
}
