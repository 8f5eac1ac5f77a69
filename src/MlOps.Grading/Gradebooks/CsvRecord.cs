namespace MlOps.Grading.Gradebooks;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line of the file it begins on, from 1.</param>
/// <param name="Fields">Its fields, without quotes.</param>
/// <param name="Raw">The record exactly as it stands in the file, without its line end.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string Raw)
{
    /// <summary>Gets a value indicating whether the line is empty, or only commas, as spreadsheets leave them at the end.</summary>
    internal bool IsBlank => Fields.All(string.IsNullOrWhiteSpace);
}
