namespace MlOps.Tracking.Search;

/// <summary>One key of an order.</summary>
/// <param name="Field">What to sort by. What lacks it comes last either way; NaN comes just before that.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
internal readonly record struct OrderTerm(FilterField Field, bool Descending);
