using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Registry;

/// <summary>A search for models or versions that was understood, and is carried out in memory.</summary>
internal sealed class RegistrySearch
{
    private const int MostModels = 1000;
    private const int MostVersions = 200_000;

    private static readonly IReadOnlyList<string> s_versionsByDefault = ["last_updated_timestamp DESC", "name ASC", "version_number DESC"];

    private readonly SearchQuery _query;
    private readonly FilterExpression? _filter;
    private readonly IReadOnlyList<OrderTerm> _order;
    private readonly long _offset;

    private RegistrySearch(SearchQuery query, FilterTarget target, int most, IReadOnlyList<string> byDefault)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, most);
        _query = query;
        _offset = PageToken.Read(query.PageToken);
        _filter = FilterParser.Parse(query.Filter, target, query.StrictMlflow);
        _order = OrderParser.Parse(query.OrderBy.Count > 0 ? query.OrderBy : byDefault, target);
    }

    internal static RegistrySearch OfModels(SearchQuery query) => new(query, FilterTarget.Models, MostModels, []);

    internal static RegistrySearch OfVersions(SearchQuery query) => new(query, FilterTarget.Versions, MostVersions, s_versionsByDefault);

    /// <summary>The value that an attribute must have for anything to match; null if the filter does not say so.</summary>
    internal string? Only(string attribute) => Only(_filter, attribute);

    internal Page<RegisteredModel> Models(IEnumerable<RegisteredModel> all, CancellationToken cancellationToken) => Page(all, FilterEvaluator.OfModels(_filter), OrderComparer.OfModels(_order), cancellationToken);

    internal Page<ModelVersion> Versions(IEnumerable<ModelVersion> all, CancellationToken cancellationToken) => Page(all, FilterEvaluator.OfVersions(_filter), OrderComparer.OfVersions(_order), cancellationToken);

    private static string? Only(FilterExpression? filter, string attribute) => filter switch
    {
        FilterExpression.And(var left, var right) => Only(left, attribute) ?? Only(right, attribute),
        FilterExpression.Text({ Kind: FieldKind.Attribute } field, FilterOperator.Equal, var value) when field.Key == attribute => value,
        _ => null,
    };

    private Page<T> Page<T>(IEnumerable<T> all, Func<T, bool> matches, Comparison<T> order, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        foreach (T item in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (matches(item))
            {
                found.Add(item);
            }
        }

        found.Sort(order);
        T[] items = [.. found.Skip((int)Math.Min(_offset, found.Count)).Take(_query.MaxResults)];
        long next = _offset + items.Length;
        return new Page<T>(items, items.Length > 0 && next < found.Count ? PageToken.Of(next) : null);
    }
}
