namespace MlOps.Tracking.Search;

/// <summary>A filter that was understood: a tree.</summary>
/// <remarks>Two-valued: a comparison with a field that is not there is false, and NOT of it is true.</remarks>
internal abstract record FilterExpression
{
    /// <summary>A field against a text.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Operator">How.</param>
    /// <param name="Value">The text, without its quotes.</param>
    public sealed record Text(FilterField Field, FilterOperator Operator, string Value) : FilterExpression;

    /// <summary>A field against a number.</summary>
    /// <param name="Field">A metric, a time or a version's number.</param>
    /// <param name="Operator">How; never LIKE.</param>
    /// <param name="Value">The number. A metric that is NaN matches only <c>!=</c>.</param>
    public sealed record Number(FilterField Field, FilterOperator Operator, double Value) : FilterExpression;

    /// <summary>A field that must be one of several texts.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Values">The texts; at least one.</param>
    public sealed record In(FilterField Field, IReadOnlyList<string> Values) : FilterExpression;

    /// <summary>A field that must be there, and none of several texts.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Values">The texts; at least one.</param>
    public sealed record NotIn(FilterField Field, IReadOnlyList<string> Values) : FilterExpression;

    /// <summary>A field that must not be there. <c>IS NOT NULL</c> is <see cref="Not"/> of it.</summary>
    /// <param name="Field">The field.</param>
    public sealed record IsNull(FilterField Field) : FilterExpression;

    /// <summary>Both.</summary>
    /// <param name="Left">One.</param>
    /// <param name="Right">The other.</param>
    public sealed record And(FilterExpression Left, FilterExpression Right) : FilterExpression;

    /// <summary>At least one of two.</summary>
    /// <param name="Left">One.</param>
    /// <param name="Right">The other.</param>
    public sealed record Or(FilterExpression Left, FilterExpression Right) : FilterExpression;

    /// <summary>The opposite.</summary>
    /// <param name="Operand">Of this.</param>
    public sealed record Not(FilterExpression Operand) : FilterExpression;
}
