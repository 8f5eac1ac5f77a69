namespace MlOps.Data;

/// <summary>A CSV file cannot be read. The message names the file, the line, the column and what was expected.</summary>
public sealed class CsvException : Exception
{
    /// <summary>Describes what is wrong and where.</summary>
    /// <param name="path">The file as the caller named it, or "stream".</param>
    /// <param name="problem">What came and what is needed, one sentence.</param>
    /// <param name="line">The line in the file, counted from 1; null when the problem is the file as a whole.</param>
    /// <param name="column">The name of the column; null when the problem is not one column.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    public CsvException(string path, string problem, long? line = null, string? column = null, Exception? innerException = null)
        : base(Compose(path, problem, line, column), innerException)
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>Gets the file as the caller named it, or "stream".</summary>
    public string Path { get; }

    /// <summary>Gets the line in the file, counted from 1 with the header; null when no line is to blame.</summary>
    /// <remarks>Lines are those an editor shows: a line break inside quotes counts.</remarks>
    public long? Line { get; }

    /// <summary>Gets the name of the column; null when no column is to blame.</summary>
    public string? Column { get; }

    private static string Compose(string path, string problem, long? line, string? column)
    {
        string place = line is null ? path : FormattableString.Invariant($"{path}, line {line}");
        return column is null ? $"{place}: {problem}" : $"{place}, column '{column}': {problem}";
    }
}
