using System.Globalization;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const int MostExperiments = 30_000; // SQLite has 32,766 places in a statement

    public Page<Experiment> SearchExperiments(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, RunQuery.Most);
        long offset = PageToken.Read(query.PageToken);
        Func<Experiment, bool> matches = FilterEvaluator.OfExperiments(FilterParser.Parse(query.Filter, FilterTarget.Experiments, query.StrictMlflow));
        Comparison<Experiment> order = OrderComparer.OfExperiments(OrderParser.Parse(query.OrderBy, FilterTarget.Experiments));
        List<Experiment> found = _database.Read(session => ReadExperiments(session, query.View), cancellationToken).FindAll(experiment => matches(experiment));
        found.Sort(order);
        return PageOf([.. found.Skip((int)Math.Min(offset, found.Count)).Take(query.MaxResults + 1)], offset, query.MaxResults);
    }

    public Page<Run> SearchRuns(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, RunQuery.Most);
        long offset = PageToken.Read(query.PageToken);
        FilterExpression? filter = FilterParser.Parse(query.Filter, FilterTarget.Runs, query.StrictMlflow);
        IReadOnlyList<OrderTerm> order = OrderParser.Parse(query.OrderBy, FilterTarget.Runs);
        long[] experiments = [.. query.ExperimentIds.Where(IsExperimentNumber).Select(ExperimentNumber).Distinct().Order()];
        if (experiments.Length == 0)
        {
            return new Page<Run>([]);
        }

        if (experiments.Length > MostExperiments)
        {
            throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"A search looks at {MostExperiments} experiments at most; {experiments.Length} were given."));
        }

        return _database.Read(
            session =>
            {
                var scope = new RunScope(session, experiments, query.View, cancellationToken);
                RunSet? matches = filter is null ? null : new RunFilter(scope).Matches(filter);
                long[] numbers = new RunOrder(scope).Page(matches, order, offset, query.MaxResults + 1);
                Page<long> page = PageOf(numbers, offset, query.MaxResults);
                return new Page<Run>(Filled(session, page.Items), page.NextPageToken);
            },
            cancellationToken);
    }

    /// <summary>Reads all experiments of a view: there are hundreds, where there are hundreds of thousands of runs.</summary>
    private static List<Experiment> ReadExperiments(SqlSession session, ViewType view)
    {
        var tags = new Dictionary<string, List<Tag>>(StringComparer.Ordinal);
        using (SqlCursor rows = session.Query("SELECT experiment, key, value FROM experiment_tags ORDER BY experiment, key"))
        {
            while (rows.Read())
            {
                string id = Text(rows.Number(0));
                if (!tags.TryGetValue(id, out List<Tag>? own))
                {
                    tags.Add(id, own = []);
                }

                own.Add(new Tag(rows.Text(1), rows.Text(2)));
            }
        }

        (long first, long last) = view switch
        {
            ViewType.ActiveOnly => (0L, 0L),
            ViewType.DeletedOnly => (1L, 1L),
            _ => (0L, 1L),
        };
        return session.Rows(
            $"SELECT {ExperimentColumns} FROM experiments WHERE stage BETWEEN $1 AND $2",
            row => ExperimentOf(row) is var experiment && tags.TryGetValue(experiment.Id, out List<Tag>? own) ? experiment with { Tags = own } : experiment,
            first,
            last);
    }

    /// <summary>Makes a page of what was found; one more than fits means that there is another.</summary>
    private static Page<T> PageOf<T>(T[] found, long offset, int most) =>
        found.Length > most ? new(found[..most], PageToken.Of(offset + most)) : new(found);
}
