using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    public void SetAlias(string name, string alias, int version, PromotionNote? note = null)
    {
        CheckGiven(name);
        TrackingLimits.CheckAlias(alias);
        _database.Write(session =>
        {
            long model = LockVersion(session, name, version);
            long? previous = AliasVersion(session, model, alias);
            if (previous == version)
            {
                return;
            }

            session.Run(
                "INSERT INTO model_aliases (model, alias, version) VALUES ($1, $2, $3) ON CONFLICT (model, alias) DO UPDATE SET version = excluded.version", model, alias, version);
            Touch(session, model);
            PromotionAction action = note is { IsRollback: true } ? PromotionAction.RolledBack : PromotionAction.AliasSet;
            Append(session, new PromotionDraft(name, action, alias, version, (int?)previous, note ?? PromotionNote.None));
        });
    }

    public void DeleteAlias(string name, string alias, PromotionNote? note = null)
    {
        CheckGiven(name);
        _database.Write(session =>
        {
            long model = LockModel(session, name);
            if (AliasVersion(session, model, alias) is { } previous)
            {
                session.Run("DELETE FROM model_aliases WHERE model = $1 AND alias = $2", model, alias);
                Touch(session, model);
                Append(session, new PromotionDraft(name, PromotionAction.AliasRemoved, alias, null, (int)previous, note ?? PromotionNote.None));
            }
        });
    }

    public ModelVersion GetVersionByAlias(string name, string alias)
    {
        CheckGiven(name);
        return _database.Read(session =>
        {
            long model = session.Number("SELECT number FROM models WHERE name = $1", name) ?? throw NoModel(name);
            if (string.Equals(alias, "latest", StringComparison.OrdinalIgnoreCase))
            {
                long newest = session.Number("SELECT max(version) FROM model_versions WHERE model = $1", model) ?? throw NotThere($"Latest version not found for model {name}.");
                return ReadVersion(session, name, newest);
            }

            return ReadVersion(session, name, AliasVersion(session, model, alias) ?? throw TrackingLimits.Invalid($"Registered model alias {alias} not found."));
        });
    }

    private static long? AliasVersion(SqlSession session, long model, string alias) =>
        session.Number("SELECT version FROM model_aliases WHERE model = $1 AND alias = $2", model, alias);
}
