namespace MlOps.Drift.Quality;

/// <summary>No row repeats an earlier one in every column.</summary>
/// <remarks>Here missing equals missing. Compared by fingerprints, with the memory and the certainty of <see cref="Unique"/>.
/// With <see cref="RowExpectation.Mostly"/> a share of duplicates is tolerated.</remarks>
public sealed record UniqueRows : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    public UniqueRows()
        : base(column: null)
    {
    }

    /// <inheritdoc/>
    public override string Kind => "unique_rows";

    /// <inheritdoc/>
    public override string Expected => "no row twice";

    internal override string Noun => "row";

    internal override string Problem => "repeated from an earlier row";

    internal override void Write(FieldWriter fields)
    {
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        var seen = new FingerprintSet();
        return new RowTest(this, (part, failing) =>
        {
            if (part.Table.Columns.Count == 0)
            {
                return 0;
            }

            Fingerprint[] keys = RowKeys.Of(part.Table.Columns, missing: null);
            seen.Reserve(keys.Length);
            for (int row = 0; row < keys.Length; row++)
            {
                if (!seen.Add(keys[row]))
                {
                    failing.Mark(row);
                }
            }

            return keys.Length;
        });
    }
}
