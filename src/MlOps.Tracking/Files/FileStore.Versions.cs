using System.Globalization;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    private const string VersionPrefix = "version-";
    private const string DeletedStage = "Deleted_Internal";

    public ModelVersion CreateVersion(NewModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (string.IsNullOrEmpty(version.Source))
        {
            throw TrackingLimits.Missing("source");
        }

        foreach (Tag tag in version.Tags)
        {
            TrackingLimits.CheckModelTag(tag);
        }

        return Changing(() =>
        {
            string model = KnownModel(version.Name);
            int number = Numbers(model).DefaultIfEmpty(0).Max() + 1; // deleted versions keep their folders, so no number comes twice
            long now = Now;
            MakeFolder(VersionFolder(model, number), folder =>
            {
                foreach (Tag tag in version.Tags)
                {
                    TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
                }

                new MetaYaml()
                    .SetEmptyList("aliases")
                    .Set("creation_timestamp", now)
                    .Set("current_stage", nameof(ModelStage.None))
                    .Set("description", version.Description)
                    .Set("last_updated_timestamp", now)
                    .Set("name", version.Name)
                    .Set("run_id", version.RunId)
                    .Set("run_link", version.RunLink)
                    .Set("source", version.Source)
                    .Set("status", "READY")
                    .Set("status_message", (string?)null)
                    .Set("storage_location", version.Source)
                    .Set("user_id", string.IsNullOrEmpty(version.UserId) ? null : version.UserId)
                    .Set("version", number)
                    .Write(Path.Combine(folder, MetaName));
            });
            Touch(model);
            return ReadVersion(version.Name, number);
        });
    }

    public ModelVersion GetVersion(string name, int version) => Guarded(() => ReadVersion(name, version));

    public ModelVersion UpdateVersion(string name, int version, string description) => Changing(() =>
    {
        ChangeMeta(KnownVersion(name, version), meta => meta.Set("description", description ?? ""));
        return ReadVersion(name, version);
    });

    /// <remarks>As in MLflow its folder stays, marked, so that the number is not given again.</remarks>
    public void DeleteVersion(string name, int version, PromotionNote? note = null) => Changing(() =>
    {
        KnownVersion(name, version);
        return Tell(new PromotionDraft(name, PromotionAction.VersionDeleted, "", version, null, note ?? PromotionNote.None));
    });

    public void SetVersionTag(string name, int version, Tag tag)
    {
        TrackingLimits.CheckModelTag(tag);
        Changing(() =>
        {
            string folder = KnownVersion(name, version);
            TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
            return true;
        });
    }

    public void DeleteVersionTag(string name, int version, string key) => Changing(() => TagsOf(KnownVersion(name, version)).Remove(Checked(key)));

    public Page<ModelVersion> SearchVersions(SearchQuery query, CancellationToken cancellationToken = default)
    {
        RegistrySearch search = RegistrySearch.OfVersions(query);
        return Guarded(() => search.Versions(Readable(search.Only("name"), (name, folder) => Versions(name, folder, Aliases(folder))).SelectMany(versions => versions), cancellationToken));
    }

    public ModelVersion TransitionStage(string name, int version, ModelStage stage, bool archiveExisting = false, PromotionNote? note = null)
    {
        TrackingLimits.CheckArchiveExisting(stage, archiveExisting);
        return Changing(() =>
        {
            ModelVersion before = ReadVersion(name, version);
            string model = KnownModel(name);
            int[] others = stage is ModelStage.Staging or ModelStage.Production
                ? [.. Versions(name, model, []).Where(other => other.Stage == stage && other.Version != version).Select(other => other.Version).OrderDescending()]
                : [];
            var drafts = new List<PromotionDraft>();
            if (before.Stage != stage)
            {
                drafts.Add(new PromotionDraft(name, PromotionAction.StageSet, stage.ToString(), version, others.Length > 0 ? others[0] : null, note ?? PromotionNote.None));
            }

            drafts.AddRange((archiveExisting ? others : []).Select(other => new PromotionDraft(name, PromotionAction.StageSet, nameof(ModelStage.Archived), other, null, note ?? PromotionNote.None)));
            if (drafts.Count > 0)
            {
                Tell([.. drafts]);
            }

            return ReadVersion(name, version);
        });
    }

    private static string VersionFolder(string model, int version) => Path.Combine(model, VersionPrefix + version.ToString(CultureInfo.InvariantCulture));

    private static ModelStage StageOf(MetaYaml meta) => Enum.TryParse(meta.Text("current_stage"), ignoreCase: true, out ModelStage stage) && Enum.IsDefined(stage) ? stage : ModelStage.None;

    private static IEnumerable<int> Numbers(string model)
    {
        foreach (string folder in Directory.EnumerateDirectories(model, VersionPrefix + "*"))
        {
            string number = Path.GetFileName(folder)[VersionPrefix.Length..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > 0 && number[0] != '0' && !Links.Is(folder))
            {
                yield return version;
            }
        }
    }

    private static ModelVersion? ReadVersion(string name, string model, int version, ModelAlias[] aliases)
    {
        string folder = VersionFolder(model, version);
        MetaYaml meta = MetaYaml.Read(Path.Combine(folder, MetaName));
        if (meta.Text("current_stage") == DeletedStage)
        {
            return null;
        }

        long created = meta.Number("creation_timestamp") ?? 0;
        return new ModelVersion(
            name,
            version,
            created,
            meta.Number("last_updated_timestamp") ?? created,
            meta.Text("description") ?? "",
            meta.Text("source") ?? "",
            meta.Text("run_id") ?? "",
            meta.Text("run_link") ?? "",
            meta.Text("user_id") ?? "",
            StageOf(meta),
            [.. TagsOf(folder).Values().Select(tag => new Tag(tag.Key, tag.Value))],
            [.. aliases.Where(alias => alias.Version == version).Select(alias => alias.Alias)]);
    }

    /// <summary>The versions of a model that are not deleted; a folder without a readable <c>meta.yaml</c> is left out.</summary>
    private static List<ModelVersion> Versions(string name, string model, ModelAlias[] aliases)
    {
        var versions = new List<ModelVersion>();
        foreach (int number in Numbers(model))
        {
            try
            {
                if (ReadVersion(name, model, number, aliases) is { } version)
                {
                    versions.Add(version);
                }
            }
            catch (TrackingException e) when (e.Error == TrackingError.InternalError)
            {
                // GetVersion says what is wrong with it.
            }
        }

        return versions;
    }

    private ModelVersion ReadVersion(string name, int version)
    {
        string model = KnownModel(name);
        return (version > 0 && Links.IsFolder(VersionFolder(model, version)) ? ReadVersion(name, model, version, Aliases(model)) : null)
            ?? throw new TrackingException(TrackingError.ResourceDoesNotExist, string.Create(CultureInfo.InvariantCulture, $"Model Version (name={name}, version={version}) not found"));
    }

    /// <summary>The folder of a version that is there and not deleted.</summary>
    private string KnownVersion(string name, int version)
    {
        ReadVersion(name, version);
        return VersionFolder(KnownModel(name), version);
    }
}
