using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization;

/// <summary>How <see cref="DynamicQuantization"/> stores the weights of a model.</summary>
public sealed record DynamicOptions
{
    /// <summary>Gets the type of weights: <see cref="IntegerType.Int8"/> (default, symmetric) or <see cref="IntegerType.UInt8"/> (affine).</summary>
    public IntegerType Weights { get; init; } = IntegerType.Int8;

    /// <summary>Gets a value indicating whether each output channel of a weight has its own scale. Default: no, one scale a tensor.</summary>
    public bool PerChannel { get; init; }

    /// <summary>Gets a value indicating whether weights use 7 of the 8 bits, so that no sum of two products saturates on x64 without VNNI. Default: no.</summary>
    public bool ReduceRange { get; init; }

    /// <summary>Gets what becomes of convolutions. Default: <see cref="DynamicConvolutions.Stored"/>.</summary>
    public DynamicConvolutions Convolutions { get; init; } = DynamicConvolutions.Stored;

    /// <summary>Gets the names of nodes that stay in floating point; a node without a name is known by its first output.</summary>
    public IReadOnlyList<string> ExcludedNodes { get; init; } = [];

    /// <summary>Gets operators whose nodes all stay in floating point, such as <c>Gather</c>.</summary>
    public IReadOnlyList<string> ExcludedOperators { get; init; } = [];

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(ExcludedNodes);
        ArgumentNullException.ThrowIfNull(ExcludedOperators);
        StaticOptions.EightBits(Weights, nameof(Weights));
    }
}
