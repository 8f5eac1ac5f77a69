using System.Collections.Concurrent;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    /// <inheritdoc/>
    /// <remarks>Reads the folders of all runs of the experiments, several at a time; if neither filter nor order needs what was logged, only their <c>meta.yaml</c>. What is malformed is left out, as MLflow does.</remarks>
    public Page<Run> SearchRuns(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, RunQuery.Most);
        long offset = PageToken.Read(query.PageToken);
        FilterExpression? filter = FilterParser.Parse(query.Filter, FilterTarget.Runs, query.StrictMlflow);
        IReadOnlyList<OrderTerm> terms = OrderParser.Parse(query.OrderBy, FilterTarget.Runs);
        Func<Run, bool> matches = FilterEvaluator.OfRuns(filter);
        bool needsAll = NeedsLogged(filter) || terms.Any(t => t.Field.Kind != FieldKind.Attribute);
        return Guarded(() =>
        {
            var found = new ConcurrentBag<Run>();
            var folders = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
            foreach (string experiment in query.ExperimentIds.Distinct(StringComparer.Ordinal))
            {
                if (ExperimentFolder(experiment) is not { } parent)
                {
                    continue;
                }

                Each(RunFolders(parent), (id, folder) =>
                {
                    RunInfo info = Known(id, experiment, folder).Info;
                    if (query.View != ViewType.All && info.Stage == LifecycleStage.Active != (query.View == ViewType.ActiveOnly))
                    {
                        return;
                    }

                    Run run = needsAll ? Filled(info, folder) : new Run(info, [], [], [], []);
                    if (matches(run))
                    {
                        folders[id] = folder;
                        found.Add(run);
                    }
                }, cancellationToken);
            }

            var sorted = found.ToList();
            sorted.Sort(OrderComparer.OfRuns(terms));
            Page<Run> page = PageOf(sorted, offset, query.MaxResults);
            if (needsAll)
            {
                return page;
            }

            var filled = new ConcurrentDictionary<string, Run>(StringComparer.Ordinal);
            Each(page.Items.Select(r => (r.Info.RunId, folders[r.Info.RunId])), (id, folder) => filled[id] = ReadRun(id, ExperimentOf(folder), folder), cancellationToken);
            return page with { Items = [.. page.Items.Where(r => filled.ContainsKey(r.Info.RunId)).Select(r => filled[r.Info.RunId])] };
        });
    }

    /// <summary>Does something with runs, several at a time, and goes on past those that are malformed or go away meanwhile.</summary>
    private static void Each(IEnumerable<(string Id, string Folder)> runs, Action<string, string> action, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.ForEach(runs, new ParallelOptions { CancellationToken = cancellationToken }, run =>
            {
                try
                {
                    action(run.Id, run.Folder);
                }
                catch (Exception e) when (e is TrackingException { Error: TrackingError.InternalError } or FileNotFoundException or DirectoryNotFoundException)
                {
                    // GetRun says what is wrong with it.
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException))
        {
            throw e.InnerExceptions[0];
        }
    }

    private static bool NeedsLogged(FilterExpression? filter) => filter switch
    {
        null => false,
        FilterExpression.And(var left, var right) => NeedsLogged(left) || NeedsLogged(right),
        FilterExpression.Or(var left, var right) => NeedsLogged(left) || NeedsLogged(right),
        FilterExpression.Not(var operand) => NeedsLogged(operand),
        FilterExpression.IsNull(var field) => field.Kind != FieldKind.Attribute,
        FilterExpression.Text(var field, _, _) => field.Kind != FieldKind.Attribute,
        FilterExpression.Number(var field, _, _) => field.Kind != FieldKind.Attribute,
        FilterExpression.In(var field, _) => field.Kind != FieldKind.Attribute,
        FilterExpression.NotIn(var field, _) => field.Kind != FieldKind.Attribute,
        _ => true,
    };
}
