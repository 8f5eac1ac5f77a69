namespace MlOps.Drift.Sql;

/// <summary>The numbers of one column of both sides under one another, each row with the weight of its side.</summary>
internal static class BothSides
{
    /// <summary>A query of columns x, the number, and w, the weight.</summary>
    internal static string Of(SqlText sql, Dialect dialect, SqlColumnPair column, SqlSource reference, SqlSource current, string referenceWeight, string currentWeight)
    {
        string before = Side(dialect, column.Reference, reference.From(sql, dialect), referenceWeight);
        string now = Side(dialect, column.Current, current.From(sql, dialect), currentWeight);
        return $"{before}\n  UNION ALL\n  {now}";
    }

    private static string Side(Dialect dialect, SqlColumn column, string from, string weight) =>
        $"SELECT {dialect.Number(column)} AS x, {weight} AS w FROM {from} WHERE {dialect.HasNumber(column)}";
}
