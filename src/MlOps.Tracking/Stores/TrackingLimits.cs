using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Stores;

/// <summary>MLflow's limits, which every store keeps so that what one has accepted another accepts.</summary>
/// <remarks>Lengths count characters (UTF-16 units). A name that is too long is refused; a long value of a parameter or of a run's tag is cut, as MLflow does.</remarks>
internal static partial class TrackingLimits
{
    /// <summary>The longest key of a metric, parameter or tag.</summary>
    public const int Key = 250;

    /// <summary>The longest value of a parameter; what is longer is cut.</summary>
    public const int ParamValue = 6000;

    /// <summary>The longest value of a run's tag; what is longer is cut.</summary>
    public const int TagValue = 8000;

    /// <summary>The longest value of an experiment's tag.</summary>
    public const int ExperimentTagValue = 5000;

    /// <summary>The longest value of a tag of a model or a version.</summary>
    public const int ModelTagValue = 100_000;

    /// <summary>The longest name of an experiment.</summary>
    public const int ExperimentName = 500;

    /// <summary>The longest name of a model.</summary>
    public const int ModelName = 250;

    /// <summary>The longest alias.</summary>
    public const int Alias = 255;

    /// <summary>The most metrics, and the most items in all, of one request to a server.</summary>
    public const int BatchItems = 1000;

    /// <summary>The most parameters, and the most tags, of one request to a server.</summary>
    public const int BatchPairs = 100;

    [GeneratedRegex(@"^[\w\-. :/]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern { get; }

    [GeneratedRegex(@"^[\w\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AliasPattern { get; }

    [GeneratedRegex(@"^v\d+\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex VersionLike { get; }

    internal static void CheckMetric(in Metric metric) => CheckKey(metric.Key, "metric");

    /// <summary>Checks the key and returns the parameter with its value cut to the limit.</summary>
    internal static Param Checked(Param param)
    {
        CheckKey(param.Key, "parameter");
        return param.Value is null ? throw Missing("value") : param with { Value = Cut(param.Value, ParamValue) };
    }

    /// <summary>Checks the key of a run's tag and returns it with its value cut to the limit.</summary>
    internal static Tag Checked(Tag tag)
    {
        CheckKey(tag.Key, "tag");
        return tag with { Value = Cut(tag.Value ?? "", TagValue) };
    }

    internal static void CheckExperimentTag(Tag tag)
    {
        CheckKey(tag.Key, "tag");
        CheckLength(tag.Value, ExperimentTagValue, $"The value of the tag '{Shown(tag.Key)}'");
    }

    internal static void CheckModelTag(Tag tag)
    {
        CheckKey(tag.Key, "tag");
        CheckLength(tag.Value, ModelTagValue, $"The value of the tag '{Shown(tag.Key)}'");
    }

    internal static void CheckExperimentName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw Missing("name");
        }

        CheckLength(name, ExperimentName, "The name of an experiment");
    }

    internal static void CheckModelName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw Missing("name");
        }

        CheckLength(name, ModelName, "The name of a model");
        if (name.AsSpan().IndexOfAny("/:%\\") >= 0 || name is "." or ".." || name.Any(char.IsControl))
        {
            throw Invalid($"Invalid model name: '{Shown(name)}'. It becomes part of addresses and folders, so '/', ':', '%', '\\' and control characters cannot be in it.");
        }
    }

    internal static void CheckAlias(string? alias)
    {
        if (string.IsNullOrEmpty(alias))
        {
            throw Missing("alias");
        }

        CheckLength(alias, Alias, "An alias");
        if (!AliasPattern.IsMatch(alias))
        {
            throw Invalid($"Invalid alias: '{Shown(alias)}'. Letters, digits, '_' and '-' may be in it.");
        }

        if (alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || VersionLike.IsMatch(alias))
        {
            throw Invalid($"Invalid alias: '{alias}'. 'latest' and 'v' with a number are reserved.");
        }
    }

    internal static void CheckArchiveExisting(ModelStage stage, bool archiveExisting)
    {
        if (archiveExisting && stage is not (ModelStage.Staging or ModelStage.Production))
        {
            throw Invalid($"archive_existing_versions goes with the stages Staging and Production, not with {stage}.");
        }
    }

    internal static void CheckPage(int maxResults, int most)
    {
        if (maxResults < 1 || maxResults > most)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"Invalid value {maxResults} for parameter 'max_results': it must be from 1 to {most}."));
        }
    }

    internal static TrackingException Invalid(string message) => new(TrackingError.InvalidParameterValue, message);

    internal static TrackingException Missing(string parameter) => Invalid($"Missing value for required parameter '{parameter}'.");

    private static void CheckKey(string? key, string what)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw Missing("key");
        }

        CheckLength(key, Key, $"The key of a {what}");
        if (!KeyPattern.IsMatch(key))
        {
            throw Invalid($"Invalid {what} key: '{Shown(key)}'. Letters, digits, '_', '-', '.', ' ', ':' and '/' may be in it.");
        }

        // A key is a path in MLflow's files.
        if (key[0] == '/' || key[^1] == '/' || key.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw Invalid($"Invalid {what} key: '{Shown(key)}'. Between slashes there must be a name: no '//', '.', '..', and no slash at either end.");
        }
    }

    private static void CheckLength(string? text, int most, string what)
    {
        if (text is { } given && given.Length > most)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{what} has {given.Length} characters; the limit is {most}: '{Shown(given)}'."));
        }
    }

    private static string Cut(string value, int most)
    {
        if (value.Length <= most)
        {
            return value;
        }

        return char.IsHighSurrogate(value[most - 1]) ? value[..(most - 1)] : value[..most]; // half a character is no text
    }

    private static string Shown(string text) => ShortText.Of(text, 60);
}
