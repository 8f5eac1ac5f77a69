using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sql;

/// <summary>One column of both sides, described and profiled.</summary>
internal sealed record SqlColumnPair(SqlColumn Reference, SqlColumn Current)
{
    internal string Name => Reference.Name;

    internal ColumnProfile ReferenceProfile { get; init; } = null!;

    internal ColumnProfile CurrentProfile { get; init; } = null!;

    internal long ReferenceCount => ReferenceProfile.Present;

    internal long CurrentCount => CurrentProfile.Present;

    internal bool IsEmpty => ReferenceProfile.IsEmpty || CurrentProfile.IsEmpty;

    /// <summary>The kind of the side that has values, the reference's if both have.</summary>
    internal ColumnKind Kind => ReferenceProfile.IsEmpty ? CurrentProfile.Kind : ReferenceProfile.Kind;

    internal DriftColumnType Type => Kind == ColumnKind.Number ? DriftColumnType.Numeric : DriftColumnType.Categorical;

    internal RowCounts Missing => new(ReferenceProfile.Rows - ReferenceCount, CurrentProfile.Rows - CurrentCount);

    /// <summary>What the profile tells that the report's numbers do not.</summary>
    internal IEnumerable<string> Notes()
    {
        if (ReferenceProfile.NaN + CurrentProfile.NaN > 0)
        {
            yield return FormattableString.Invariant($"NaN counts as missing: {ReferenceProfile.NaN} reference and {CurrentProfile.NaN} current rows hold it");
        }

        foreach ((string side, ColumnProfile profile) in new[] { ("reference", ReferenceProfile), ("current", CurrentProfile) })
        {
            if (profile.Mixture is { Numbers: > 0 } mixture)
            {
                yield return FormattableString.Invariant($"the {side} mixes {mixture.Numbers} numbers with {mixture.Texts} texts; all are read as text");
            }
        }
    }

    internal ColumnSummary Summary() => new(Name, Missing, Type) { Notes = [.. Notes()] };
}
