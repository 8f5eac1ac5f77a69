using System.Text;
using MlOps.Data.Csv;

namespace MlOps.Data.Tests;

/// <summary>CSV written in a test.</summary>
internal static class CsvText
{
    internal static Table Read(string text, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Table.ReadCsv(stream, options);
    }

    /// <summary>Reads in blocks of a few bytes, so that every row meets a border and many workers take part.</summary>
    internal static Table ReadInBlocks(string text, int blockSize, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using CsvSource source = CsvSource.Open(stream);
        return new Table(new CsvReader(source, options ?? new CsvOptions(), null, CancellationToken.None) { BlockSize = blockSize }.Read());
    }

    internal static CsvException Refuse(string text, CsvOptions? options = null) => Assert.Throws<CsvException>(() => Read(text, options));

    internal static CsvOptions As<T>(string column) => new() { Types = new Dictionary<string, Type> { [column] = typeof(T) } };

    internal static string Write(Table table)
    {
        using var stream = new MemoryStream();
        table.WriteCsv(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static void AssertTexts(string?[] expected, string?[] actual) => Assert.Equal<IEnumerable<string?>>(expected, actual);

    /// <summary>Asserts equal names, types, values and missing flags; doubles to the bit.</summary>
    internal static void AssertEqual(Table expected, Table actual)
    {
        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        Assert.Equal(expected.Columns.Select(c => c.ValueType), actual.Columns.Select(c => c.ValueType));
        Assert.Equal(expected.RowCount, actual.RowCount);
        foreach (Column column in expected.Columns)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                Assert.Equal(Bits(column.GetValue(row)), Bits(actual[column.Name].GetValue(row)));
            }
        }
    }

    private static object? Bits(object? value) => value switch
    {
        double d => BitConverter.DoubleToInt64Bits(d),
        DateTime t => (t, t.Kind),
        _ => value,
    };
}
