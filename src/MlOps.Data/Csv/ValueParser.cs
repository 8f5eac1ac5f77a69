using System.Globalization;
using System.Text;

namespace MlOps.Data.Csv;

/// <summary>Turns the bytes of one whole field into a value. These are the definitions; the chunks have faster ways to the same result.</summary>
internal static class ValueParser
{
    internal static bool TryLong(ReadOnlySpan<byte> text, out long value)
    {
        // "-0" is left to double: as a long it would lose its sign.
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value)
            && (value != 0 || !text.Contains((byte)'-'));
    }

    internal static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        // The way Python writes infinity; .NET reads only the full word.
        ReadOnlySpan<byte> word = text.Trim((byte)' ');
        bool negative = word is [(byte)'-', ..];
        if (word is [(byte)'+' or (byte)'-', ..])
        {
            word = word[1..];
        }

        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(word, "inf"u8);
    }

    internal static bool TryBool(ReadOnlySpan<byte> text, out bool value)
    {
        text = text.Trim((byte)' ');
        value = Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    /// <summary>yyyy-MM-dd, or that with T or a blank and HH:mm:ss, up to seven decimals, and Z for UTC.</summary>
    internal static bool TryTime(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        text = text.Trim((byte)' ');
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateTime(year, month, day);
        return text.Length == 10 || TryClock(text[10..], ref value);
    }

    private static bool TryClock(ReadOnlySpan<byte> text, ref DateTime value)
    {
        if (text.Length < 9 || text[0] is not ((byte)'T' or (byte)' ') || text[3] != ':' || text[6] != ':'
            || !TryDigits(text[1..3], out int hour) || !TryDigits(text[4..6], out int minute) || !TryDigits(text[7..9], out int second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        text = text[9..];
        long ticks = 0;
        if (text is [(byte)'.', ..])
        {
            int digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? text.Length - 1 : digits;
            if (digits is 0 or > 7 || !TryDigits(text.Slice(1, digits), out int fraction))
            {
                return false;
            }

            ticks = fraction;
            for (int i = digits; i < 7; i++)
            {
                ticks *= 10; // a tick is the seventh decimal of a second
            }

            text = text[(digits + 1)..];
        }

        bool utc = text is [(byte)'Z'];
        if (!utc && !text.IsEmpty)
        {
            return false;
        }

        long total = value.Ticks + (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + ticks;
        value = new DateTime(total, utc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            int digit = b - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
