using System.Runtime.InteropServices;

namespace MlOps.Drift.Sketches;

/// <summary>Reads the content of a sketch file and distrusts it: what cannot be is an <see cref="InvalidDataException"/> that says what it was.</summary>
internal sealed class SketchReader(byte[] content)
{
    private int _position;

    private int Left => content.Length - _position;

    internal static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The sketch is damaged: {problem}.");
        }
    }

    /// <summary>Requires finite values in rising order.</summary>
    internal static void RequireRising(ReadOnlySpan<double> values, string what, bool strictly)
    {
        for (int i = 1; i < values.Length; i++)
        {
            Require(strictly ? values[i] > values[i - 1] : values[i] >= values[i - 1], $"{what} do not rise");
        }
    }

    /// <summary>The counterpart of <see cref="Text"/>.</summary>
    internal static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    internal byte Byte(string what, int least, int most)
    {
        byte value = Take(1)[0];
        Require(value >= least && value <= most, $"{what} is {value}, not {least} to {most}");
        return value;
    }

    internal int Int(string what, int least, int most)
    {
        int value = MemoryMarshal.Read<int>(Take(sizeof(int)));
        Require(value >= least && value <= most, FormattableString.Invariant($"{what} is {value}, not {least} to {most}"));
        return value;
    }

    internal ulong Bits() => MemoryMarshal.Read<ulong>(Take(sizeof(ulong)));

    internal double Double() => MemoryMarshal.Read<double>(Take(sizeof(double)));

    internal long Count(string what)
    {
        long value = (long)Bits();
        Require(value >= 0, FormattableString.Invariant($"the count of {what} is {value}"));
        return value;
    }

    /// <summary>A number of things that follow, of at least so many bytes each: never more than there can be.</summary>
    internal int Length(string what, int bytes) => Int(what, 0, Left / bytes);

    internal void Bytes(Span<byte> values) => Take(values.Length).CopyTo(values);

    internal void Doubles(Span<double> values) => Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>UTF-16 units: also texts that are no valid Unicode come back as they were.</summary>
    internal string Text(string what) => new(MemoryMarshal.Cast<byte, char>(Take(sizeof(char) * Length(what, sizeof(char)))));

    internal void RequireEnd() => Require(Left == 0, $"{Left} bytes are left over");

    private ReadOnlySpan<byte> Take(int bytes)
    {
        Require(bytes <= Left, "it ends in the middle of a value");
        _position += bytes;
        return content.AsSpan(_position - bytes, bytes);
    }
}
