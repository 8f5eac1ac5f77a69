using System.Text.RegularExpressions;
using SQLitePCL;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>One statement of a query, as SQLite itself has cut it out.</summary>
/// <param name="Start">Where it begins in the query.</param>
/// <param name="End">Where the next one begins.</param>
/// <param name="Parameters">The parameters that it names, such as <c>@limit</c>; null for one without a name.</param>
/// <param name="HasRows">Whether it gives rows.</param>
/// <param name="ChangesRows">Whether it is an INSERT, UPDATE or DELETE, of which one wants to know how many rows it changed.</param>
internal sealed partial record SqliteStatement(int Start, int End, IReadOnlyList<string?> Parameters, bool HasRows, bool ChangesRows)
{
    /// <summary>Compiles the statement that begins at a place, to learn about it. It does not run.</summary>
    /// <returns>The statement; null if only blanks and comments are left.</returns>
    /// <exception cref="SqliteRefusal">It does not compile.</exception>
    internal static SqliteStatement? At(string query, int start, SqliteHandle connection)
    {
        while (start < query.Length)
        {
            string text = query[start..];
            int code = raw.sqlite3_prepare_v2(connection.Connection, text, out sqlite3_stmt statement, out string tail);
            using (statement)
            {
                if (code != raw.SQLITE_OK)
                {
                    throw new SqliteRefusal(raw.sqlite3_errmsg(connection.Connection).utf8_to_string(), SqliteLibrary.ErrorPlace(connection.Connection, text) + start);
                }

                int end = query.Length - tail.Length;
                if (!statement.IsInvalid)
                {
                    string?[] parameters = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(i => raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string())];
                    return new SqliteStatement(start, end, parameters, raw.sqlite3_column_count(statement) > 0, Change().IsMatch(query[start..end]));
                }

                start = end; // a semicolon with nothing before it
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(?:\s|;|--[^\n]*\n|/\*.*?\*/)*(?:INSERT|UPDATE|DELETE|REPLACE|WITH)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Change();
}

/// <summary>SQLite does not accept a statement.</summary>
/// <param name="message">SQLite's own words.</param>
/// <param name="place">Where in the query; null if SQLite does not say.</param>
internal sealed class SqliteRefusal(string message, int? place) : Exception(message)
{
    internal int? Place => place;
}
