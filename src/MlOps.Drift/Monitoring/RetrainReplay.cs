using System.Text;
using MlOps.Charts;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>What a policy would have done and cost over a history.</summary>
public sealed record RetrainReplay
{
    internal RetrainReplay(RetrainPolicy policy, IReadOnlyList<RetrainStep> steps, double baseline, RetrainCosts costs)
    {
        (Policy, Steps, BaselineErrorRate) = (policy, steps, baseline);
        CostOfErrors = steps.Sum(s => Cost(s.ErrorRate, s.Period));
        CostIfNever = steps.Sum(s => Cost(s.Period.ErrorRate, s.Period));
        CostOfRetraining = Retrainings.Count * costs.PerRetraining;

        double Cost(double? rate, PeriodSignals period) => rate is { } e ? Math.Max(0, e - baseline) * period.Predictions * costs.PerError : 0;
    }

    /// <summary>Gets the policy.</summary>
    public RetrainPolicy Policy { get; }

    /// <summary>Gets the periods in order of time.</summary>
    public IReadOnlyList<RetrainStep> Steps { get; }

    /// <summary>Gets the error rate of a model in order.</summary>
    public double BaselineErrorRate { get; }

    /// <summary>Gets the ends of the periods after which it would have retrained.</summary>
    public IReadOnlyList<DateTimeOffset> Retrainings => [.. Steps.Where(s => s.Decision.Action == RetrainAction.Retrain).Select(s => s.Period.Until)];

    /// <summary>Gets the cost of errors above the baseline. Periods whose error rate is not known count nothing.</summary>
    public double CostOfErrors { get; }

    /// <summary>Gets the cost of the retrainings.</summary>
    public double CostOfRetraining { get; }

    /// <summary>Gets the cost of errors above the baseline had nobody ever retrained.</summary>
    public double CostIfNever { get; }

    /// <summary>Gets the cost in all.</summary>
    public double Total => CostOfErrors + CostOfRetraining;

    /// <summary>Gets the periods whose error rate is not known.</summary>
    public int PeriodsWithoutLabels => Steps.Count(s => s.Period.ErrorRate is null);

    /// <summary>Draws the error rate with this policy and without any, with a line at the baseline.</summary>
    /// <exception cref="InvalidOperationException">No period has an error rate.</exception>
    public Figure Chart()
    {
        RetrainStep[] known = [.. Steps.Where(s => s.ErrorRate is not null)];
        if (known.Length == 0)
        {
            throw new InvalidOperationException("No period has an error rate, so there is nothing to draw.");
        }

        DateTime[] times = [.. known.Select(s => s.Period.Until.UtcDateTime)];
        double[] never = [.. known.Select(s => 100 * s.Period.ErrorRate!.Value)];
        double[] with = [.. known.Select(s => 100 * s.ErrorRate!.Value)];
        return MlOps.Charts.Chart.Line(times, never, "never retrained", Role.Reference)
            .Add(MlOps.Charts.Chart.Line(times, with, "with this policy", Role.Current))
            .Titled(FormattableString.Invariant($"{Counted()}: {Total:N0} instead of {CostIfNever:N0}"), FormattableString.Invariant($"{known.Length} of {Steps.Count} periods have labels; a replay under the policy's assumption"))
            .XAxis("end of the period", "")
            .YAxis("error rate", "%")
            .Threshold(100 * BaselineErrorRate, "baseline");
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the costs and a line a period.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FormattableString.Invariant(
            $"{Policy.Name}: {Counted()} for {CostOfRetraining:N0}, errors {CostOfErrors:N0}, together {Total:N0}; never retraining {CostIfNever:N0}"));
        if (PeriodsWithoutLabels > 0)
        {
            text.Append(FormattableString.Invariant($"; {PeriodsWithoutLabels} of {Steps.Count} periods have no labels and count nothing"));
        }

        foreach (RetrainStep step in Steps)
        {
            text.Append(FormattableString.Invariant($"\n  {step.Period.Until.UtcDateTime:yyyy-MM-dd}  {step.Decision.Action,-11}  {(step.ErrorRate is { } e ? FormattableString.Invariant($"{e:P1}") : "?"),7}  {step.Decision.Because[0]}"));
        }

        return text.ToString();
    }

    private string Counted() => Retrainings.Count == 1 ? "1 retraining" : FormattableString.Invariant($"{Retrainings.Count} retrainings");
}
