using MlOps.Drift.Tests.Sql;
using Npgsql;

namespace MlOps.Tracking.Tests.Sql;

internal static class PostgresAddress
{
    /// <summary>The address of a database of the server; the options as a tail such as <c>?options=…</c>.</summary>
    internal static string Of(PostgresServer server, string database = "postgres", string tail = "")
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return FormattableString.Invariant($"postgresql://{settings.Username}@{settings.Host}:{settings.Port}/{database}{tail}");
    }
}
