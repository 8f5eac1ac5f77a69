using System.Globalization;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    public void SetAlias(string name, string alias, int version, PromotionNote? note = null)
    {
        TrackingLimits.CheckAlias(alias);
        Changing(() =>
        {
            KnownVersion(name, version);
            int? previous = AliasVersion(KnownModel(name), alias);
            PromotionAction action = note is { IsRollback: true } ? PromotionAction.RolledBack : PromotionAction.AliasSet;
            return previous == version || Tell(new PromotionDraft(name, action, alias, version, previous, note ?? PromotionNote.None));
        });
    }

    public void DeleteAlias(string name, string alias, PromotionNote? note = null) => Changing(() =>
        AliasVersion(KnownModel(name), alias) is not { } previous || Tell(new PromotionDraft(name, PromotionAction.AliasRemoved, alias, null, previous, note ?? PromotionNote.None)));

    public ModelVersion GetVersionByAlias(string name, string alias) => Guarded(() =>
    {
        string model = KnownModel(name);
        if (string.Equals(alias, "latest", StringComparison.OrdinalIgnoreCase))
        {
            return Versions(name, model, Aliases(model)).MaxBy(version => version.Version)
                ?? throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Latest version not found for model {name}.");
        }

        return ReadVersion(name, AliasVersion(model, alias) ?? throw TrackingLimits.Invalid($"Registered model alias {alias} not found."));
    });

    private static KeyFolder AliasesOf(string model) => new(Path.Combine(model, "aliases"), "alias");

    /// <summary>The aliases, in ordinal order; a file that holds no version's number is none.</summary>
    private static ModelAlias[] Aliases(string model) =>
        [.. AliasesOf(model).Values().Select(alias => (alias.Key, Version: Number(alias.Value))).Where(alias => alias.Version is not null).Select(alias => new ModelAlias(alias.Key, alias.Version!.Value))];

    private static int? AliasVersion(string model, string alias)
    {
        foreach (ModelAlias candidate in Aliases(model))
        {
            if (string.Equals(candidate.Alias, alias, StringComparison.Ordinal))
            {
                return candidate.Version;
            }
        }

        return null;
    }

    private static int? Number(string text) => int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
