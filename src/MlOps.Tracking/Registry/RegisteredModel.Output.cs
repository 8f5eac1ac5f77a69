using System.Globalization;

namespace MlOps.Tracking.Registry;

public sealed partial record RegisteredModel
{
    /// <summary>Returns the aliases, the newest versions and the tags, a line each.</summary>
    public override string ToString() => Show().ToString();

    /// <summary>Returns how a notebook shows it: a table of aliases, newest versions and tags.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle(ToString());

    private ResultTable Show() => new(
        $"Model '{Name}'",
        Description,
        ["", ""],
        [
            .. Aliases.Select(alias => (string[])[alias.Alias, string.Create(CultureInfo.InvariantCulture, $"version {alias.Version}")]),
            .. LatestVersions.Select(version => (string[])[version.Stage == ModelStage.None ? "newest" : $"newest in {version.Stage}", string.Create(CultureInfo.InvariantCulture, $"version {version.Version}, {PromotionTime.Text(version.CreationTime)}")]),
            .. Tags.Select(tag => (string[])[tag.Key, tag.Value]),
        ]);
}
