namespace MlOps.Drift.Monitoring;

public sealed partial record RetrainPolicy
{
    /// <summary>Says what this policy would have decided over a history of one model that was never retrained, and what that would have cost.</summary>
    /// <remarks>
    /// At the end of every period the policy sees what was known then: labels of a period <see cref="LabelDelay"/> after its end. What a
    /// retraining would have changed nobody has measured, so it is assumed: it takes <see cref="RetrainCosts.Recovered"/> of the error above
    /// the baseline away, from the next period on, and drift up to the level of that moment is part of its training data; what grows after
    /// it stays. A rollback takes the last such gain back. Costs are those of errors above the baseline, and of retrainings.
    /// Deterministic.
    /// </remarks>
    /// <param name="history">The periods, in any order, with the error rates that are known by now.</param>
    /// <exception cref="ArgumentException">The history is empty.</exception>
    public RetrainReplay Replay(IReadOnlyList<PeriodSignals> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
        {
            throw new ArgumentException("A replay needs at least one period; the history is empty.", nameof(history));
        }

        PeriodSignals[] periods = [.. history.OrderBy(p => p.Until)];
        RetrainCosts costs = Costs ?? new RetrainCosts(0, 0);
        double baseline = BaselineErrorRate ?? periods.FirstOrDefault(p => p.ErrorRate is not null)?.ErrorRate ?? 0;
        var seen = new List<PeriodSignals>();
        var steps = new List<RetrainStep>();
        var gains = new Stack<double>();
        double gain = 0;
        DriftLevel learnt = DriftLevel.None;
        DateTimeOffset? last = null;
        foreach (PeriodSignals period in periods)
        {
            seen.Add(After(period, baseline, gain, learnt));
            RetrainDecision decision = (this with { BaselineErrorRate = baseline }).Decide([.. seen.Select(p => AsKnown(p, period.Until))], last);
            steps.Add(new RetrainStep(period, decision, seen[^1].ErrorRate));
            if (decision.Action == RetrainAction.Retrain)
            {
                double gained = costs.Recovered * Math.Max(0, (seen[^1].ErrorRate ?? baseline) - baseline);
                gains.Push(gained);
                (gain, learnt, last) = (gain + gained, period.Drift, period.Until);
            }
            else if (decision.Action == RetrainAction.Rollback && gains.TryPop(out double lost))
            {
                gain -= lost;
            }
        }

        return new RetrainReplay(this, steps, baseline, costs);
    }

    private PeriodSignals AsKnown(PeriodSignals period, DateTimeOffset now) =>
        period.Until + LabelDelay <= now ? period : period with { ErrorRate = null, Labels = 0, Auc = null, CalibrationError = null };

    /// <summary>The period as it would have been after the retrainings so far.</summary>
    private static PeriodSignals After(PeriodSignals period, double baseline, double gain, DriftLevel learnt)
    {
        return period with
        {
            ErrorRate = Lower(period.ErrorRate),
            EstimatedErrorRate = Lower(period.EstimatedErrorRate),
            Drift = period.Drift <= learnt ? DriftLevel.None : period.Drift,
        };

        double? Lower(double? rate) => rate is { } e ? Math.Min(e, Math.Max(baseline, e - gain)) : null;
    }
}
