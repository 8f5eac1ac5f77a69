using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MlOps.Grading.Gradebooks;

/// <summary>Reads <c>policy.yaml</c>, and says what in it is wrong.</summary>
internal static partial class PolicySheet
{
    internal static GradingPolicy Read(string path)
    {
        PolicyFields fields = Parse(path);
        Dictionary<int, WeekPolicy> weeks = [];
        foreach ((int week, WeekFields? said) in fields.Weeks ?? [])
        {
            DateTimeOffset? due = said?.Due is null ? null : Time(path, $"weeks: {week}: due", said.Due);
            weeks.Add(InRange(week, 1, 99, path, "a week"), new WeekPolicy(due, string.IsNullOrWhiteSpace(said?.Title) ? null : said.Title.Trim()));
        }

        var policy = new GradingPolicy
        {
            Weeks = weeks,
            Late = Late(path, fields.Late ?? new LateFields()),
            Extensions = [.. (fields.Extensions ?? []).Select(extension => ToExtension(path, extension, weeks))],
            DropLowest = InRange(fields.DropLowest, 0, 99, path, "dropLowest"),
        };
        CheckDistinct(path, policy);
        return policy;
    }

    private static PolicyFields Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<PolicyFields?>(reader) ?? new PolicyFields();
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static LatePolicy Late(string path, LateFields late) => new()
    {
        Grace = Duration(path, late.Grace),
        PerDay = Share(path, "perDay", late.PerDay ?? 0),
        Most = Share(path, "most", late.Most ?? 1),
        ZeroAfter = late.ZeroAfter is { } days ? InRange(days, 0, 999, path, "late: zeroAfter") : null,
    };

    private static Extension ToExtension(string path, ExtensionFields extension, Dictionary<int, WeekPolicy> weeks)
    {
        string student = extension.Student is { Length: > 0 } name ? name : throw Wrong(path, "extensions: an entry names no student");
        string what = $"extensions: {student}, week {extension.Week}";
        DateTimeOffset until = Time(path, what + ": until", extension.Until);
        return weeks.GetValueOrDefault(extension.Week)?.Due is not { } due ? throw Wrong(path, $"{what}: that week has no due time under 'weeks'")
            : until < due ? throw Wrong(path, FormattableString.Invariant($"{what}: {extension.Until} is before the week is due"))
            : new Extension(student, extension.Week, until);
    }

    private static void CheckDistinct(string path, GradingPolicy policy)
    {
        if (policy.Extensions.GroupBy(extension => (extension.Student, extension.Week)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Wrong(path, $"extensions: {twice.Key.Student} is there twice for week {twice.Key.Week}");
        }

        if (policy.Weeks.Keys.GroupBy(policy.TitleOf).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw Wrong(path, $"weeks {string.Join(" and ", same.Order())} have the same title '{same.Key}'");
        }
    }

    private static DateTimeOffset Time(string path, string what, string? text) =>
        ZonedTime.Parse(text) ?? throw Wrong(path, $"{what}: '{text}' must be {ZonedTime.Wanted}");

    private static TimeSpan Duration(string path, string? text)
    {
        if (text is null or "0")
        {
            return TimeSpan.Zero;
        }

        Match match = DurationForm().Match(text);
        if (!match.Success || text.Length == 0)
        {
            throw Wrong(path, $"late: grace: '{text}' must be a duration such as 30m, 1h or 1d12h");
        }

        return new TimeSpan(Part(1), Part(2), Part(3), Part(4));

        int Part(int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static double Share(string path, string field, double value) =>
        value is >= 0 and <= 1 ? value : throw Wrong(path, FormattableString.Invariant($"late: {field}: {value} must be a share between 0 and 1 (0.1 is a tenth of the points)"));

    private static int InRange(int value, int least, int most, string path, string what) =>
        value >= least && value <= most ? value : throw Wrong(path, FormattableString.Invariant($"{what}: {value} must be between {least} and {most}"));

    private static InvalidDataException Wrong(string path, string what) => new($"{path}: {what}.");

    [GeneratedRegex("^(?:([0-9]{1,4})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,4})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();

    private sealed class PolicyFields
    {
        public Dictionary<int, WeekFields?>? Weeks { get; set; }

        public LateFields? Late { get; set; }

        public List<ExtensionFields>? Extensions { get; set; }

        public int DropLowest { get; set; }
    }

    private sealed class WeekFields
    {
        public string? Due { get; set; }

        public string? Title { get; set; }
    }

    private sealed class LateFields
    {
        public string? Grace { get; set; }

        public double? PerDay { get; set; }

        public double? Most { get; set; }

        public int? ZeroAfter { get; set; }
    }

    private sealed class ExtensionFields
    {
        public string? Student { get; set; }

        public int Week { get; set; }

        public string? Until { get; set; }
    }
}
