namespace MlOps.Quantization.Arithmetic;

/// <summary>Which value of a row-major tensor has which scale.</summary>
/// <remarks>
/// The axis cuts the shape into <c>outer × length × inner</c>. Values are visited in segments of neighbours: either all of a segment share one scale, or each has the next one
/// (<see cref="Segment.Each"/>), as in the columns of a matrix, where a scale of its own for every neighbour would make segments of one value.
/// </remarks>
internal sealed class QuantizationLayout
{
    private readonly int _outer;
    private readonly int _length;
    private readonly int _inner;
    private readonly int _blockSize; // 0: no blocks
    private readonly bool _perTensor;

    internal QuantizationLayout(ReadOnlySpan<long> shape, Granularity granularity, int valueCount)
    {
        ArgumentNullException.ThrowIfNull(granularity);
        long count = 1;
        foreach (long dim in shape)
        {
            count = checked(count * (dim >= 0 ? dim : throw new ArgumentException($"A dimension is never negative; got [{string.Join(", ", shape.ToArray())}].", nameof(shape))));
        }

        if (count != valueCount)
        {
            throw new ArgumentException($"A tensor of shape [{string.Join(", ", shape.ToArray())}] has {count} values; got {valueCount}.", nameof(shape));
        }

        Shape = shape.ToArray();
        (_outer, _length, _inner, _perTensor) = (1, 1, valueCount, granularity.Axis is null);
        if (granularity.Axis is not { } given)
        {
            return;
        }

        int axis = given < 0 ? given + shape.Length : given;
        if ((uint)axis >= (uint)shape.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"A tensor of {shape.Length} dimensions has no axis {given}."), nameof(granularity));
        }

        Axis = axis;
        (_outer, _length, _inner) = (Product(shape[..axis]), (int)shape[axis], Product(shape[(axis + 1)..]));
        _blockSize = granularity.BlockSize ?? 0;
    }

    /// <summary>A run of neighbours: the first value, how many, the scale of the first, and whether each has its own.</summary>
    internal readonly record struct Segment(int Start, int Length, int Parameter, bool Each);

    internal IReadOnlyList<long> Shape { get; }

    /// <summary>The axis from 0; null per tensor.</summary>
    internal int? Axis { get; }

    internal int ParameterCount => _perTensor ? 1 : _blockSize == 0 ? _length : _outer * Blocks * _inner;

    /// <summary>The shape of the scales: none per tensor, a vector per channel, the tensor's with fewer along the axis per block.</summary>
    internal long[] ParameterShape
    {
        get
        {
            if (_perTensor)
            {
                return [];
            }

            long[] shape = _blockSize == 0 ? [_length] : [.. Shape];
            if (_blockSize > 0)
            {
                shape[Axis!.Value] = Blocks;
            }

            return shape;
        }
    }

    private int Blocks => (_length + _blockSize - 1) / _blockSize;

    /// <summary>The scale of one value.</summary>
    internal int ParameterOf(int index)
    {
        int along = index / _inner % _length;
        return _perTensor ? 0 : _blockSize == 0 ? along : (((index / _inner / _length * Blocks) + (along / _blockSize)) * _inner) + (index % _inner);
    }

    internal IEnumerable<Segment> Segments()
    {
        if (_perTensor)
        {
            yield return new Segment(0, _inner, 0, false);
            yield break;
        }

        for (int o = 0; o < _outer; o++)
        {
            int start = o * _length * _inner;
            if (_blockSize == 0 && _inner == 1)
            {
                yield return new Segment(start, _length, 0, true);
                continue;
            }

            if (_blockSize > 0 && _inner == 1)
            {
                for (int a = 0; a < _length; a += _blockSize)
                {
                    yield return new Segment(start + a, Math.Min(_blockSize, _length - a), (o * Blocks) + (a / _blockSize), false);
                }

                continue;
            }

            for (int a = 0; a < _length; a++)
            {
                yield return _blockSize == 0
                    ? new Segment(start + (a * _inner), _inner, a, false)
                    : new Segment(start + (a * _inner), _inner, ((o * Blocks) + (a / _blockSize)) * _inner, true);
            }
        }
    }

    private static int Product(ReadOnlySpan<long> dims)
    {
        long product = 1;
        foreach (long dim in dims)
        {
            product *= dim;
        }

        return (int)product;
    }
}
