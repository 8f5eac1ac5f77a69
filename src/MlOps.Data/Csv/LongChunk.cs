using System.Runtime.CompilerServices;

namespace MlOps.Data.Csv;

/// <summary>Whole numbers of one block.</summary>
internal sealed class LongChunk : ValueChunk<long>
{
    private const int SafeDigits = 18; // any 18 digits fit a long

    internal LongChunk(ChunkContext context, EmptyChunk empty, int row)
        : base(context) => StartAfter(empty, row);

    internal override ValueKind Kind => ValueKind.Long;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    internal override int Read(ReadOnlySpan<byte> data, int start, int row)
    {
        int position = start;
        bool negative = data[position] == '-';
        if (negative)
        {
            position++;
        }

        int first = position;
        long value = 0;
        uint digit;
        while ((digit = (uint)data[position] - '0') <= 9)
        {
            value = (value * 10) + digit; // wraps beyond 18 digits, in which case it is not used
            position++;
        }

        int digits = position - first;
        if (digits is 0 or > SafeDigits || !Context.Scanner.IsEnd(data[position]) || (negative && value == 0))
        {
            return ReadAny(data, start, row);
        }

        Values[row] = negative ? -value : value;
        return position;
    }

    private protected override bool TryParse(ReadOnlySpan<byte> text, out long value) => ValueParser.TryLong(text, out value);
}
