using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    /// <remarks>Models are filtered in memory: a registry has hundreds, and its rows come in five scans.</remarks>
    public Page<RegisteredModel> SearchModels(SearchQuery query, CancellationToken cancellationToken = default)
    {
        RegistrySearch search = RegistrySearch.OfModels(query);
        return search.Models(_database.Read(session => ReadModels(session, search.Only("name")), cancellationToken), cancellationToken);
    }

    /// <remarks>Versions too, but what <c>name =</c> or <c>run_id =</c> leaves out is not even read.</remarks>
    public Page<ModelVersion> SearchVersions(SearchQuery query, CancellationToken cancellationToken = default)
    {
        RegistrySearch search = RegistrySearch.OfVersions(query);
        return search.Versions(_database.Read(session => ReadVersions(session, search.Only("name"), search.Only("run_id")), cancellationToken), cancellationToken);
    }

    private static List<RegisteredModel> ReadModels(SqlSession session, string? name)
    {
        if (name is not null)
        {
            return session.Rows($"SELECT {ModelColumns} FROM models WHERE name = $1", StoredModel.Of, name).ConvertAll(model => Filled(session, model));
        }

        List<StoredModel> models = session.Rows($"SELECT {ModelColumns} FROM models", StoredModel.Of);
        var tags = session.Rows("SELECT model, key, value FROM model_tags ORDER BY model, key", row => (Model: row.Number(0), Tag: new Tag(row.Text(1), row.Text(2)))).ToLookup(row => row.Model, row => row.Tag);
        var aliases = session.Rows("SELECT model, alias, version FROM model_aliases ORDER BY model, alias", row => (Model: row.Number(0), Alias: new ModelAlias(row.Text(1), (int)row.Number(2)))).ToLookup(row => row.Model, row => row.Alias);
        var latest = ReadVersions(session, null, null).ToLookup(version => version.Name, StringComparer.Ordinal);
        return models.ConvertAll(model => model.Row with
        {
            Tags = [.. tags[model.Number]],
            Aliases = [.. aliases[model.Number]],
            LatestVersions = [.. latest[model.Row.Name].GroupBy(version => version.Stage).OrderBy(stage => stage.Key).Select(stage => stage.MaxBy(version => version.Version)!)],
        });
    }

    private static List<ModelVersion> ReadVersions(SqlSession session, string? name, string? runId)
    {
        if (name is null && runId is null)
        {
            Dictionary<long, string> names = session.Rows("SELECT number, name FROM models", row => (row.Number(0), row.Text(1))).ToDictionary();
            var tags = session.Rows("SELECT model, version, key, value FROM version_tags ORDER BY model, version, key", row => (At: (row.Number(0), row.Number(1)), Tag: new Tag(row.Text(2), row.Text(3)))).ToLookup(row => row.At, row => row.Tag);
            var aliases = session.Rows("SELECT model, version, alias FROM model_aliases ORDER BY model, alias", row => (At: (row.Number(0), row.Number(1)), Alias: row.Text(2))).ToLookup(row => row.At, row => row.Alias);
            return session.Rows($"SELECT {VersionColumns} FROM model_versions v", StoredVersion.Of)
                .ConvertAll(version => version.Row with { Name = names[version.Model], Tags = [.. tags[(version.Model, version.Row.Version)]], Aliases = [.. aliases[(version.Model, version.Row.Version)]] });
        }

        List<(StoredVersion Version, string Name)> found = session.Rows(
            $"SELECT {VersionColumns}, m.name FROM model_versions v JOIN models m ON m.number = v.model WHERE {(name is null ? "v.run_id" : "m.name")} = $1",
            row => (StoredVersion.Of(row), row.Text(10)),
            name ?? runId);
        return found.ConvertAll(version => Filled(session, version.Version, version.Name));
    }
}
