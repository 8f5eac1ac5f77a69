using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MlOps.Tracking.Files;

/// <summary>A point as a line of a metric's file: <c>timestamp value step</c>, the value as Python prints it.</summary>
internal static class MetricLine
{
    /// <summary>More bytes than any line has: two 64-bit numbers, a double of 17 digits, two spaces and the end.</summary>
    internal const int Longest = 80;

    /// <summary>Writes the line with its end and returns its length.</summary>
    internal static int Write(Span<byte> line, in Metric point)
    {
        Utf8Formatter.TryFormat(point.Timestamp, line, out int length);
        line[length++] = (byte)' ';
        length += Write(line[length..], point.Value);
        line[length++] = (byte)' ';
        Utf8Formatter.TryFormat(point.Step, line[length..], out int step);
        length += step;
        line[length++] = (byte)'\n';
        return length;
    }

    /// <summary>Reads a line without its end: 2 fields (the step is 0), 3, or 5 as MLflow 3 writes them for a logged model.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> line, string key, out Metric point)
    {
        point = default;
        line = line.Trim(" \t\r"u8);
        Span<Range> parts = stackalloc Range[6];
        int count = 0;
        int start = 0;
        while (count < parts.Length)
        {
            int space = line[start..].IndexOf((byte)' ');
            parts[count++] = space < 0 ? start..line.Length : start..(start + space);
            if (space < 0)
            {
                break;
            }

            start += space + 1;
        }

        if (count is not (2 or 3 or 5) || !TryWhole(line[parts[0]], out long timestamp) || !TryValue(line[parts[1]], out double value))
        {
            return false;
        }

        long step = 0;
        if (count > 2 && !TryWhole(line[parts[2]], out step))
        {
            return false;
        }

        point = new Metric(key, value, timestamp, step);
        return true;
    }

    private static int Write(Span<byte> text, double value)
    {
        if (!double.IsFinite(value))
        {
            ReadOnlySpan<byte> name = double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8;
            name.CopyTo(text);
            return name.Length;
        }

        // The shortest digits that read back the same, as Python's. Python's 2 is 2.0, and it goes over to an exponent at 1e16, .NET at 1E+17.
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        int exponent = text[..length].IndexOf((byte)'E');
        if (exponent >= 0)
        {
            text[exponent] = (byte)'e'; // .NET too writes the sign and at least two digits
            return length;
        }

        if (Math.Abs(value) < 1e16)
        {
            return text[..length].Contains((byte)'.') ? length : length + Add(text[length..], ".0"u8);
        }

        int point = text[0] == '-' ? 2 : 1; // 17 digits, the point behind the first
        Span<byte> rest = stackalloc byte[16];
        text[point..length].CopyTo(rest);
        int digits = rest.TrimEnd((byte)'0').Length;
        length = point;
        if (digits > 0)
        {
            text[length++] = (byte)'.';
            length += Add(text[length..], rest[..digits]);
        }

        return length + Add(text[length..], "e+16"u8);
    }

    private static int Add(Span<byte> text, ReadOnlySpan<byte> more)
    {
        more.CopyTo(text);
        return more.Length;
    }

    private static bool TryWhole(ReadOnlySpan<byte> text, out long value) => Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;

    private static bool TryValue(ReadOnlySpan<byte> text, out double value)
    {
        if (Utf8Parser.TryParse(text, out value, out int used) && used == text.Length)
        {
            return true;
        }

        ReadOnlySpan<byte> name = text.TrimStart("+-"u8);
        value = Ascii.EqualsIgnoreCase(name, "nan"u8) ? double.NaN
            : Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8) ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
            : 0;
        return !double.IsFinite(value);
    }
}
