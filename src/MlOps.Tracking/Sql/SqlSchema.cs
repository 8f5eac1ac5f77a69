using System.Globalization;

namespace MlOps.Tracking.Sql;

/// <summary>The tables, and the steps that bring an older store up to date.</summary>
/// <remarks>
/// This is a layout of our own, not MLflow's: <c>mlflow</c> reaches it through our server. What a search scans (<c>metrics</c>, <c>params</c>, <c>tags</c>) is kept in the order
/// (experiment, key, run), so that one key of an experiment lies side by side; <c>points</c>, the history, in the order it is read and appended in. Logging a
/// point thus changes two pages and no second index.
/// </remarks>
internal static class SqlSchema
{
    /// <summary>Step i brings version i to version i + 1. Never change one that was released: add another.</summary>
    private static readonly Func<SqlWords, IEnumerable<string>>[] s_steps = [words => [.. RunTables(), .. RegistrySchema.Version1(words)]];

    private static int Latest => s_steps.Length;

    /// <summary>Makes the tables or brings them up to date.</summary>
    /// <param name="database">The database.</param>
    /// <param name="now">The time at which the experiment Default is made, in milliseconds since 1970.</param>
    /// <exception cref="TrackingException">The database is somebody else's, or newer.</exception>
    internal static void Prepare(SqlDatabase database, long now)
    {
        if (database.Read(session => Version(database, session)) == Latest)
        {
            return;
        }

        database.Migrate(session =>
        {
            int found = Version(database, session); // another process may have been faster
            for (int step = found; step < Latest; step++)
            {
                foreach (string statement in s_steps[step](database.Words))
                {
                    session.Run(Worded(statement, database.Words));
                }
            }

            if (found == 0)
            {
                session.Run("INSERT INTO mlops_tracking (version) VALUES ($1)", Latest);
                session.Run(
                    "INSERT INTO experiments (number, name, artifact_location, stage, created, updated) VALUES (0, 'Default', 'mlflow-artifacts:/0', 0, $1, $1)", now);
            }
            else if (found < Latest)
            {
                session.Run("UPDATE mlops_tracking SET version = $1", Latest);
            }
        });
    }

    /// <summary>Returns the layout's version; 0 for an empty database.</summary>
    private static int Version(SqlDatabase database, SqlSession session)
    {
        HashSet<string> tables = [.. session.Rows(database.Words.Tables, row => row.Text(0))];
        if (tables.Count == 0)
        {
            return 0;
        }

        if (!tables.Contains("mlops_tracking"))
        {
            throw new TrackingException(
                TrackingError.InvalidParameterValue,
                tables.Contains("alembic_version")
                    ? $"{database.Name} is a database of MLflow's own. Its tables are changed by MLflow only: start 'mlflow server --backend-store-uri …' on it and give the server's http:// address here."
                    : $"{database.Name} is a database of something else (it has a table '{tables.Order(StringComparer.Ordinal).First()}'). Name a new file or an empty database.");
        }

        int version = (int)(session.Number("SELECT max(version) FROM mlops_tracking") ?? 0);
        return version <= Latest ? version : throw new TrackingException(
            TrackingError.InvalidParameterValue,
            string.Create(CultureInfo.InvariantCulture, $"{database.Name} was written by a newer version of the library: its layout is {version}, this one knows {Latest}. Update the library."));
    }

    private static string Worded(string statement, SqlWords words) => statement
        .Replace("{serial}", words.Serial, StringComparison.Ordinal)
        .Replace("{text}", words.Text, StringComparison.Ordinal)
        .Replace("{clustered}", words.Clustered, StringComparison.Ordinal)
        .Replace("{covering}", words.Covering, StringComparison.Ordinal);

    private static IEnumerable<string> RunTables() =>
    [
        "CREATE TABLE mlops_tracking (version BIGINT NOT NULL)",
        "CREATE TABLE experiments (number {serial}, name {text} NOT NULL UNIQUE, artifact_location {text} NOT NULL, stage BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL)",
        "CREATE TABLE experiment_tags (experiment BIGINT NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (experiment, key)) {clustered}",
        "CREATE TABLE runs (number {serial}, id {text} NOT NULL UNIQUE, experiment BIGINT NOT NULL, name {text} NOT NULL, user_id {text} NOT NULL, status BIGINT NOT NULL, "
            + "start_time BIGINT NOT NULL, end_time BIGINT, artifact_uri {text} NOT NULL, stage BIGINT NOT NULL)",
        "CREATE INDEX runs_by_start ON runs (experiment, stage, start_time DESC, id, status, end_time)",
        "CREATE TABLE metric_keys (number {serial}, name {text} NOT NULL UNIQUE)",
        "CREATE TABLE points (run BIGINT NOT NULL, key BIGINT NOT NULL, step BIGINT NOT NULL, time BIGINT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (run, key, step, time, value)) {clustered}",
        "CREATE TABLE metrics (experiment BIGINT NOT NULL, key BIGINT NOT NULL, run BIGINT NOT NULL, step BIGINT NOT NULL, time BIGINT NOT NULL, value BIGINT NOT NULL, "
            + "PRIMARY KEY (experiment, key, run)) {clustered}",
        "CREATE INDEX metrics_by_run ON metrics (run)",
        "CREATE TABLE params (experiment BIGINT NOT NULL, key {text} NOT NULL, run BIGINT NOT NULL, value {text} NOT NULL, PRIMARY KEY (experiment, key, run)) {clustered}",
        "CREATE INDEX params_by_run ON params (run{covering})",
        "CREATE TABLE tags (experiment BIGINT NOT NULL, key {text} NOT NULL, run BIGINT NOT NULL, value {text} NOT NULL, PRIMARY KEY (experiment, key, run)) {clustered}",
        "CREATE INDEX tags_by_run ON tags (run{covering})",
        "CREATE TABLE datasets (number {serial}, experiment BIGINT NOT NULL, name {text} NOT NULL, digest {text} NOT NULL, source_type {text} NOT NULL, source {text} NOT NULL, "
            + "data_schema {text}, profile {text}, UNIQUE (experiment, name, digest))",
        "CREATE TABLE inputs (run BIGINT NOT NULL, dataset BIGINT NOT NULL, place BIGINT NOT NULL, PRIMARY KEY (run, dataset)) {clustered}",
        "CREATE INDEX inputs_by_dataset ON inputs (dataset)",
        "CREATE TABLE input_tags (run BIGINT NOT NULL, dataset BIGINT NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (run, dataset, key)) {clustered}",
    ];
}
