namespace MlOps.Tracking.Search;

/// <summary>Reads orders in MLflow's grammar, such as <c>metrics.acc DESC</c>.</summary>
/// <remarks>
/// <c>[entity.]key [ASC|DESC]</c>, ascending if not told. Runs are sorted by metrics, parameters, tags and attributes; experiments, models and versions by attributes only.
/// <para>Source: MLflow's documentation of search_runs.</para>
/// </remarks>
internal static class OrderParser
{
    /// <summary>Reads the terms of an order.</summary>
    /// <param name="terms">The terms, the first the most important.</param>
    /// <param name="target">What is sorted.</param>
    /// <returns>One for each term; the order that breaks ties is the store's.</returns>
    /// <exception cref="TrackingException"><c>InvalidParameterValue</c>: one cannot be read; the message names the column, from 1, and what was expected there.</exception>
    public static IReadOnlyList<OrderTerm> Parse(IReadOnlyList<string> terms, FilterTarget target)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var order = new OrderTerm[terms.Count];
        for (int i = 0; i < order.Length; i++)
        {
            var scan = new FilterScanner(terms[i] ?? "", "order_by", strict: false);
            FilterField field = FieldReader.ReadOrder(scan, target);
            bool descending = !scan.TryKeyword("ASC") && scan.TryKeyword("DESC");
            order[i] = scan.AtEnd ? new OrderTerm(field, descending) : throw scan.Error(scan.Position, $"expected ASC, DESC or the end; found {scan.Found}");
        }

        return order;
    }
}
