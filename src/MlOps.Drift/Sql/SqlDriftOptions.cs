using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>How a drift report is computed inside a database.</summary>
public sealed record SqlDriftOptions
{
    /// <summary>Gets the engine's kind. Default: found from the connection.</summary>
    public SqlEngine Engine { get; init; }

    /// <summary>Gets the time one query may take; default 10 minutes, <see cref="Timeout.InfiniteTimeSpan"/> for no limit. The server may have
    /// a limit of its own (<c>statement_timeout</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither infinite nor at least one second.</exception>
    public TimeSpan CommandTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan || value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CommandTimeout), value, "CommandTimeout must be infinite or at least one second.");
    }

    = TimeSpan.FromMinutes(10);

    /// <summary>Gets the number of levels of a categorical column that travel; default 10,000. The rarest beyond it are joined to one level, and a note says so.</summary>
    public int MaxLevels { get; init => field = Guard.AtLeast(value, 2, nameof(MaxLevels)); } = 10_000;

    /// <summary>Gets the number of equally wide cells per numeric column for an approximate report without sorting; null, the default, computes exactly.</summary>
    /// <remarks>ks and wasserstein are then estimates with an error bound, which the column's notes state, and decile edges lie at cell
    /// borders; the counts between the edges stay exact. Columns with fewer distinct values than cells mostly lose nothing.</remarks>
    public int? HistogramCells
    {
        get;
        init => field = value is { } cells ? Guard.AtLeast(cells, 16, nameof(HistogramCells)) : null;
    }

    /// <summary>Gets the transaction to run in, with the snapshot it has; null, the default, opens a read-only one and ends it.</summary>
    public DbTransaction? Transaction { get; init; }
}
