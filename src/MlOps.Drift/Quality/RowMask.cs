namespace MlOps.Drift.Quality;

/// <summary>The rows of one part that fail: one bit a row, and no memory as long as none does.</summary>
internal sealed class RowMask(int rows)
{
    private ulong[]? _bits;

    /// <summary>Gets the number of marked rows.</summary>
    internal int Count { get; private set; }

    internal int Rows => rows;

    internal bool this[int row] => _bits is not null && (_bits[row >> 6] >> (row & 63) & 1) != 0;

    internal void Mark(int row)
    {
        _bits ??= new ulong[(rows + 63) / 64];
        ulong bit = 1UL << (row & 63);
        ref ulong word = ref _bits[row >> 6];
        Count += (word & bit) == 0 ? 1 : 0;
        word |= bit;
    }

    /// <summary>Marks rows 64 at a time: bit j of the word stands for row 64 · <paramref name="word"/> + j.</summary>
    internal void Mark(int word, ulong rowBits)
    {
        if (rowBits != 0)
        {
            _bits ??= new ulong[(rows + 63) / 64];
            Count += System.Numerics.BitOperations.PopCount(rowBits & ~_bits[word]);
            _bits[word] |= rowBits;
        }
    }

    /// <summary>The marked rows in ascending order.</summary>
    internal IEnumerable<int> Marked()
    {
        if (_bits is null)
        {
            yield break;
        }

        for (int w = 0; w < _bits.Length; w++)
        {
            for (ulong word = _bits[w]; word != 0; word &= word - 1)
            {
                yield return (w << 6) + System.Numerics.BitOperations.TrailingZeroCount(word);
            }
        }
    }
}
