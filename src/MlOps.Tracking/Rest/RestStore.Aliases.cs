using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Stages and aliases.</content>
internal sealed partial class RestStore
{
    /// <inheritdoc/>
    public ModelVersion TransitionStage(string name, int version, ModelStage stage, bool archiveExisting = false, PromotionNote? note = null)
    {
        TrackingLimits.CheckArchiveExisting(stage, archiveExisting);
        string target = stage.ToString();
        bool logged = KeepsLog(name);
        int? previous = null;
        bool moves = true;
        if (!logged)
        {
            moves = GetVersion(name, version).Stage != stage;
            previous = GetModel(name).LatestVersions.Where(latest => latest.Stage == stage && latest.Version != version).Select(latest => (int?)latest.Version).Max();
        }

        using JsonBody body = VersionBody(name, version).Text("stage"u8, target).Flag("archive_existing_versions"u8, archiveExisting).Note(note);
        ModelVersion? found = null;
        ModelVersion moved = _server.Read(
            PostOf("model-versions/transition-stage", body) with { Happened = () => (found = GetVersion(name, version)).Stage == stage }, ReadVersion) ?? found!;
        if (!logged && moves)
        {
            Append(name, new PromotionDraft(name, PromotionAction.StageSet, target, version, previous, note ?? PromotionNote.None));
        }

        return moved;
    }

    /// <inheritdoc/>
    public void SetAlias(string name, string alias, int version, PromotionNote? note = null)
    {
        TrackingLimits.CheckAlias(alias);
        bool logged = KeepsLog(name);
        int? previous = logged ? null : Pointed(name, alias);
        if (previous == version)
        {
            return; // no news
        }

        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("alias"u8, alias).Text("version"u8, Digits(version)).Note(note);
        Post("registered-models/alias", body);
        if (!logged)
        {
            PromotionAction action = note is { IsRollback: true } ? PromotionAction.RolledBack : PromotionAction.AliasSet;
            Append(name, new PromotionDraft(name, action, alias, version, previous, note ?? PromotionNote.None));
        }
    }

    /// <inheritdoc/>
    public void DeleteAlias(string name, string alias, PromotionNote? note = null)
    {
        bool logged = KeepsLog(name);
        int? previous = logged ? null : Pointed(name, alias);
        if (!logged && previous is null)
        {
            return; // it is not set
        }

        RemoveAlias(name, alias, note);
        if (!logged)
        {
            Append(name, new PromotionDraft(name, PromotionAction.AliasRemoved, alias, null, previous, note ?? PromotionNote.None));
        }
    }

    /// <inheritdoc/>
    public ModelVersion GetVersionByAlias(string name, string alias) => Get(GetOf("registered-models/alias", ("name", name), ("alias", alias)), ReadVersion);

    private void RemoveAlias(string name, string alias, PromotionNote? note)
    {
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("alias"u8, alias).Note(note);
        _server.Send(new RestRequest(HttpMethod.Delete, Models + "alias", body));
    }

    private int? Pointed(string name, string alias) => GetModel(name).Aliases.Where(set => set.Alias == alias).Select(set => (int?)set.Version).FirstOrDefault();
}
