namespace MlOps.Drift.Sql;

/// <summary>How a column's values are compared: the four kinds of column that a table in memory has.</summary>
internal enum ColumnKind
{
    Number,
    Truth,
    Time,
    Text,
}
