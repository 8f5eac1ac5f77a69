using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MlOps.Data;

namespace MlOps.Onnx;

/// <summary>A fingerprint of a table, to be kept with the model that was trained on it.</summary>
/// <remarks>
/// SHA-256 (FIPS 180-4) over the names, types and values of the columns, in order. Equal tables give equal fingerprints on every machine, however
/// they were read: a file with other line ends or quotes has the same one. Another order of rows or columns gives another.
/// </remarks>
public static class TrainingDataHash
{
    private const int FlushAt = 1 << 16;

    /// <summary>Computes the fingerprint.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new MemoryStream();
        Number(buffer, table.Columns.Count);
        Number(buffer, table.RowCount);
        foreach (Column column in table.Columns)
        {
            Text(buffer, column.Name);
            Text(buffer, column.ValueType.Name);
            for (int row = 0; row < column.Count; row++)
            {
                Value(buffer, column, row);
                if (buffer.Length >= FlushAt)
                {
                    Flush(hash, buffer);
                }
            }
        }

        Flush(hash, buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Value(MemoryStream buffer, Column column, int row)
    {
        if (column.IsMissing(row))
        {
            buffer.WriteByte(0);
            return;
        }

        buffer.WriteByte(1);
        switch (column)
        {
            case Column<double> numbers:
                Number(buffer, BitConverter.DoubleToInt64Bits(numbers.Values[row] + 0.0)); // −0 counts as 0
                break;
            case Column<long> whole:
                Number(buffer, whole.Values[row]);
                break;
            case Column<bool> flags:
                buffer.WriteByte(flags.Values[row] ? (byte)1 : (byte)0);
                break;
            case Column<DateTime> times:
                Number(buffer, times.Values[row].Ticks);
                break;
            default:
                var texts = (StringColumn)column;
                Text(buffer, texts.Levels[texts.Codes[row]]);
                break;
        }
    }

    private static void Text(MemoryStream buffer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number(buffer, bytes.Length); // the length first, so that "ab" + "c" is not "a" + "bc"
        buffer.Write(bytes);
    }

    private static void Number(MemoryStream buffer, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        buffer.Write(bytes);
    }

    private static void Flush(IncrementalHash hash, MemoryStream buffer)
    {
        hash.AppendData(buffer.GetBuffer(), 0, (int)buffer.Length);
        buffer.SetLength(0);
    }
}
