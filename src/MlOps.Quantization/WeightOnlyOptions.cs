namespace MlOps.Quantization;

/// <summary>How <see cref="WeightOnlyQuantization"/> stores weights.</summary>
public sealed record WeightOnlyOptions
{
    /// <summary>Gets the weights that share a scale.</summary>
    /// <value>32 unless set: 16, 32, 64, 128 or 256. At 32 a weight costs 5 bits, at 128 4.25.</value>
    public int BlockSize { get; init; } = 32;

    /// <summary>Gets whether 0 is the middle code of every block; otherwise each block has a zero point, which costs half a byte and helps weights that lie to one side.</summary>
    /// <value>True unless set.</value>
    public bool Symmetric { get; init; } = true;

    /// <summary>Gets how exactly ONNX Runtime computes: 0 as it likes, 1 float32, 2 float16, 3 bfloat16, 4 int8 (it rounds the inputs to 8 bits as well: fastest on processors with VNNI).</summary>
    /// <value>0 unless set.</value>
    public int AccuracyLevel { get; init; }

    /// <summary>Gets the names of nodes to leave alone.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    internal WeightOnlyOptions Checked()
    {
        Arithmetic.FourBitMatrix.CheckBlockSize(BlockSize);
        ArgumentNullException.ThrowIfNull(Exclude);
        return AccuracyLevel is >= 0 and <= 4
            ? this
            : throw new ArgumentOutOfRangeException(nameof(AccuracyLevel), AccuracyLevel, "ONNX Runtime knows the accuracy levels 0 to 4.");
    }
}
