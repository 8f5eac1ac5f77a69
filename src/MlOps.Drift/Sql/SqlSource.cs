using System.Globalization;

namespace MlOps.Drift.Sql;

/// <summary>The rows of one side: a table, the rows of a table that meet a condition, or a query.</summary>
/// <remarks>Immutable. Names are quoted, so they are taken as they are written, upper and lower case included. Values go as parameters:
/// <c>SqlSource.Table("loans").Where($"applied_on &lt; {day}")</c>.</remarks>
public sealed class SqlSource
{
    private readonly string[] _table;
    private readonly string? _query;
    private readonly (string Format, object?[] Values)[] _conditions;
    private readonly object?[] _queryValues;

    private SqlSource(string[] table, string? query, object?[] queryValues, (string Format, object?[] Values)[] conditions) =>
        (_table, _query, _queryValues, _conditions) = (table, query, queryValues, conditions);

    /// <summary>Gets the table's name without its schema; null for a query.</summary>
    internal string? TableName => _query is null ? _table[^1] : null;

    /// <summary>A table or view.</summary>
    /// <param name="name">Its name, with a schema if need be: <c>risk.loans</c>. A dot inside a name goes into quotes: <c>"a.b"</c>.</param>
    /// <param name="where">A condition in SQL that you have written yourself, such as <c>region = 'north'</c>; null for all rows. It goes to the
    /// engine as it is: put no foreign text into it, but use <see cref="Where"/>.</param>
    /// <exception cref="ArgumentException">The name is blank or its quotes do not match, or the condition is blank.</exception>
    public static SqlSource Table(string name, string? where = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var source = new SqlSource(Parts(name), null, [], []);
        return where is null ? source : source.And(where.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), []);
    }

    /// <summary>A query that you have written yourself: <c>SELECT …</c>, or <c>WITH … SELECT …</c>. It is run several times, so it must give the same rows each time.</summary>
    /// <param name="sql">The query, without ORDER BY for its own sake. No foreign text: see <see cref="Query(string, IReadOnlyList{object})"/>.</param>
    /// <exception cref="ArgumentException">It does not begin with SELECT, WITH, VALUES or TABLE.</exception>
    public static SqlSource Query(string sql)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return Query(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), []);
    }

    /// <summary>A query with values that go as parameters, in the places {0}, {1} and so on.</summary>
    /// <param name="format">The query, such as <c>SELECT * FROM loans WHERE region = {0}</c>.</param>
    /// <param name="values">One value a place.</param>
    /// <exception cref="ArgumentException">It does not begin with SELECT, WITH, VALUES or TABLE.</exception>
    public static SqlSource Query(string format, IReadOnlyList<object> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format);
        ArgumentNullException.ThrowIfNull(values);
        string text = format.Trim().TrimEnd(';').TrimEnd();
        return IsQuery(text)
            ? new SqlSource([], text, [.. values], [])
            : throw new ArgumentException($"A query begins with SELECT, WITH, VALUES or TABLE; got '{text[..Math.Min(20, text.Length)]}…'. A drift report only reads.", nameof(format));
    }

    /// <summary>A query if the text begins as one (SELECT, WITH, VALUES), otherwise the table of that name.</summary>
    public static SqlSource Of(string queryOrTable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queryOrTable);
        return IsQuery(queryOrTable.Trim()) ? Query(queryOrTable) : Table(queryOrTable.Trim());
    }

    /// <summary>Keeps the rows that also meet a condition; the values in the holes go as parameters, never as text.</summary>
    /// <param name="condition">SQL with holes: <c>$"applied_on &lt; {day}"</c>. Use a hole for values only: not for names, nor inside quotes.</param>
    public SqlSource Where(FormattableString condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return And(condition.Format, condition.GetArguments());
    }

    /// <summary>Returns what it stands for, without the values.</summary>
    public override string ToString()
    {
        string rows = _query is null ? string.Join('.', _table) : $"({Fill(_query, [.. _queryValues.Select(_ => "?")])})";
        return _conditions.Length == 0
            ? rows
            : $"{rows} where {string.Join(" and ", _conditions.Select(c => Fill(c.Format, [.. c.Values.Select(_ => "?")])))}";
    }

    /// <summary>Returns the rows as a derived table for a FROM clause, its values added to the parameters of <paramref name="sql"/>.</summary>
    internal string From(SqlText sql, Dialect dialect)
    {
        string rows = _query is null
            ? string.Join('.', _table.Select(dialect.Quote))
            : $"({Fill(_query, Places(_queryValues, sql))}\n) AS q"; // the line break ends a comment
        string where = string.Join(" AND ", _conditions.Select(c => $"({Fill(c.Format, Places(c.Values, sql))}\n)"));
        return _conditions.Length == 0 ? $"(SELECT * FROM {rows}) AS s" : $"(SELECT * FROM {rows} WHERE {where}) AS s";
    }

    private static object[] Places(object?[] values, SqlText sql) => [.. values.Select(sql.Parameter)];

    private static string Fill(string format, object[] places) => string.Format(CultureInfo.InvariantCulture, format, places);

    private static bool IsQuery(string text) =>
        Array.Exists(["SELECT", "WITH", "VALUES", "TABLE"], word =>
            text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || char.IsWhiteSpace(text[word.Length]) || text[word.Length] == '('))
        || text.StartsWith('(');

    /// <summary>Splits a name at the dots outside quotes.</summary>
    private static string[] Parts(string name)
    {
        var parts = new List<string>();
        string part = "";
        bool quoted = false;
        foreach (char c in name)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                parts.Add(part);
                part = "";
            }
            else
            {
                part += c;
            }
        }

        parts.Add(part);
        return quoted || parts.Exists(string.IsNullOrWhiteSpace)
            ? throw new ArgumentException($"'{name}' is no name of a table: write loans, risk.loans or \"a.b\".", nameof(name))
            : [.. parts];
    }

    private SqlSource And(string format, object?[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format, "where");
        return new SqlSource(_table, _query, _queryValues, [.. _conditions, (format, values)]);
    }
}
