using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Cli;

/// <summary>Finds the experiments that somebody means.</summary>
internal static class ExperimentReference
{
    /// <summary>Returns the experiments by name or id; all that are not deleted if none is named.</summary>
    /// <exception cref="ArgumentException">There is no such experiment.</exception>
    internal static string[] Find(ITrackingStore store, string[]? named, CancellationToken cancellation)
    {
        if (named is null or [])
        {
            return [.. All(store, ViewType.ActiveOnly, cancellation).Select(experiment => experiment.Id)];
        }

        return [.. named.Select(name => (store.FindExperiment(name) ?? ById(store, name, cancellation)).Id)];
    }

    internal static IEnumerable<Experiment> All(ITrackingStore store, ViewType view, CancellationToken cancellation)
    {
        var query = new SearchQuery { View = view };
        do
        {
            Page<Experiment> page = store.SearchExperiments(query, cancellation);
            foreach (Experiment experiment in page.Items)
            {
                yield return experiment;
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }

    private static Experiment ById(ITrackingStore store, string name, CancellationToken cancellation)
    {
        Experiment[] all = [.. All(store, ViewType.All, cancellation)];
        return Array.Find(all, experiment => experiment.Id == name)
            ?? throw new ArgumentException($"There is no experiment '{name}' in {store.Address}. There are: {string.Join(", ", all.Take(10).Select(experiment => experiment.Name))}{(all.Length > 10 ? ", …" : "")}.");
    }
}
