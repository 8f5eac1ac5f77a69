using MlOps.Data.Csv;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Writes the table as CSV: UTF-8 without byte order mark, LF, a header line, quotes only where needed.</summary>
    /// <remarks>
    /// <para>Numbers are the shortest text that reads back to the same double, with .0 added to whole ones so that the column stays
    /// double. A missing value is an empty field; the empty text is "". A text that would be read as missing, such as NA, is quoted.
    /// Times are yyyy-MM-dd if no value of the column has a time of day, else yyyy-MM-ddTHH:mm:ss with the decimals needed and Z for UTC.</para>
    /// <para>What is written reads back to the same table, except that text which looks like numbers, truth values or times in every
    /// row is inferred as such (<see cref="CsvOptions.Types"/> prevents that).</para>
    /// <para>The file is written beside its place and then moved, so a reader sees the old file or the new one, never half of it.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The table has no columns, so there is no header to write.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void WriteCsv(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RequireColumns();
        using var file = new CsvPartsWriter(path);
        file.Write(this);
        file.Complete();
    }

    /// <summary>Writes the table as CSV to a stream, which stays open; the form is that of <see cref="WriteCsv(string)"/>.</summary>
    /// <exception cref="InvalidOperationException">The table has no columns.</exception>
    public void WriteCsv(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireColumns();
        CsvWriter.Write(this, stream);
    }

    private void RequireColumns()
    {
        if (_columns.Length == 0)
        {
            throw new InvalidOperationException("A table without columns cannot be written as CSV: there is no header.");
        }
    }
}
