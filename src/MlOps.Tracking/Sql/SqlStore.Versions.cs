using System.Globalization;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const string VersionColumns = "v.model, v.version, v.created, v.updated, v.description, v.source, v.run_id, v.run_link, v.user_id, v.stage";

    public ModelVersion CreateVersion(NewModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        CheckGiven(version.Name);
        if (string.IsNullOrEmpty(version.Source))
        {
            throw TrackingLimits.Missing("source");
        }

        foreach (Tag tag in version.Tags)
        {
            TrackingLimits.CheckModelTag(tag);
        }

        return _database.Write(session =>
        {
            long model = LockModel(session, version.Name);
            long now = Now();
            long number = session.Number("UPDATE models SET last_version = last_version + 1, updated = $1 WHERE number = $2 RETURNING last_version", now, model)!.Value;
            session.Run(
                "INSERT INTO model_versions (model, version, created, updated, description, source, run_id, run_link, user_id, stage) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9)",
                model, number, now, version.Description ?? "", version.Source, version.RunId ?? "", version.RunLink ?? "", version.UserId ?? "", (long)ModelStage.None);
            foreach (Tag tag in version.Tags)
            {
                SetVersionTag(session, model, number, tag);
            }

            return ReadVersion(session, version.Name, number);
        });
    }

    public ModelVersion GetVersion(string name, int version)
    {
        CheckGiven(name);
        return _database.Read(session => ReadVersion(session, name, version));
    }

    public ModelVersion UpdateVersion(string name, int version, string description)
    {
        CheckGiven(name);
        return _database.Write(session =>
        {
            long model = LockVersion(session, name, version);
            session.Run("UPDATE model_versions SET description = $1, updated = $2 WHERE model = $3 AND version = $4", description ?? "", Now(), model, version);
            return ReadVersion(session, name, version);
        });
    }

    public void DeleteVersion(string name, int version, PromotionNote? note = null)
    {
        CheckGiven(name);
        _database.Write(session =>
        {
            long model = LockVersion(session, name, version);
            foreach (string table in (string[])["model_aliases", "version_tags", "model_versions"])
            {
                session.Run($"DELETE FROM {table} WHERE model = $1 AND version = $2", model, version);
            }

            Touch(session, model);
            Append(session, new PromotionDraft(name, PromotionAction.VersionDeleted, "", version, null, note ?? PromotionNote.None));
        });
    }

    public void SetVersionTag(string name, int version, Tag tag)
    {
        CheckGiven(name);
        TrackingLimits.CheckModelTag(tag);
        _database.Write(session => SetVersionTag(session, LockVersion(session, name, version), version, tag));
    }

    public void DeleteVersionTag(string name, int version, string key)
    {
        CheckGiven(name);
        _database.Write(session =>
        {
            session.Run("DELETE FROM version_tags WHERE model = $1 AND version = $2 AND key = $3", LockVersion(session, name, version), version, key);
        });
    }

    public ModelVersion TransitionStage(string name, int version, ModelStage stage, bool archiveExisting = false, PromotionNote? note = null)
    {
        CheckGiven(name);
        TrackingLimits.CheckArchiveExisting(stage, archiveExisting);
        return _database.Write(session =>
        {
            long model = LockVersion(session, name, version);
            ModelStage before = (ModelStage)session.Number("SELECT stage FROM model_versions WHERE model = $1 AND version = $2", model, version)!.Value;
            List<int> others = stage is ModelStage.Staging or ModelStage.Production
                ? session.Rows("SELECT version FROM model_versions WHERE model = $1 AND stage = $2 AND version <> $3 ORDER BY version DESC", row => (int)row.Number(0), model, (long)stage, version)
                : [];
            SetStage(session, model, version, stage);
            if (stage != before)
            {
                Append(session, new PromotionDraft(name, PromotionAction.StageSet, StageName(stage), version, others.Count > 0 ? others[0] : null, note ?? PromotionNote.None));
            }

            foreach (int other in archiveExisting ? others : [])
            {
                SetStage(session, model, other, ModelStage.Archived);
                Append(session, new PromotionDraft(name, PromotionAction.StageSet, StageName(ModelStage.Archived), other, null, note ?? PromotionNote.None));
            }

            Touch(session, model);
            return ReadVersion(session, name, version);
        });
    }

    private static void SetVersionTag(SqlSession session, long model, long version, Tag tag) => session.Run(
        "INSERT INTO version_tags (model, version, key, value) VALUES ($1, $2, $3, $4) ON CONFLICT (model, version, key) DO UPDATE SET value = excluded.value", model, version, tag.Key, tag.Value ?? "");

    private static string StageName(ModelStage stage) => stage.ToString();

    private static TrackingException NoVersion(string name, long version) => NotThere(string.Create(CultureInfo.InvariantCulture, $"Model Version (name={name}, version={version}) not found"));

    /// <summary>Returns the number of the model of a version that is there, and keeps others from changing the model until the transaction ends.</summary>
    private long LockVersion(SqlSession session, string name, long version)
    {
        long model = LockModel(session, name);
        return session.Number("SELECT 1 FROM model_versions WHERE model = $1 AND version = $2", model, version) is null ? throw NoVersion(name, version) : model;
    }

    private void SetStage(SqlSession session, long model, long version, ModelStage stage) =>
        session.Run("UPDATE model_versions SET stage = $1, updated = $2 WHERE model = $3 AND version = $4", (long)stage, Now(), model, version);

    private static ModelVersion ReadVersion(SqlSession session, string name, long version)
    {
        List<StoredVersion> found = session.Rows(
            $"SELECT {VersionColumns} FROM model_versions v JOIN models m ON m.number = v.model WHERE m.name = $1 AND v.version = $2", StoredVersion.Of, name, version);
        return found.Count == 1 ? Filled(session, found[0], name) : throw NoVersion(name, version);
    }

    private static ModelVersion Filled(SqlSession session, StoredVersion version, string name) => version.Row with
    {
        Name = name,
        Tags = session.Rows("SELECT key, value FROM version_tags WHERE model = $1 AND version = $2 ORDER BY key", TagOf, version.Model, version.Row.Version),
        Aliases = session.Rows("SELECT alias FROM model_aliases WHERE model = $1 AND version = $2 ORDER BY alias", row => row.Text(0), version.Model, version.Row.Version),
    };

    /// <summary>A version as its table has it: without the model's name.</summary>
    private readonly record struct StoredVersion(long Model, ModelVersion Row)
    {
        internal static StoredVersion Of(SqlCursor row) => new(row.Number(0), new ModelVersion(
            "", (int)row.Number(1), row.Number(2), row.Number(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), (ModelStage)row.Number(9), [], []));
    }
}
