using System.Globalization;
using Npgsql;

namespace MlOps.Tracking.Sql;

/// <summary>Reads the addresses of databases.</summary>
internal static class SqlAddress
{
    /// <summary>Returns the full path of the file that a <c>sqlite:</c> address names.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    internal static string SqlitePath(string address)
    {
        const string start = "sqlite:///";
        if (!address.StartsWith(start, StringComparison.OrdinalIgnoreCase) || address.Length == start.Length)
        {
            throw new ArgumentException(
                $"'{address}' names no file. Three slashes and a path from the working folder (sqlite:///mlruns.db), or four and a path from the root (sqlite:////data/mlruns.db).", nameof(address));
        }

        string path = address[start.Length..];
        if (path.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{address}' would be gone with the process, and no other process could see it: a store is shared. Name a file.", nameof(address));
        }

        return path.Contains('?', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{address}' has options after '?'; there are none for SQLite. Give the path alone.", nameof(address))
            : Path.GetFullPath(path);
    }

    /// <summary>Reads <c>postgresql://user:password@host:port/database?sslmode=require</c>, as PostgreSQL's own programs and SQLAlchemy write it.</summary>
    /// <exception cref="ArgumentException">It is not of that form, or has an option that is not known. A password is never shown.</exception>
    internal static NpgsqlConnectionStringBuilder Postgres(string address)
    {
        if (!Uri.TryCreate("postgresql" + address[address.IndexOf(':', StringComparison.Ordinal)..], UriKind.Absolute, out Uri? uri))
        {
            throw new ArgumentException("The address of the PostgreSQL database cannot be read. It looks like postgresql://user:password@host:5432/database; special characters are written as %40.", nameof(address));
        }

        string[] who = uri.UserInfo.Split(':', 2);
        string database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host : "localhost",
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = database.Length > 0 ? database : null,
        };
        if (who[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(who[0]);
        }

        if (who.Length == 2)
        {
            settings.Password = Uri.UnescapeDataString(who[1]);
        }

        foreach (string option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = option.Split('=', 2);
            Set(settings, Uri.UnescapeDataString(pair[0]), pair.Length == 2 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : "");
        }

        return settings;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string option, string value)
    {
        switch (option)
        {
            case "sslmode" when Enum.TryParse(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out SslMode mode):
                settings.SslMode = mode;
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            case "host":
                settings.Host = value;
                break;
            case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds):
                settings.Timeout = seconds;
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            case "options":
                settings.Options = value;
                break;
            default:
                throw new ArgumentException($"The option '{option}={value}' of the address is not understood. Known are sslmode, sslrootcert, host, connect_timeout, application_name and options.", nameof(option));
        }
    }
}
