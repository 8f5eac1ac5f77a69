using MlOps.Tracking.Capture;

namespace MlOps.Tracking;

public sealed partial class Tracker
{
    /// <summary>Returns the experiment's runs that meet a condition, all of them. See <see cref="Search"/> for many.</summary>
    /// <param name="filter">Such as <c>metrics.acc &gt; 0.9 and params.model = "boosting"</c>; null finds all. OR, NOT, IS NULL and parentheses work too.</param>
    /// <param name="orderBy">Such as <c>metrics.acc DESC</c>; then the latest start comes first.</param>
    /// <exception cref="TrackingException">The filter or the order is none; the message shows where.</exception>
    public IReadOnlyList<Run> Runs(string? filter = null, params string[] orderBy) => [.. Search(filter, orderBy)];

    /// <summary>Walks through the experiment's runs that meet a condition, page by page, so that 100,000 are never in memory at once.</summary>
    /// <param name="filter">As for <see cref="Runs"/>.</param>
    /// <param name="orderBy">As for <see cref="Runs"/>.</param>
    public IEnumerable<Run> Search(string? filter = null, params string[] orderBy)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var query = new RunQuery([Experiment.Id]) { Filter = filter, OrderBy = orderBy };
        do
        {
            Page<Run> page = Store.SearchRuns(query);
            foreach (Run run in page.Items)
            {
                yield return run;
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }

    /// <summary>Returns the runs that are still marked as running although the process that started them on this machine is gone: it was killed, or the machine went down.</summary>
    /// <remarks>All they logged is there. Runs of other machines and of other clients cannot be judged and are not among them.</remarks>
    public IReadOnlyList<Run> Abandoned() =>
        [.. Search("attributes.status = 'RUNNING'").Where(run => run.Tag(ProcessIdentity.TagKey) is { } tag && ProcessIdentity.Parse(tag) is { } process && process.IsGone())];

    /// <summary>Marks the runs that <see cref="Abandoned"/> finds as <see cref="RunStatus.Killed"/>, ended when they logged last, and returns them as they were.</summary>
    public IReadOnlyList<Run> EndAbandoned()
    {
        IReadOnlyList<Run> abandoned = Abandoned();
        foreach (Run run in abandoned)
        {
            long last = run.Metrics.Select(metric => metric.Timestamp).Append(run.Info.StartTime).Max();
            Store.UpdateRun(run.Info.RunId, RunStatus.Killed, last);
        }

        return abandoned;
    }

    /// <summary>Logs every fit of MlOps.Learning from now on: settings, epochs, duration and the score on the training rows.</summary>
    /// <remarks>
    /// A fit is logged into the <see cref="Current"/> run if there is one and no other fit went into it; else it gets a run of its own, a part of the current one if there is one. A fit inside another (a
    /// network's training in an estimator's) adds its epochs to the outer one's run. What cannot be logged never fails a fit; see <see cref="Autologging.Problems"/>.
    /// </remarks>
    /// <param name="trainingScore">Whether to predict the training rows once and log <c>training_accuracy</c> or <c>training_r2</c>. Neighbours take long over it.</param>
    /// <returns>Dispose it to stop.</returns>
    public Autologging Autolog(bool trainingScore = true)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Autologging(this, trainingScore);
    }
}
