using MlOps.Tracking.Search;

namespace MlOps.Tracking.Server;

/// <summary>Which grammar the filter of a request may use.</summary>
/// <remarks>
/// MLflow's own by default, so that a client sees here what it would see there; tests for NULL of tags and parameters are in it since MLflow 3.11. The whole of
/// ours, with OR, NOT and parentheses, is for who asks: <see cref="ServerOptions.ExtendedFilters"/>, or the field <c>extended_filters</c> of a request.
/// </remarks>
internal static class ServerFilters
{
    internal static bool IsStrict(Exchange exchange, string? filter, FilterTarget target) =>
        !exchange.Options.ExtendedFilters && !exchange.Fields.Flag("extended_filters") && !TestsForNull(filter, target);

    /// <summary>Whether a filter goes beyond MLflow 2 by <c>IS NULL</c> and <c>IS NOT NULL</c> only.</summary>
    private static bool TestsForNull(string? filter, FilterTarget target) =>
        filter is not null && filter.Contains("null", StringComparison.OrdinalIgnoreCase) && !filter.Contains('(', StringComparison.Ordinal)
        && FilterParser.Parse(filter, target, strict: false) is { } tree && IsConjunction(tree);

    private static bool IsConjunction(FilterExpression expression) => expression switch
    {
        FilterExpression.And and => IsConjunction(and.Left) && IsConjunction(and.Right),
        FilterExpression.Or => false,
        FilterExpression.Not not => not.Operand is FilterExpression.IsNull test && IsTagOrParam(test),
        FilterExpression.IsNull test => IsTagOrParam(test),
        _ => true,
    };

    private static bool IsTagOrParam(FilterExpression.IsNull test) => test.Field.Kind is FieldKind.Tag or FieldKind.Param;
}
