using System.Globalization;

namespace MlOps.Grading.Gradebooks;

/// <summary>Reads and writes the rows of <c>manual.csv</c>, each with the text it came from, so that what a person wrote is kept to the byte.</summary>
internal static class ManualSheet
{
    internal const string Header = "student,week,exercise,criterion,max,points,comment";
    private const int Columns = 7;

    /// <summary>One row as it stands in the file.</summary>
    /// <param name="Line">The line it begins on.</param>
    /// <param name="Raw">Its text.</param>
    /// <param name="Mark">What it says; <see cref="ManualMark.Max"/> is NaN where the cell is empty.</param>
    internal sealed record Row(int Line, string Raw, ManualMark Mark)
    {
        internal bool IsFilledIn => Mark.Points is not null || !string.IsNullOrWhiteSpace(Mark.Comment);
    }

    /// <exception cref="InvalidDataException">A row is not as it should be; the message has file and line.</exception>
    internal static List<Row> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        List<CsvRecord> records = [.. CsvText.ReadFile(path).Where(record => !record.IsBlank)];
        if (records.Count > 0 && string.Join(',', records[0].Fields.Select(field => field.Trim())) != Header)
        {
            throw new InvalidDataException($"{path}, line {records[0].Line}: the columns must be {Header}, with commas between them.");
        }

        List<Row> rows = [.. records.Skip(1).Select(record => new Row(record.Line, record.Raw, ToMark(record, path)))];
        if (rows.GroupBy(row => Key(row.Mark)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"{path}, lines {string.Join(" and ", twice.Select(row => row.Line))}: these rows are for the same student, exercise and criterion. Keep one.");
        }

        return rows;
    }

    internal static string ToRaw(ManualMark mark) => CsvText.Line(
        CsvText.Text(mark.Student), mark.Week.ToString(CultureInfo.InvariantCulture), mark.Exercise, CsvText.Text(mark.Criterion), CsvText.Number(mark.Max), "", "").TrimEnd('\n');

    internal static (string Student, int Week, string Exercise, string Criterion) Key(ManualMark mark) => (mark.Student, mark.Week, mark.Exercise, mark.Criterion);

    private static ManualMark ToMark(CsvRecord record, string path)
    {
        string where = FormattableString.Invariant($"{path}, line {record.Line}");
        if (record.Fields.Count != Columns)
        {
            throw new InvalidDataException($"{where}: there are {record.Fields.Count} fields; {Columns} are needed: {Header}. Put a text with commas in quotes.");
        }

        if (!int.TryParse(record.Fields[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out int week))
        {
            throw new InvalidDataException($"{where}: the week '{record.Fields[1]}' is not a number.");
        }

        return new ManualMark(
            CsvText.Unguarded(record.Fields[0]),
            week,
            record.Fields[2].Trim(),
            CsvText.Unguarded(record.Fields[3]).Trim(),
            Number(record.Fields[4], where, "max") ?? double.NaN,
            Number(record.Fields[5], where, "points"),
            CsvText.Unguarded(record.Fields[6]));
    }

    private static double? Number(string field, string where, string column)
    {
        if (string.IsNullOrWhiteSpace(field))
        {
            return null;
        }

        return double.TryParse(field, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{where}: {column} '{field}' must be a number from 0, with a point for fractions, such as 2.5.");
    }
}
