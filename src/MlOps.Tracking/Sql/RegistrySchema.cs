namespace MlOps.Tracking.Sql;

/// <summary>The tables of the model registry.</summary>
/// <remarks>
/// A version is a row as long as it is there; its number is never given again because the model counts them. The promotion log refuses changes in the database itself: whoever
/// wants to falsify it must take the triggers away first, and the chain of hashes tells even then. <c>promotion_head</c> has one row, the number of the last entry, and whoever
/// appends locks it first, so that entries come one after the other whatever the isolation.
/// </remarks>
internal static class RegistrySchema
{
    /// <summary>The statements that make them, in the words of <see cref="SqlSchema"/>.</summary>
    internal static IEnumerable<string> Version1(SqlWords words) =>
    [
        "CREATE TABLE models (number {serial}, name {text} NOT NULL UNIQUE, description {text} NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL, last_version BIGINT NOT NULL)",
        "CREATE TABLE model_tags (model BIGINT NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (model, key)) {clustered}",
        "CREATE TABLE model_versions (model BIGINT NOT NULL, version BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL, description {text} NOT NULL, source {text} NOT NULL, "
            + "run_id {text} NOT NULL, run_link {text} NOT NULL, user_id {text} NOT NULL, stage BIGINT NOT NULL, PRIMARY KEY (model, version)) {clustered}",
        "CREATE INDEX model_versions_by_run ON model_versions (run_id)",
        "CREATE TABLE version_tags (model BIGINT NOT NULL, version BIGINT NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (model, version, key)) {clustered}",
        "CREATE TABLE model_aliases (model BIGINT NOT NULL, alias {text} NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (model, alias)) {clustered}",
        "CREATE TABLE promotions (number BIGINT NOT NULL PRIMARY KEY, time BIGINT NOT NULL, model {text} NOT NULL, action {text} NOT NULL, target {text} NOT NULL, version BIGINT, previous BIGINT, "
            + "actor {text} NOT NULL, reason {text} NOT NULL, evidence {text} NOT NULL, previous_hash {text} NOT NULL, hash {text} NOT NULL)",
        "CREATE INDEX promotions_by_model ON promotions (model, number)",
        "CREATE TABLE promotion_head (number BIGINT NOT NULL)",
        "INSERT INTO promotion_head (number) VALUES (0)",
        .. words.PromotionGuards,
    ];
}
