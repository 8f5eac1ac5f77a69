namespace MlOps.Tracking.Sql;

/// <summary>What is bound to a place in a statement: a whole number, a text or nothing.</summary>
/// <remarks>There are no fractions: a double is stored by its place in their order, see <see cref="OrderedDouble"/>.</remarks>
internal readonly struct SqlValue
{
    private SqlValue(long? number, string? text) => (Number, Text) = (number, text);

    internal long? Number { get; }

    internal string? Text { get; }

    public static implicit operator SqlValue(long number) => new(number, null);

    public static implicit operator SqlValue(long? number) => new(number, null);

    public static implicit operator SqlValue(string? text) => new(null, text);
}
