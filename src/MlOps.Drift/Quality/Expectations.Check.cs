using MlOps.Data;

namespace MlOps.Drift.Quality;

public sealed partial record Expectations
{
    /// <summary>Checks a table.</summary>
    /// <remarks>
    /// <para>Every rule is judged on its own, several at a time; the result does not depend on the number of cores.</para>
    /// <para>A column that is not there, or holds another type than its rules need, is one failed rule (the one about its existence or type where there is
    /// one); its other rules are not evaluated. A table without rows fails for that, and nothing else is evaluated.</para>
    /// </remarks>
    /// <param name="table">The table to judge.</param>
    /// <param name="clock">Says what time it is, for rules about fresh and future times; the system's clock if null.</param>
    /// <param name="others">The tables that <see cref="ExistsIn"/> names. Null for none.</param>
    /// <param name="cancellationToken">Stops the check between two rules.</param>
    /// <exception cref="ArgumentException">A rule needs another table that was not given, or compares columns of two types.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public QualityReport Check(Table table, TimeProvider? clock = null, IReadOnlyDictionary<string, Table>? others = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var check = new QualityCheck(this, table, Context(clock, others), keepsRows: true);
        _ = check.Add(table, cancellationToken);
        return check.Finish();
    }

    /// <summary>Checks a table of any size that comes in parts, such as those of <see cref="Table.ReadCsvInParts"/>.</summary>
    /// <remarks>
    /// The report is that of the whole table, except that it keeps only the first failing rows of each rule: take the others from <paramref name="onPart"/>.
    /// Memory is that of a part, and what rules need: <see cref="Unique"/> and <see cref="UniqueRows"/> 22 to 43 bytes per distinct key,
    /// <see cref="MostCommonShare"/> and <see cref="DistinctCount"/> about 40 bytes per distinct value, a median or quantile 8 bytes per value.
    /// </remarks>
    /// <param name="parts">The parts in order; at least one, all with the same columns and types.</param>
    /// <param name="onPart">Is handed each part after it was judged; null where only the report is wanted.</param>
    /// <param name="clock">Says what time it is; the system's clock if null.</param>
    /// <param name="others">The tables that <see cref="ExistsIn"/> names. Null for none.</param>
    /// <param name="cancellationToken">Stops the check between two rules.</param>
    /// <exception cref="ArgumentException">There is no part, the columns of parts differ, or a rule needs another table that was not given.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public QualityReport Check(
        IEnumerable<Table> parts, Action<CheckedPart>? onPart = null, TimeProvider? clock = null, IReadOnlyDictionary<string, Table>? others = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        QualityCheck? check = null;
        foreach (Table part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            check ??= new QualityCheck(this, part, Context(clock, others), keepsRows: false);
            CheckedPart judged = check.Add(part, cancellationToken);
            onPart?.Invoke(judged);
        }

        return check?.Finish() ?? throw new ArgumentException("At least one part is needed, if only one without rows; got none.", nameof(parts));
    }

    private static CheckContext Context(TimeProvider? clock, IReadOnlyDictionary<string, Table>? others) =>
        new((clock ?? TimeProvider.System).GetUtcNow(), others ?? new Dictionary<string, Table>());
}
