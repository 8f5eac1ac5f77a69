using System.Data;
using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>Asks the engine which columns both sides have, by queries that give no row.</summary>
internal sealed class Description(SqlSession session, SqlSource reference, SqlSource current)
{
    internal async Task<SqlColumnPair[]> PairsAsync(IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        SqlColumn[] before = await ColumnsAsync(reference, "reference", cancellationToken).ConfigureAwait(false);
        SqlColumn[] now = await ColumnsAsync(current, "current", cancellationToken).ConfigureAwait(false);
        string[] wanted = names is null ? [.. before.Select(c => c.Name)] : [.. names.Distinct(StringComparer.Ordinal)];
        if (wanted.Length == 0)
        {
            throw new ArgumentException("DriftOptions.Columns names no column; leave it null to compare all.", nameof(names));
        }

        string[] notInReference = [.. (names is null ? now.Select(c => c.Name) : wanted).Except(before.Select(c => c.Name), StringComparer.Ordinal)];
        string[] notInCurrent = [.. wanted.Except(now.Select(c => c.Name), StringComparer.Ordinal)];
        Present(notInReference, "reference", reference, before);
        Present(notInCurrent, "current", current, now);
        return [.. wanted.Select(name => new SqlColumnPair(before.First(c => c.Name == name), now.First(c => c.Name == name)))];
    }

    /// <summary>The type in which values would come; text where the driver has none, as for types that others have made: the engine casts those.</summary>
    private static Type TypeOf(DbDataReader reader, int i)
    {
        try
        {
            return Nullable.GetUnderlyingType(reader.GetFieldType(i)) ?? reader.GetFieldType(i);
        }
        catch (InvalidCastException)
        {
            return typeof(string);
        }
    }

    private static void Present(string[] lacking, string side, SqlSource source, SqlColumn[] there)
    {
        if (lacking.Length > 0)
        {
            throw new ArgumentException(
                $"The {side} rows ({source}) have no column {string.Join(", ", lacking.Select(name => $"'{name}'"))}. " +
                $"There are: {string.Join(", ", there.Select(c => c.Name))}. Name the columns to compare (DriftOptions.Columns; --columns), or rename them in a query.",
                side);
        }
    }

    private async Task<SqlColumn[]> ColumnsAsync(SqlSource source, string side, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text = $"SELECT * FROM {source.From(sql, session.Dialect)} WHERE 1 = 0";
        SqlColumn[] columns;
        try
        {
            columns = await session.ReadAsync(
                $"the columns of the {side} ({source})",
                sql,
                0,
                reader => Task.FromResult(Enumerable.Range(0, reader.FieldCount).Select(i => new SqlColumn(
                    reader.GetName(i),
                    session.Dialect.Quote(reader.GetName(i)),
                    reader.GetDataTypeName(i).ToLowerInvariant(),
                    TypeOf(reader, i))).ToArray()),
                cancellationToken).ConfigureAwait(false);
        }
        catch (SqlDriftException problem) when (source.TableName is not null && problem is { ConnectionState: ConnectionState.Open, CanRetry: false })
        {
            IReadOnlyList<string>? tables = await session.TablesAsync(cancellationToken).ConfigureAwait(false);
            throw tables is null || tables.Contains(source.TableName)
                ? problem
                : new ArgumentException($"There is no table '{source.TableName}' for the {side}. There are: {(tables.Count == 0 ? "none" : string.Join(", ", tables))}.", side, problem);
        }

        string? twice = columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? columns
            : throw new ArgumentException($"The {side} query gives two columns '{twice}': rename one in it, as in SELECT a.{twice} AS other.", side);
    }
}
