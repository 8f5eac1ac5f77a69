namespace MlOps.Drift.Monitoring;

/// <summary>When to retrain a model, and when something else is called for: a pure function of what is known.</summary>
/// <remarks>
/// The questions are asked in this order, the cheapest answer first: Is the data broken, or do training and serving differ (repair)? Did the
/// last retraining make it worse (rollback)? Did errors grow by more than <see cref="Tolerance"/> and more than the labels' sampling error
/// explains? If so: do only the probabilities lie (recalibrate), are there labels enough, is it worth its cost (retrain)? Did inputs move
/// and errors not: is it the season (nothing), or worth a look (investigate)? Is the calendar due (retrain)?
/// <para>A retraining saves <c>Recovered · (e − e₀) · predictions a day · days of the horizon · cost of an error</c>, <c>e</c> the error rate
/// now and <c>e₀</c> the baseline.</para>
/// </remarks>
public sealed partial record RetrainPolicy
{
    /// <summary>One-sided 95 % quantile of the normal law: how far chance may carry an error rate.</summary>
    private const double Z95 = 1.6448536269514722;

    /// <summary>Gets the name; part of every decision's id.</summary>
    public string Name { get; init; } = "retrain";

    /// <summary>Gets what may bring a retraining about. Default: calendar and signals.</summary>
    public RetrainMode Mode { get; init; } = RetrainMode.Both;

    /// <summary>Gets the time between two retrainings by the calendar. Default 180 days.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Gets what errors and retraining cost; null decides by signals alone.</summary>
    public RetrainCosts? Costs { get; init; }

    /// <summary>Gets e₀, the error rate of the model when it was in order; null takes the first labelled period of the history.</summary>
    public double? BaselineErrorRate { get; init; }

    /// <summary>Gets the rise of the error rate that is put up with. Default 0.01.</summary>
    public double Tolerance { get; init => field = Guard.Share(value, nameof(Tolerance)); } = 0.01;

    /// <summary>Gets how long after the end of a period its labels arrive; used by the replay. Default: at once.</summary>
    public TimeSpan LabelDelay { get; init; }

    /// <summary>Gets the fresh labels a new model needs. Default 500.</summary>
    public long MinimumLabels { get; init => field = Guard.AtLeast(value, 0, nameof(MinimumLabels)); } = 500;

    /// <summary>Gets the time after a retraining in which no other is started. Default 30 days.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the time after a retraining in which a worse model is rolled back. Default 60 days.</summary>
    public TimeSpan RollbackWithin { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Gets the share of rows that may differ between training and serving. Default 0.001.</summary>
    public double SkewLimit { get; init => field = Guard.Share(value, nameof(SkewLimit)); } = 0.001;

    /// <summary>Gets the calibration error from which on probabilities are fitted anew. Default 0.05.</summary>
    public double CalibrationLimit { get; init => field = Guard.Share(value, nameof(CalibrationLimit)); } = 0.05;

    /// <summary>Gets the fall of the AUC up to which the order of scores still holds. Default 0.01.</summary>
    public double AucTolerance { get; init => field = Guard.Share(value, nameof(AucTolerance)); } = 0.01;

    /// <summary>Decides at the end of the last period.</summary>
    /// <param name="history">The periods so far, in any order; numbers that are not known yet are null.</param>
    /// <param name="lastRetraining">When the present model went live; null for the first one.</param>
    /// <exception cref="ArgumentException">The history is empty.</exception>
    public RetrainDecision Decide(IReadOnlyList<PeriodSignals> history, DateTimeOffset? lastRetraining = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
        {
            throw new ArgumentException("A decision needs at least one period; the history is empty.", nameof(history));
        }

        var evidence = RetrainEvidence.Of([.. history.OrderBy(p => p.Until)], lastRetraining, this);
        return Broken(evidence) ?? Worse(evidence) ?? Grown(evidence) ?? Scheduled(evidence) ?? Moved(evidence) ?? Quiet(evidence);
    }

    private RetrainDecision? Broken(RetrainEvidence e) =>
        e.Now.Broken.Count > 0 ? Decision(e, RetrainAction.Repair, [.. e.Now.Broken, "a model trained on broken data learns the break: repair, run the period again, then look anew"])
        : e.Now.Skew > SkewLimit ? Decision(e, RetrainAction.Repair, [FormattableString.Invariant($"{e.Now.Skew:P2} of the rows differ between training and serving, limit {SkewLimit:P2}: the code differs, and a new model would meet the same")])
        : null;

    private RetrainDecision? Worse(RetrainEvidence e)
    {
        if (e.LastRetraining is not { } last || e.Now.Until - last > RollbackWithin || e.Labelled is not { ErrorRate: { } now } labelled || labelled.From < last || e.BeforeRetraining is not { } before)
        {
            return null;
        }

        double margin = Margin(now, labelled.Labels);
        return now - margin <= before + Tolerance ? null : Decision(e, RetrainAction.Rollback, [FormattableString.Invariant(
            $"the error rate is {now:P1} (± {margin:P1}, {labelled.Labels:N0} labels) since the retraining of {last.UtcDateTime:yyyy-MM-dd}, and was {before:P1} before it")]);
    }

    private RetrainDecision? Grown(RetrainEvidence e)
    {
        if (e.Error is not { } error || error - e.Margin <= e.Baseline + Tolerance)
        {
            return null;
        }

        string grown = FormattableString.Invariant($"the {(e.IsEstimate ? "estimated " : "")}error rate is {error:P1}{(e.IsEstimate ? "" : FormattableString.Invariant($" (± {e.Margin:P1}, {e.Labels:N0} labels)"))}, the baseline {e.Baseline:P1}");
        string kind = e.Now.Drift == DriftLevel.None
            ? FormattableString.Invariant($"the inputs stand still: a concept shift; train on data from {e.ShiftBegan.UtcDateTime:yyyy-MM-dd} on, older data teach the old world")
            : FormattableString.Invariant($"the inputs moved ({e.Now.Drift.ToString().ToLowerInvariant()} drift): a covariate shift; the new data must be among the training data");
        double saving = Saving(e, error);
        double cost = Costs?.PerRetraining ?? 0;
        if (e.Now is { CalibrationError: { } off, Auc: { } auc } && off > CalibrationLimit && e.BaselineAuc is { } aucBefore && auc >= aucBefore - AucTolerance)
        {
            return Decision(e, RetrainAction.Recalibrate, [grown, FormattableString.Invariant($"the order of the scores holds (AUC {auc:0.###}, was {aucBefore:0.###}) and only the probabilities are off (calibration error {off:0.###})")]);
        }

        if (Mode == RetrainMode.Schedule)
        {
            return Scheduled(e) ?? Decision(e, RetrainAction.Investigate, [grown, kind, "this policy retrains by the calendar only"]);
        }

        if (e.LastRetraining is { } last && e.Now.Until - last < CoolDown)
        {
            return Decision(e, RetrainAction.Investigate, [grown, FormattableString.Invariant($"the last retraining was {(e.Now.Until - last).TotalDays:0} days ago, and the next may come {CoolDown.TotalDays:0} days after it")]);
        }

        if (e.FreshLabels < MinimumLabels)
        {
            return Decision(e, RetrainAction.Investigate, [grown, kind, FormattableString.Invariant($"there are {e.FreshLabels:N0} fresh labels, and {MinimumLabels:N0} are needed: get labels first")]);
        }

        return Costs is not null && saving <= cost
            ? Scheduled(e) ?? Decision(e, RetrainAction.Nothing, [grown, FormattableString.Invariant($"a retraining costs {cost:N0} and would save {saving:N0} within {Costs.Horizon.TotalDays:0} days: it does not pay")], cost: 0, saving)
            : Decision(e, RetrainAction.Retrain, Costs is null ? [grown, kind] : [grown, kind, FormattableString.Invariant($"a retraining costs {cost:N0} and saves {saving:N0} within {Costs.Horizon.TotalDays:0} days")], cost, saving);
    }

    private RetrainDecision? Scheduled(RetrainEvidence e)
    {
        TimeSpan age = e.Now.Until - (e.LastRetraining ?? e.First);
        if (Mode == RetrainMode.Trigger || age < Every)
        {
            return null;
        }

        string due = FormattableString.Invariant($"the model is {age.TotalDays:0} days old, and the calendar says {Every.TotalDays:0}");
        return e.FreshLabels < MinimumLabels
            ? Decision(e, RetrainAction.Investigate, [due, FormattableString.Invariant($"there are {e.FreshLabels:N0} fresh labels, and {MinimumLabels:N0} are needed: get labels first")])
            : Decision(e, RetrainAction.Retrain, [due], Costs?.PerRetraining ?? 0, e.Error is { } error ? Saving(e, error) : 0);
    }

    private RetrainDecision? Moved(RetrainEvidence e)
    {
        if (e.Now.Drift == DriftLevel.None)
        {
            return null;
        }

        string moved = FormattableString.Invariant($"the inputs moved ({e.Now.Drift.ToString().ToLowerInvariant()} drift)");
        return e.Now.SeasonalDrift == DriftLevel.None
            ? Decision(e, RetrainAction.Nothing, [moved, "the same season last year looked the same: it is the season", Errors(e)])
            : Decision(e, RetrainAction.Investigate, [moved, Errors(e), "check the model where the new rows are"]);
    }

    private RetrainDecision Quiet(RetrainEvidence e) => Decision(e, RetrainAction.Nothing, ["the inputs stand still", Errors(e)]);

    private static string Errors(RetrainEvidence e) => e.Error is { } error
        ? FormattableString.Invariant($"the {(e.IsEstimate ? "estimated " : "")}error rate is {error:P1}, the baseline {e.Baseline:P1}")
        : "the error rate is not known: neither labels nor an estimate";

    private double Saving(RetrainEvidence e, double error) =>
        Costs is null ? 0 : Costs.Recovered * Math.Max(0, error - e.Baseline) * e.PredictionsPerDay * Costs.Horizon.TotalDays * Costs.PerError;

    private RetrainDecision Decision(RetrainEvidence e, RetrainAction action, IReadOnlyList<string> because, double cost = 0, double saving = 0) =>
        new(FormattableString.Invariant($"{Name}/{e.Now.Until.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z/{action.ToString().ToLowerInvariant()}"), action, e.Now.Until, because, cost, saving);

    /// <summary>How far chance may carry an error rate measured on n labels.</summary>
    internal static double Margin(double rate, long labels) => labels == 0 ? 0 : Z95 * Math.Sqrt(rate * (1 - rate) / labels);
}
