using System.Globalization;
using System.Text;

namespace MlOps.Grading.Gradebooks;

public sealed partial class Gradebook
{
    private const string CanvasPointsRow = "    Points Possible"; // with the spaces of the platform's own export

    /// <summary>Writes <c>gradebook.csv</c>: one row for each exercise of each student.</summary>
    /// <remarks>Columns: <c>student,week,exercise,points,max,late,status</c>; <c>late</c> in whole days. UTF-8, lines ended by LF, quotes by RFC 4180,
    /// a point for fractions. A name that a spreadsheet would take for a formula (it begins with <c>= + - @</c>, a tab or a carriage return) gets an apostrophe in front.</remarks>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void WriteCsv(string path) => AtomicFile.Write(path, Rows(
        ["student", "week", "exercise", "points", "max", "late", "status"],
        Entries.Select(IEnumerable<string> (entry) =>
        [
            CsvText.Text(entry.Student), entry.Week.ToString(CultureInfo.InvariantCulture), CsvText.Text(entry.Exercise), CsvText.Number(entry.Points),
            CsvText.Number(entry.Max), entry.DaysLate.ToString(CultureInfo.InvariantCulture), entry.Status,
        ])));

    /// <summary>Writes everything as JSON: totals, weeks, exercises, tests, marks and notes; indented, in a fixed order.</summary>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void WriteJson(string path) => AtomicFile.Write(path, GradebookJson.Text(this, _results, _marks));

    /// <summary>Writes a file that the gradebook of Canvas imports: one column a week, and the row of points possible.</summary>
    /// <remarks>
    /// Assumed of Canvas: it looks for a student by <c>ID</c>, then <c>SIS User ID</c>, then <c>SIS Login ID</c>, then the name. The submission's
    /// student name stands under <c>Student</c> and <c>SIS Login ID</c>, the rest is empty; so name folders by login. A column is matched to an
    /// assignment by the number in brackets at its end, then by its title, and else becomes a new assignment: give
    /// <c>title: "Week 12 (4711)"</c> in the policy. Names that would be formulas are guarded as in <see cref="WriteCsv"/> and then match nobody.
    /// <para>Dropping the lowest weeks is left to the platform. A week that a student has no result for is an empty cell.</para>
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void WriteCanvasCsv(string path)
    {
        int[] weeks = Weeks();
        AtomicFile.Write(path, Rows(
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", .. weeks.Select(week => CsvText.Text(_policy.TitleOf(week)))],
            Totals.Select(IEnumerable<string> (total) =>
            {
                // A row with these words in its first cell would set the points possible, whoever wrote them.
                bool posesAsPoints = total.Student.Contains(CanvasPointsRow.Trim(), StringComparison.OrdinalIgnoreCase);
                return [posesAsPoints ? "" : CsvText.Text(total.Student), "", "", CsvText.Text(total.Student), "", .. Cells(total, weeks)];
            }).Prepend([CanvasPointsRow, "", "", "", "", .. weeks.Select(MostOf)])));
    }

    /// <summary>Writes a file for the CSV grade import of Moodle: one column a week.</summary>
    /// <remarks>
    /// Assumed of Moodle: the import asks which column names the student ("Map from") and what it is matched with ("Map to": user name, email
    /// address or ID number), and to which grade item each other column goes. The submission's student name stands under <c>Username</c>;
    /// map it to whichever of the three your folders are named by. Names that would be formulas are guarded as in <see cref="WriteCsv"/>.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void WriteMoodleCsv(string path)
    {
        int[] weeks = Weeks();
        AtomicFile.Write(path, Rows(
            ["Username", .. weeks.Select(week => CsvText.Text(_policy.TitleOf(week)))],
            Totals.Select(IEnumerable<string> (total) => [CsvText.Text(total.Student), .. Cells(total, weeks)])));
    }

    private int[] Weeks() => [.. Entries.Select(entry => entry.Week).Distinct().Order()];

    private string MostOf(int week) => CsvText.Number(Totals.SelectMany(total => total.Weeks).Where(total => total.Week == week).Max(total => total.Max));

    private static IEnumerable<string> Cells(StudentTotal total, int[] weeks) =>
        weeks.Select(week => total.Weeks.FirstOrDefault(candidate => candidate.Week == week) is { } found ? CsvText.Number(found.Points) : "");

    private static string Rows(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder(CsvText.Line(header));
        foreach (IEnumerable<string> row in rows)
        {
            text.Append(CsvText.Line(row));
        }

        return text.ToString();
    }
}
