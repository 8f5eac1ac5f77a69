using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const string ModelColumns = "number, name, created, updated, description";

    public RegisteredModel CreateModel(string name, string description = "", IReadOnlyList<Tag>? tags = null)
    {
        TrackingLimits.CheckModelName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckModelTag(tag);
        }

        return _database.Write(session =>
        {
            long model = session.Number(
                "INSERT INTO models (name, description, created, updated, last_version) VALUES ($1, $2, $3, $3, 0) ON CONFLICT DO NOTHING RETURNING number", name, description ?? "", Now()) ?? throw ModelExists(name);
            foreach (Tag tag in tags ?? [])
            {
                SetModelTag(session, model, tag);
            }

            return ReadModel(session, name);
        });
    }

    public RegisteredModel GetModel(string name)
    {
        CheckGiven(name);
        return _database.Read(session => ReadModel(session, name));
    }

    public RegisteredModel RenameModel(string name, string newName)
    {
        CheckGiven(name);
        TrackingLimits.CheckModelName(newName);
        return _database.Write(session =>
        {
            long model = LockModel(session, name);
            if (newName != name)
            {
                Append(session, new PromotionDraft(name, PromotionAction.ModelRenamed, newName, null, null, PromotionNote.None)); // locks the log first: two renames to one name come one after the other
                if (session.Number("SELECT number FROM models WHERE name = $1", newName) is not null)
                {
                    throw ModelExists(newName);
                }

                session.Run("UPDATE models SET name = $1, updated = $2 WHERE number = $3", newName, Now(), model);
                session.Run("UPDATE model_versions SET updated = $1 WHERE model = $2", Now(), model);
            }

            return ReadModel(session, newName);
        });
    }

    public RegisteredModel UpdateModel(string name, string description)
    {
        CheckGiven(name);
        return _database.Write(session =>
        {
            session.Run("UPDATE models SET description = $1, updated = $2 WHERE number = $3", description ?? "", Now(), LockModel(session, name));
            return ReadModel(session, name);
        });
    }

    public void DeleteModel(string name, PromotionNote? note = null)
    {
        CheckGiven(name);
        _database.Write(session =>
        {
            long model = LockModel(session, name);
            foreach (string table in (string[])["model_aliases", "version_tags", "model_versions", "model_tags"])
            {
                session.Run($"DELETE FROM {table} WHERE model = $1", model);
            }

            session.Run("DELETE FROM models WHERE number = $1", model);
            Append(session, new PromotionDraft(name, PromotionAction.ModelDeleted, "", null, null, note ?? PromotionNote.None));
        });
    }

    public void SetModelTag(string name, Tag tag)
    {
        CheckGiven(name);
        TrackingLimits.CheckModelTag(tag);
        _database.Write(session =>
        {
            long model = LockModel(session, name);
            SetModelTag(session, model, tag);
            Touch(session, model);
        });
    }

    public void DeleteModelTag(string name, string key)
    {
        CheckGiven(name);
        _database.Write(session =>
        {
            long model = LockModel(session, name);
            if (session.Run("DELETE FROM model_tags WHERE model = $1 AND key = $2", model, key) > 0)
            {
                Touch(session, model);
            }
        });
    }

    private static void SetModelTag(SqlSession session, long model, Tag tag) => session.Run(
        "INSERT INTO model_tags (model, key, value) VALUES ($1, $2, $3) ON CONFLICT (model, key) DO UPDATE SET value = excluded.value", model, tag.Key, tag.Value ?? "");

    private static void CheckGiven(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw TrackingLimits.Missing("name");
        }
    }

    private static TrackingException ModelExists(string name) => new(TrackingError.ResourceAlreadyExists, $"Registered Model (name={name}) already exists.");

    private static TrackingException NoModel(string name) => NotThere($"Registered Model with name={name} not found");

    /// <summary>Finds a model and keeps others from changing it until the transaction ends.</summary>
    private long LockModel(SqlSession session, string name) => session.Number("SELECT number FROM models WHERE name = $1" + _database.Words.ForUpdate, name) ?? throw NoModel(name);

    private void Touch(SqlSession session, long model) => session.Run("UPDATE models SET updated = $1 WHERE number = $2", Now(), model);

    private static RegisteredModel ReadModel(SqlSession session, string name)
    {
        List<StoredModel> found = session.Rows($"SELECT {ModelColumns} FROM models WHERE name = $1", StoredModel.Of, name);
        return found.Count == 1 ? Filled(session, found[0]) : throw NoModel(name);
    }

    /// <summary>Adds the newest version of every stage, the tags and the aliases.</summary>
    private static RegisteredModel Filled(SqlSession session, StoredModel model)
    {
        List<StoredVersion> latest = session.Rows(
            $"SELECT {VersionColumns} FROM model_versions v WHERE v.model = $1 AND v.version = (SELECT max(w.version) FROM model_versions w WHERE w.model = v.model AND w.stage = v.stage) ORDER BY v.stage",
            StoredVersion.Of, model.Number);
        return model.Row with
        {
            LatestVersions = [.. latest.Select(version => Filled(session, version, model.Row.Name))],
            Tags = session.Rows("SELECT key, value FROM model_tags WHERE model = $1 ORDER BY key", TagOf, model.Number),
            Aliases = session.Rows("SELECT alias, version FROM model_aliases WHERE model = $1 ORDER BY alias", row => new ModelAlias(row.Text(0), (int)row.Number(1)), model.Number),
        };
    }

    /// <summary>A model as its table has it.</summary>
    private readonly record struct StoredModel(long Number, RegisteredModel Row)
    {
        internal static StoredModel Of(SqlCursor row) => new(row.Number(0), new RegisteredModel(row.Text(1), row.Number(2), row.Number(3), row.Text(4), [], [], []));
    }
}
