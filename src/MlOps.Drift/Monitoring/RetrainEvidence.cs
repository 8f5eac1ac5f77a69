namespace MlOps.Drift.Monitoring;

/// <summary>What a policy reads out of the periods.</summary>
internal sealed record RetrainEvidence
{
    internal required PeriodSignals Now { get; init; }

    internal required DateTimeOffset First { get; init; }

    internal DateTimeOffset? LastRetraining { get; init; }

    /// <summary>The latest period with labels.</summary>
    internal PeriodSignals? Labelled { get; init; }

    /// <summary>The error rate to go by: of the latest labelled period, or the present estimate where that is higher or there are no labels.</summary>
    internal double? Error { get; init; }

    internal bool IsEstimate { get; init; }

    internal double Margin { get; init; }

    internal long Labels => Labelled?.Labels ?? 0;

    internal double Baseline { get; init; }

    internal double? BaselineAuc { get; init; }

    /// <summary>The last labelled error rate of the model before.</summary>
    internal double? BeforeRetraining { get; init; }

    /// <summary>When the present run of raised errors began.</summary>
    internal DateTimeOffset ShiftBegan { get; init; }

    /// <summary>Labels of the time that a new model should learn from.</summary>
    internal long FreshLabels { get; init; }

    internal double PredictionsPerDay { get; init; }

    internal static RetrainEvidence Of(PeriodSignals[] periods, DateTimeOffset? lastRetraining, RetrainPolicy policy)
    {
        PeriodSignals now = periods[^1];
        PeriodSignals? labelled = periods.LastOrDefault(p => p.ErrorRate is not null && p.From >= (lastRetraining ?? DateTimeOffset.MinValue));
        double? estimate = now.EstimatedErrorRate;
        double? measured = labelled?.ErrorRate;
        double margin = measured is { } rate ? RetrainPolicy.Margin(rate, labelled!.Labels) : 0;
        bool isEstimate = estimate is { } e && (measured is null || (labelled != now && e > measured));
        double baseline = policy.BaselineErrorRate ?? periods.FirstOrDefault(p => p.ErrorRate is not null)?.ErrorRate ?? periods.FirstOrDefault(p => p.EstimatedErrorRate is not null)?.EstimatedErrorRate ?? 0;
        DateTimeOffset began = Began(periods, baseline + policy.Tolerance);
        DateTimeOffset fresh = now.Drift == DriftLevel.None && began != now.Until ? began : lastRetraining ?? DateTimeOffset.MinValue;
        PeriodSignals[] recent = [.. periods.TakeLast(3)]; // the volume of late, not of one day
        double days = recent.Sum(p => (p.Until - p.From).TotalDays);
        return new RetrainEvidence
        {
            Now = now,
            First = periods[0].From,
            LastRetraining = lastRetraining,
            Labelled = labelled,
            Error = isEstimate ? estimate : measured,
            IsEstimate = isEstimate,
            Margin = isEstimate ? 0 : margin,
            Baseline = baseline,
            BaselineAuc = periods.FirstOrDefault(p => p.Auc is not null)?.Auc,
            BeforeRetraining = lastRetraining is { } last ? periods.LastOrDefault(p => p.ErrorRate is not null && p.Until <= last)?.ErrorRate : null,
            ShiftBegan = began == now.Until ? now.From : began,
            FreshLabels = periods.Where(p => p.From >= fresh).Sum(p => p.Labels),
            PredictionsPerDay = days > 0 ? recent.Sum(p => (double)p.Predictions) / days : 0,
        };
    }

    /// <summary>The start of the trailing labelled periods whose errors are raised; the end of the last period if there are none.</summary>
    private static DateTimeOffset Began(PeriodSignals[] periods, double limit)
    {
        DateTimeOffset began = periods[^1].Until;
        foreach (PeriodSignals period in periods.Reverse().Where(p => p.ErrorRate is not null))
        {
            if (period.ErrorRate <= limit)
            {
                break;
            }

            began = period.From;
        }

        return began;
    }
}
