using MlOps.Data.Csv;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Reads a CSV file with a header line.</summary>
    /// <remarks>
    /// <para><b>Types.</b> Every value of the file is looked at, not a sample, and the result does not depend on the number of cores.
    /// A column is <c>long</c> if every value that is there is a whole number in its range; else <c>double</c> if every one is a
    /// number (also 1e-3, Infinity, inf; NaN counts as missing); else <c>bool</c> if every one is true or false in any case; else
    /// <c>DateTime</c> if every one is yyyy-MM-dd or yyyy-MM-ddTHH:mm:ss with up to seven decimals, a blank instead of T, and Z for
    /// UTC; else text. A column without any value is <c>double</c>. <see cref="CsvOptions.Types"/> overrides; a double column may
    /// then hold whole numbers. Whole numbers beyond long make the column double.</para>
    /// <para><b>Numbers</b> become the nearest double, exactly as <see cref="double.Parse(string)"/> in the invariant culture gives it.</para>
    /// <para><b>Missing values</b> are the unquoted fields in <see cref="CsvOptions.MissingTokens"/>. A value in quotes is never
    /// missing in a text column ("" is the empty text, "NA" is the text NA); in any other column an empty value in quotes is
    /// missing. Apart from that quotes only delimit: "12" is a number.</para>
    /// <para><b>Form.</b> UTF-8 with or without byte order mark; LF, CRLF or CR; quoted fields may hold separators, line ends and
    /// doubled quotes; a quote inside an unquoted field is an ordinary character; the last line may lack its end. Blank lines are
    /// skipped, except in a file of one column, where they are missing values. A row is at most 64 MiB.</para>
    /// <para>Text is read in blocks and parsed on all cores: a file larger than memory fits if its columns do.</para>
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">Separator, types, missing tokens, columns; null for the defaults.</param>
    /// <param name="progress">Told the share of the file that has been read, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvException">There is no such file, or it is no such table: a ragged row, a header name that is empty or
    /// there twice, a value that does not fit a type asked for, a quote that is not closed, an empty or binary file.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Table ReadCsv(string path, CsvOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using CsvSource source = CsvSource.Open(path);
        return new Table(new CsvReader(source, options ?? new CsvOptions(), progress, cancellationToken).Read());
    }

    /// <summary>Reads CSV text from a stream, from its current position to its end; otherwise as <see cref="ReadCsv(string, CsvOptions?, IProgress{double}?, CancellationToken)"/>.</summary>
    /// <remarks>A stream that cannot seek is first copied to a temporary file, because a column may have to be read twice. The stream stays open.</remarks>
    /// <param name="stream">UTF-8 text.</param>
    /// <param name="options">Separator, types, missing tokens, columns; null for the defaults.</param>
    /// <param name="progress">Told the share of the stream that has been read, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvException">The text is no such table.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Table ReadCsv(Stream stream, CsvOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using CsvSource source = CsvSource.Open(stream);
        return new Table(new CsvReader(source, options ?? new CsvOptions(), progress, cancellationToken).Read());
    }

    /// <summary>Reads a CSV file part by part, for a file of any size in bounded memory; otherwise as <see cref="ReadCsv(string, CsvOptions?, IProgress{double}?, CancellationToken)"/>.</summary>
    /// <remarks>
    /// All parts set below each other are the table that <c>ReadCsv</c> gives: types are those of the whole file. Unless <see cref="CsvOptions.Types"/> gives the type of every
    /// column that is wanted, the file is read twice for that. A file without rows gives one part without rows.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="rowsPerPart">Rows in every part but the last, ≥ 1.</param>
    /// <param name="options">Separator, types, missing tokens, columns; null for the defaults.</param>
    /// <param name="progress">Told the share of the file that has been read, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvException">As for <c>ReadCsv</c>; a row that does not fit is told when its part is asked for, unless the first reading finds it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IEnumerable<Table> ReadCsvInParts(string path, int rowsPerPart, CsvOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Guard.AtLeast(rowsPerPart, 1);
        return Parts();

        IEnumerable<Table> Parts()
        {
            using CsvSource source = CsvSource.Open(path);
            foreach (Table part in new CsvReader(source, options ?? new CsvOptions(), progress, cancellationToken).ReadInParts(rowsPerPart))
            {
                yield return part;
            }
        }
    }
}
