namespace MlOps.Drift.Sql;

/// <summary>The database that computes, and so the SQL it is spoken to in.</summary>
public enum SqlEngine
{
    /// <summary>Found from the type of the connection; unknown types get <see cref="Standard"/>.</summary>
    Auto,

    /// <summary>SQLite 3.25 or later (window functions). The values decide a column's type, as SQLite declares none.</summary>
    Sqlite,

    /// <summary>PostgreSQL 12 or later, and what speaks like it.</summary>
    PostgreSql,

    /// <summary>SQL:2003 with window functions; no promise beyond it. What the engine lacks, its own error says.</summary>
    Standard,
}
