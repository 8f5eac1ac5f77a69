using System.Globalization;
using System.Runtime.CompilerServices;

namespace MlOps.Data.Csv;

/// <summary>Numbers of one block.</summary>
internal sealed class DoubleChunk : ValueChunk<double>
{
    private const int SafeDigits = 19; // any 19 digits fit an unsigned long
    private const ulong ExactIntegers = 1UL << 53; // up to here every whole number is a double

    // Powers of ten that are doubles. A quotient of two exact doubles is rounded once, so it is the nearest double.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    internal DoubleChunk(ChunkContext context, EmptyChunk empty, int row)
        : base(context) => StartAfter(empty, row);

    /// <summary>Takes over the whole numbers read so far: a long rounds to the same double as its text does.</summary>
    internal DoubleChunk(ChunkContext context, LongChunk longs, int row)
        : base(context)
    {
        Inherit(longs);
        CopyFrom(longs, row, Values);
    }

    internal override ValueKind Kind => ValueKind.Double;

    private protected override double MissingValue => double.NaN;

    internal static void CopyFrom(LongChunk longs, int rows, Span<double> values)
    {
        for (int i = 0; i < rows; i++)
        {
            values[i] = longs.MissingFlags is not null && longs.MissingFlags[i] ? double.NaN : longs.Values[i];
        }
    }

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
        ulong digits = 0;
        uint digit;
        while ((digit = (uint)data[position] - '0') <= 9)
        {
            digits = (digits * 10) + digit;
            position++;
        }

        int count = position - first;
        int decimals = 0;
        if (data[position] == '.')
        {
            int point = position++;
            while ((digit = (uint)data[position] - '0') <= 9)
            {
                digits = (digits * 10) + digit;
                position++;
            }

            decimals = position - point - 1;
            count += decimals;
        }

        if (count == 0 || !Context.Scanner.IsEnd(data[position]))
        {
            return ReadAny(data, start, row);
        }

        if (count <= SafeDigits && digits <= ExactIntegers)
        {
            double value = digits / PowersOfTen[decimals];
            Values[row] = negative ? -value : value;
        }
        else
        {
            Values[row] = double.Parse(data[start..position], NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return position;
    }

    private protected override bool TryParse(ReadOnlySpan<byte> text, out double value) => ValueParser.TryDouble(text, out value);
}
