namespace MlOps.Quantization.Arithmetic;

/// <summary>A weight matrix in 4 bits, a scale for each block of neighbours along the inputs, laid out as ONNX Runtime's MatMulNBits reads it.</summary>
/// <remarks>
/// The matrix has K rows (inputs) × N columns (outputs); its transpose, N × K, is cut into blocks of <see cref="BlockSize"/> along K, the last one filled up.
/// Symmetric: <c>scale = v / −8</c>, v the value of largest magnitude in the block, so that v itself gets code 0 and is kept exactly; the scale may be negative, and code 8 stands for 0.
/// Asymmetric: <c>scale = (max − min) / 15</c> and <c>zeroPoint = round(−min / scale)</c>, 0 included in the range. A code is <c>clip(round(w · (1 / scale)) + zeroPoint)</c>: single precision,
/// halves away from zero, as ONNX Runtime's own packer rounds here (elsewhere it rounds halves to the even number).
/// <para>A block of zeros, or of numbers too small for a scale, has scale 0.</para>
/// </remarks>
internal sealed class FourBitMatrix
{
    private const int Largest = 15;
    private const int Middle = 8;

    private readonly byte[] _codes;
    private readonly float[] _scales;
    private readonly byte[]? _zeroPoints;

    private FourBitMatrix(int rows, int columns, int blockSize, bool symmetric)
    {
        (Rows, Columns, BlockSize) = (rows, columns, blockSize);
        _codes = new byte[checked(columns * Blocks * (blockSize / 2))];
        _scales = new float[columns * Blocks];
        _zeroPoints = symmetric ? null : new byte[columns * ((Blocks + 1) / 2)];
    }

    /// <summary>Gets K, the inputs.</summary>
    public int Rows { get; }

    /// <summary>Gets N, the outputs.</summary>
    public int Columns { get; }

    /// <summary>Gets the values that share a scale.</summary>
    public int BlockSize { get; }

    /// <summary>Gets the blocks of a column, <c>⌈K / BlockSize⌉</c>.</summary>
    public int Blocks => (Rows + BlockSize - 1) / BlockSize;

    /// <summary>Gets the codes, N × blocks × BlockSize / 2 bytes: of two codes in a byte the first in the low half.</summary>
    public ReadOnlyMemory<byte> Codes => _codes;

    /// <summary>Gets the scales, N × blocks.</summary>
    public ReadOnlyMemory<float> Scales => _scales;

    /// <summary>Gets the zero points, N × ⌈blocks / 2⌉ bytes, two in a byte like codes; null if 8 is the zero point of all.</summary>
    public ReadOnlyMemory<byte>? ZeroPoints => _zeroPoints is null ? (ReadOnlyMemory<byte>?)null : _zeroPoints; // without the cast, null would become an empty memory

    /// <summary>Gets the bytes of codes, scales and zero points.</summary>
    public long ByteCount => BytesOf(Rows, Columns, BlockSize, _zeroPoints is null);

    /// <summary>Quantizes a matrix.</summary>
    /// <param name="weights">K × N finite values, row after row.</param>
    /// <param name="rows">K ≥ 1.</param>
    /// <param name="columns">N ≥ 1.</param>
    /// <param name="blockSize">A power of two from 16 to 256.</param>
    /// <param name="symmetric">Whether the middle code stands for 0.</param>
    /// <exception cref="ArgumentException">There are not K × N values, one is NaN or infinite, or a block spans more than single precision can.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static FourBitMatrix Quantize(ReadOnlySpan<float> weights, int rows, int columns, int blockSize = 32, bool symmetric = true)
    {
        Guard.AtLeast(rows, 1);
        Guard.AtLeast(columns, 1);
        CheckBlockSize(blockSize);
        if (weights.Length != (long)rows * columns)
        {
            throw new ArgumentException(FormattableString.Invariant($"{rows} × {columns} weights are asked for; got {weights.Length}."), nameof(weights));
        }

        return OfTransposed(Transpose(weights, rows, columns), rows, columns, blockSize, symmetric);
    }

    /// <summary>Returns the weights that the codes stand for, K × N, row after row.</summary>
    public float[] Dequantize()
    {
        var weights = new float[Rows * Columns];
        for (int n = 0; n < Columns; n++)
        {
            for (int k = 0; k < Rows; k++)
            {
                int b = k / BlockSize;
                int i = k % BlockSize;
                int code = (_codes[(((n * Blocks) + b) * (BlockSize / 2)) + (i / 2)] >> (i % 2 * 4)) & 15;
                weights[(k * Columns) + n] = (code - ZeroPoint(n, b)) * _scales[(n * Blocks) + b];
            }
        }

        return weights;
    }

    /// <summary>Quantizes a matrix that is given as N × K, as a Gemm with transB holds it.</summary>
    internal static FourBitMatrix OfTransposed(ReadOnlySpan<float> weights, int rows, int columns, int blockSize, bool symmetric)
    {
        var matrix = new FourBitMatrix(rows, columns, blockSize, symmetric);
        for (int n = 0; n < columns; n++)
        {
            for (int b = 0; b < matrix.Blocks; b++)
            {
                int start = b * blockSize;
                matrix.Encode(weights.Slice((n * rows) + start, Math.Min(blockSize, rows - start)), n, b);
            }
        }

        return matrix;
    }

    /// <summary>The bytes that a matrix would take, without making it.</summary>
    internal static long BytesOf(long rows, long columns, int blockSize, bool symmetric)
    {
        long blocks = (rows + blockSize - 1) / blockSize;
        return columns * ((blocks * ((blockSize / 2) + sizeof(float))) + (symmetric ? 0 : (blocks + 1) / 2));
    }

    internal static int CheckBlockSize(int blockSize) => blockSize is 16 or 32 or 64 or 128 or 256
        ? blockSize
        : throw new ArgumentOutOfRangeException(nameof(blockSize), blockSize, "A block has 16, 32, 64, 128 or 256 values.");

    private int ZeroPoint(int n, int b) => _zeroPoints is null ? Middle : (_zeroPoints[(n * ((Blocks + 1) / 2)) + (b / 2)] >> (b % 2 * 4)) & 15;

    private void Encode(ReadOnlySpan<float> block, int n, int b)
    {
        float min = block[0], max = block[0];
        foreach (float weight in block)
        {
            min = Math.Min(min, weight); // NaN stays NaN
            max = Math.Max(max, weight);
        }

        float scale, zeroPoint = Middle;
        if (_zeroPoints is null)
        {
            scale = (Math.Abs(max) > Math.Abs(min) ? max : min) / -Middle;
        }
        else
        {
            (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
            scale = (max - min) / Largest;
            zeroPoint = scale == 0 ? 0 : Math.Clamp(MathF.Round(-min / scale, MidpointRounding.AwayFromZero), 0, Largest);
        }

        if (!float.IsFinite(scale))
        {
            throw new ArgumentException(FormattableString.Invariant($"Column {n} has a weight that is NaN or infinite, or weights too far apart: {min} to {max}."), nameof(block));
        }

        float inverse = scale == 0 ? 0 : 1 / scale;
        (scale, inverse) = float.IsFinite(inverse) ? (scale, inverse) : (0, 0);
        _scales[(n * Blocks) + b] = scale;
        if (_zeroPoints is not null)
        {
            _zeroPoints[(n * ((Blocks + 1) / 2)) + (b / 2)] |= (byte)((int)zeroPoint << (b % 2 * 4));
        }

        Span<byte> codes = _codes.AsSpan(((n * Blocks) + b) * (BlockSize / 2), BlockSize / 2);
        for (int i = 0; i < BlockSize; i++)
        {
            int code = i < block.Length ? Rounded((block[i] * inverse) + zeroPoint) : (int)zeroPoint;
            codes[i / 2] |= (byte)(code << (i % 2 * 4));
        }
    }

    /// <summary>A half is rounded up, which is away from zero: below zero everything becomes 0. Not floor(x + ½), where the sum would be rounded first.</summary>
    private static int Rounded(float code)
    {
        float inside = Math.Clamp(code, 0, Largest);
        int whole = (int)inside;
        return inside - whole >= 0.5f ? whole + 1 : whole;
    }

    private static float[] Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        const int Tile = 32; // rows of both matrices that stay in the fastest cache together
        var turned = new float[values.Length];
        for (int r = 0; r < rows; r += Tile)
        {
            for (int c = 0; c < columns; c += Tile)
            {
                for (int i = r; i < Math.Min(r + Tile, rows); i++)
                {
                    for (int j = c; j < Math.Min(c + Tile, columns); j++)
                    {
                        turned[(j * rows) + i] = values[(i * columns) + j];
                    }
                }
            }
        }

        return turned;
    }
}
