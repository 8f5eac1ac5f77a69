namespace MlOps.Drift.Quality;

/// <summary>Columns stand in this order, from left to right.</summary>
/// <remarks>A file that is read by position must keep its order; one that is read by name need not.</remarks>
public sealed record ColumnOrder : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="columns">The names in order; at least two, or one when others are not allowed.</param>
    /// <param name="others">Whether other columns may stand before, between or behind them.</param>
    /// <exception cref="ArgumentException">Too few columns, one blank, or one twice.</exception>
    public ColumnOrder(IEnumerable<string> columns, bool others = true)
        : base(column: null) =>
        (Order, Others) = (Names.Columns(columns, others ? 2 : 1, nameof(columns)), others);

    /// <summary>Gets the names in order.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>Gets a value indicating whether there may be other columns.</summary>
    public bool Others { get; }

    /// <inheritdoc/>
    public override string Kind => "column_order";

    /// <inheritdoc/>
    public override string Expected => $"{Wording.List(Order)}{(Others ? "" : " and no other")}";

    /// <inheritdoc/>
    public bool Equals(ColumnOrder? other) => base.Equals(other) && Others == other.Others && Order.SequenceEqual(other.Order, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Others, Names.Hash(Order));

    internal override void Write(FieldWriter fields)
    {
        fields.Texts("columns", Order);
        fields.Flag("others", Others, standard: true);
    }

    internal override ExpectationTest Begin(CheckContext context) => new OrderOfColumns(this);

    private sealed class OrderOfColumns(ColumnOrder rule) : ExpectationTest
    {
        private string[]? _columns;

        internal override void Add(PartView part, RowMask failing) => _columns ??= [.. part.Table.Columns.Select(column => column.Name)];

        internal override TestVerdict Finish(long failing)
        {
            string[] there = [.. _columns!.Where(rule.Order.Contains)];
            string[] missing = [.. rule.Order.Except(there)];
            string[] extra = rule.Others ? [] : [.. _columns!.Except(rule.Order)];
            bool inOrder = there.SequenceEqual(rule.Order.Where(there.Contains), StringComparer.Ordinal);
            string message = missing.Length > 0 ? $"Missing: {Wording.List(missing)}."
                : extra.Length > 0 ? $"Not expected: {Wording.List(extra)}."
                : inOrder ? "The columns stand in the expected order."
                : $"The order is {Wording.List(there)}; expected is {Wording.List(rule.Order)}.";
            return TestVerdict.Of(missing.Length + extra.Length == 0 && inOrder, Wording.List(there), message);
        }
    }
}
