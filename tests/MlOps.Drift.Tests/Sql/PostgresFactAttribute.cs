namespace MlOps.Drift.Tests.Sql;

/// <summary>A test that needs PostgreSQL's own programs; skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyNot;
}
