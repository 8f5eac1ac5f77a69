namespace MlOps.Data;

/// <summary>How a CSV file is read. The defaults fit what spreadsheets, pandas and <see cref="Table.WriteCsv(string)"/> write.</summary>
/// <remarks>Numbers use a point as decimal sign whatever the machine's culture.</remarks>
public sealed record CsvOptions
{
    /// <summary>Gets the character between two fields: an ASCII character other than a letter, digit, quote, line end or one of <c>+-.</c>; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Gets the types that are not to be inferred, by column name: double, long, bool, DateTime or string. Empty by default.</summary>
    /// <remarks>Use it for codes that look like numbers, such as a PIN code with a leading zero: <c>Types = new Dictionary&lt;string, Type&gt; { ["pin"] = typeof(string) }</c>.</remarks>
    public IReadOnlyDictionary<string, Type> Types { get; init; } = new Dictionary<string, Type>();

    /// <summary>Gets the unquoted texts that stand for a missing value, compared exactly. By default the empty field, NA, N/A, NaN, null and NULL.</summary>
    public IReadOnlyCollection<string> MissingTokens { get; init; } = ["", "NA", "N/A", "NaN", "null", "NULL"];

    /// <summary>Gets the columns to read, in the order wanted; null reads all. Columns left out are not parsed.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
