using System.Data.Common;
using Microsoft.Data.Sqlite;
using MlOps.Drift.Sql;
using Npgsql;

namespace MlOps.Cli.Verbs;

/// <summary>Rows that lie in a database: <c>sqlite:FILE?table=train</c>, <c>postgresql://user@host:port/db?table=train&amp;where=…</c>.</summary>
/// <remarks>A PostgreSQL password comes from the address, <c>PGPASSWORD</c> or <c>~/.pgpass</c>; it is never printed.</remarks>
/// <param name="Connection">How to connect; closed.</param>
/// <param name="Rows">Which rows.</param>
/// <param name="Shown">The address without a password or other settings.</param>
internal sealed record SqlAddress(DbConnection Connection, SqlSource Rows, string Shown)
{
    private const string Sqlite = "sqlite:";
    private const string PostgresForm = "postgresql://user@host:5432/database?table=train";
    private static readonly string[] s_postgres = ["postgresql://", "postgres://"];
    private static readonly string[] s_keys = ["table", "where", "query"];

    /// <summary>Whether an argument names a database rather than a file.</summary>
    internal static bool IsOne(string text) => IsSqlite(text) || Array.Exists(s_postgres, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an address; nothing is opened.</summary>
    /// <exception cref="ArgumentException">It cannot be read; the message shows no password.</exception>
    /// <exception cref="FileNotFoundException">There is no such SQLite file.</exception>
    internal static SqlAddress Read(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        string place = question < 0 ? address : address[..question];
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in question < 0 ? [] : address[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            if (!parts.TryAdd(pair[0], pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : ""))
            {
                throw new ArgumentException($"A database's address says '{pair[0]}' twice.");
            }
        }

        Dictionary<string, string> rest = parts.Where(pair => !s_keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        (DbConnection connection, string shown) = IsSqlite(address) ? SqliteOf(place, rest) : PostgresOf(place, rest);
        SqlSource rows = (parts.GetValueOrDefault("table"), parts.GetValueOrDefault("query")) switch
        {
            ({ Length: > 0 } table, null) => SqlSource.Table(table, parts.GetValueOrDefault("where")),
            (null, { Length: > 0 } query) when !parts.ContainsKey("where") => SqlSource.Query(query),
            _ => throw new ArgumentException($"{shown}: name the rows by ?table=NAME, with &where=CONDITION if need be, or by ?query=SELECT…"),
        };
        return new SqlAddress(connection, rows, shown);
    }

    private static bool IsSqlite(string text) => text.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase);

    private static (DbConnection Connection, string Shown) SqliteOf(string place, Dictionary<string, string> rest)
    {
        string path = Uri.UnescapeDataString(place[Sqlite.Length..]);
        if (rest.Count > 0)
        {
            throw new ArgumentException($"{place}: there is no setting '{rest.Keys.First()}'. There are: {string.Join(", ", s_keys)}. A '&' in a condition is written %26.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no SQLite file '{path}'; the form is sqlite:FILE?table=NAME.", path);
        }

        SqliteLibrary.Load();
        return (new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Mode = SqliteOpenMode.ReadOnly }.ToString()), place);
    }

    private static (DbConnection Connection, string Shown) PostgresOf(string place, Dictionary<string, string> rest)
    {
        // What does not read as an address may hold a password in the wrong place, so it is not shown.
        if (!Uri.TryCreate(place, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.AbsolutePath.Contains('@', StringComparison.Ordinal)
            || rest.Keys.FirstOrDefault(key => !key.All(char.IsAsciiLetter)) is not null)
        {
            throw new ArgumentException($"A PostgreSQL address has the form {PostgresForm}; in a password '/' is written %2F, '?' %3F, '@' %40, and in a condition '&' %26.");
        }

        string[] user = [.. uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString)];
        string database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        string shown = $"postgresql://{(user[0].Length > 0 ? user[0] + "@" : "")}{uri.Host}{(uri.Port > 0 ? $":{uri.Port}" : "")}/{database}";
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, ApplicationName = "mlops drift" };
        builder.Port = uri.Port > 0 ? uri.Port : builder.Port;
        builder.Username = user[0].Length > 0 ? user[0] : null;
        builder.Password = user.Length > 1 ? user[1] : null; // else PGPASSWORD or ~/.pgpass
        builder.Database = database.Length > 0 ? database : null;
        foreach ((string key, string value) in rest)
        {
            try
            {
                builder[key] = value; // such as sslmode=require
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
            {
                throw new ArgumentException($"{shown}: the database's driver has no setting '{key}', or not with this value.", e);
            }
        }

        return (new NpgsqlConnection(builder.ToString()), shown);
    }
}
