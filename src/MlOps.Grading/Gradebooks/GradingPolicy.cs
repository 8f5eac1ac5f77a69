namespace MlOps.Grading.Gradebooks;

/// <summary>When work is due, what lateness costs, and which weeks count.</summary>
/// <remarks>
/// As <c>policy.yaml</c>; every part may be left out:
/// <code>
/// weeks:
///   12: { due: 2026-11-20T23:59+05:30, title: "Week 12 (4711)" }
/// late: { grace: 1h, perDay: 0.10, most: 0.5, zeroAfter: 7 }
/// extensions:
///   - { student: anna, week: 12, until: 2026-11-25T23:59+05:30 }
/// dropLowest: 1
/// </code>
/// 23:59 means 23:59:00; a grace of a minute or more forgives the rest of that minute and slow uploads.
/// </remarks>
public sealed record GradingPolicy
{
    /// <summary>Gets the policy of a course that sets none: nothing is late, every week counts.</summary>
    public static GradingPolicy None { get; } = new();

    /// <summary>Gets the weeks that something is said of.</summary>
    public IReadOnlyDictionary<int, WeekPolicy> Weeks { get; init; } = new Dictionary<int, WeekPolicy>();

    /// <summary>Gets what lateness costs.</summary>
    public LatePolicy Late { get; init; } = new();

    /// <summary>Gets the students with more time; at most one entry for a student and week.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>Gets how many weeks are left out of a student's total: those with the lowest share of points, of equals the earlier.
    /// One week always stays, however few there are. Default: 0.</summary>
    public int DropLowest { get; init => field = Guard.AtLeast(value, 0, nameof(DropLowest)); }

    /// <summary>Reads a policy.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Something in it is wrong; the message names the file and the line or entry.</exception>
    public static GradingPolicy Load(string path) => PolicySheet.Read(path);

    /// <summary>The due time that holds for a student: their extension, else the week's; null if there is none.</summary>
    public DateTimeOffset? DueAt(string student, int week) =>
        Extensions.FirstOrDefault(extension => extension.Student == student && extension.Week == week)?.Until ?? Weeks.GetValueOrDefault(week)?.Due;

    /// <summary>The name of a week's column in files for learning platforms.</summary>
    public string TitleOf(int week) => Weeks.GetValueOrDefault(week)?.Title ?? FormattableString.Invariant($"Week {week}");

    /// <summary>The whole days that a student's week is late; 0 if it is on time, has no due time, or no known time of submission.</summary>
    public int DaysLate(string student, int week, DateTimeOffset? submitted) =>
        DueAt(student, week) is { } due && submitted is { } time ? Late.DaysLate(due, time) : 0;
}
