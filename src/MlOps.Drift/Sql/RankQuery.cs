using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>A query for values by rank.</summary>
/// <param name="Sql">The query.</param>
/// <param name="Columns">The columns it is about.</param>
/// <param name="Read">Reads one row of its result into the arrays of all columns.</param>
internal sealed record RankQuery(SqlText Sql, IReadOnlyList<string> Columns, Action<DbDataReader, double[][]> Read);
