namespace MlOps.Drift.Quality;

/// <summary>A text of expectations cannot be read. The message names line and column and says what is needed.</summary>
public sealed class ExpectationsFormatException : Exception
{
    /// <summary>Describes what is wrong and where.</summary>
    /// <param name="problem">What came and what is needed, one sentence.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="column">The column in the line, counted from 1.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    public ExpectationsFormatException(string problem, long line, long column, Exception? innerException = null)
        : base(FormattableString.Invariant($"line {line}, column {column}: {problem}"), innerException) =>
        (Line, Column) = (line, column);

    /// <summary>Gets the line, counted from 1.</summary>
    public long Line { get; }

    /// <summary>Gets the column in the line, counted from 1.</summary>
    public long Column { get; }
}
