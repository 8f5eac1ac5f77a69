using System.Globalization;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Gradebooks;

/// <summary>When each student handed in each week.</summary>
/// <remarks>
/// A file <c>submitted.csv</c> in the folder of submissions, with the columns <c>student,week,submitted</c> and times such as
/// <c>2026-11-20T22:10+05:30</c>, wins over the times of the files, which their author can change and copying changes.
/// </remarks>
public sealed class SubmissionTimes
{
    private const string Header = "student,week,submitted";
    private readonly Dictionary<(string Student, int Week), DateTimeOffset> _listed;
    private readonly Dictionary<string, Submission> _submissions;

    private SubmissionTimes(Dictionary<(string Student, int Week), DateTimeOffset> listed, IEnumerable<Submission> submissions)
    {
        _listed = listed;
        _submissions = submissions.ToDictionary(submission => submission.Student);
        Notes = [.. listed.Keys.Select(key => key.Student).Distinct().Where(student => !_submissions.ContainsKey(student)).Order(StringComparer.Ordinal).Select(student => $"submitted.csv names '{student}', who has no submission.")];
    }

    /// <summary>Gets times of which none is known.</summary>
    public static SubmissionTimes None { get; } = new([], []);

    /// <summary>Gets what the instructor should look at: names in the list that nobody has.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads the list beside the submissions, if there is one.</summary>
    /// <param name="submissionsPath">The folder of submissions; with a zip only the times in it count.</param>
    /// <param name="submissions">The submissions that were read from there.</param>
    /// <exception cref="InvalidDataException">The list is not as it should be; the message has file and line.</exception>
    public static SubmissionTimes Read(string submissionsPath, IReadOnlyList<Submission> submissions)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        string path = Path.Combine(submissionsPath, "submitted.csv");
        return new SubmissionTimes(File.Exists(path) ? List(path) : [], submissions);
    }

    /// <summary>When a student handed in a week; null if nobody knows.</summary>
    public DateTimeOffset? Find(string student, int week) =>
        _listed.TryGetValue((student, week), out DateTimeOffset time) ? time : _submissions.GetValueOrDefault(student)?.SubmittedAt(week);

    private static Dictionary<(string Student, int Week), DateTimeOffset> List(string path)
    {
        List<CsvRecord> records = [.. CsvText.ReadFile(path).Where(record => !record.IsBlank)];
        if (records.Count == 0 || string.Join(',', records[0].Fields.Select(field => field.Trim())) != Header)
        {
            throw new InvalidDataException($"{path}, line 1: the columns must be {Header}.");
        }

        Dictionary<(string, int), DateTimeOffset> times = [];
        foreach (CsvRecord record in records.Skip(1))
        {
            string where = FormattableString.Invariant($"{path}, line {record.Line}");
            if (record.Fields.Count != 3)
            {
                throw new InvalidDataException($"{where}: there are {record.Fields.Count} fields; 3 are needed: {Header}.");
            }

            int week = int.TryParse(record.Fields[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : throw new InvalidDataException($"{where}: the week '{record.Fields[1]}' is not a number.");
            DateTimeOffset time = ZonedTime.Parse(record.Fields[2]) ?? throw new InvalidDataException($"{where}: '{record.Fields[2]}' must be {ZonedTime.Wanted}.");
            if (!times.TryAdd((CsvText.Unguarded(record.Fields[0]), week), time))
            {
                throw new InvalidDataException($"{where}: {record.Fields[0]} is there twice for week {week}.");
            }
        }

        return times;
    }
}
