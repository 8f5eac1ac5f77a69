using System.Globalization;
using MlOps.Charts;

namespace MlOps.Drift.Estimation;

/// <summary>How long labels take, with the predictions whose label is still open counted as what they are: not known yet.</summary>
/// <param name="Points">One entry a delay at which labels came, ascending; none if no label has come.</param>
/// <param name="Predictions">Predictions in all.</param>
/// <param name="Labelled">Those with a label.</param>
/// <remarks>
/// Kaplan–Meier: <c>S(d) = Π over dₖ ≤ d of (1 − eₖ / rₖ)</c>, rₖ the predictions at risk, eₖ the labels at delay dₖ; <c>KnownShare = 1 − S</c>. Its 95 % interval uses Greenwood's variance on the
/// scale ln(−ln S). A label and an open end at the same delay: the label comes first. <c>PositiveShare = F₁ / (F₀ + F₁)</c> from the
/// cumulative incidences <c>F_c(d) = Σ S(dₖ₋₁)·e_{c,k} / rₖ</c> of true and false labels (Aalen–Johansen): where it starts far from its end, early labels are not like
/// the rest, as when defaults show before loans are repaid. It assumes that the delay does not change over time.
/// <para>Sources: E. L. Kaplan, P. Meier, JASA 53 (1958) 457–481; O. O. Aalen, S. Johansen, Scand. J. Statist. 5 (1978) 141–150.</para>
/// </remarks>
public sealed record LabelDelay(IReadOnlyList<LabelDelayPoint> Points, int Predictions, int Labelled)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Estimates the distribution.</summary>
    /// <param name="days">Per prediction, the delay of its label, or how long it has been watched without one; finite, ≥ 0. At least one.</param>
    /// <param name="labels">Per prediction, its label; null while open.</param>
    /// <exception cref="ArgumentException">No row, or unequal lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A delay is negative or not finite.</exception>
    public static LabelDelay Estimate(ReadOnlySpan<double> days, ReadOnlySpan<bool?> labels)
    {
        EstimationInputs.NotEmpty(days.Length, nameof(days));
        EstimationInputs.SameLength(days.Length, labels.Length, "delays", nameof(labels));
        double[] sorted = days.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        foreach (double delay in sorted)
        {
            Guard.NonNegative(delay, nameof(days));
        }

        Array.Sort(sorted, order);
        var points = new List<LabelDelayPoint>();
        double survival = 1, greenwood = 0, positives = 0, negatives = 0;
        int labelled = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start, events = 0, positive = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                bool? label = labels[order[end]];
                events += label is null ? 0 : 1;
                positive += label == true ? 1 : 0;
            }

            if (events > 0)
            {
                int atRisk = sorted.Length - start;
                positives += survival * positive / atRisk;
                negatives += survival * (events - positive) / atRisk;
                survival *= 1 - ((double)events / atRisk);
                greenwood += events == atRisk ? 0 : events / ((double)atRisk * (atRisk - events));
                labelled += events;
                (double lower, double upper) = Interval(survival, greenwood);
                points.Add(new LabelDelayPoint(sorted[start], atRisk, events, 1 - survival, lower, upper, positives / (positives + negatives)));
            }

            start = end;
        }

        return new LabelDelay(points, days.Length, labelled);
    }

    /// <summary>Returns the share of labels known some days after the prediction, in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is negative or not finite.</exception>
    public double KnownShare(double days)
    {
        Guard.NonNegative(days);
        double share = 0;
        foreach (LabelDelayPoint point in Points)
        {
            share = point.Days <= days ? point.KnownShare : share;
        }

        return share;
    }

    /// <summary>Returns after how many days a share of the labels is known; NaN if that has not been seen yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is outside [0, 1].</exception>
    public double DaysUntil(double share)
    {
        Guard.Share(share);
        return Points.FirstOrDefault(point => point.KnownShare >= share)?.Days ?? double.NaN;
    }

    /// <summary>Draws the share of labels that is known, and the share of true ones among them, over the delay.</summary>
    /// <exception cref="InvalidOperationException">No label has come.</exception>
    public Figure Chart()
    {
        if (Points.Count == 0)
        {
            throw new InvalidOperationException("No label has come: there is nothing to draw.");
        }

        double[] days = [.. Points.Select(point => point.Days)];
        return MlOps.Charts.Chart.Line(days, [.. Points.Select(point => (Value)point.KnownShare)], "labels known", Role.Current)
            .WithConfidence([.. Points.Select(point => (Value)point.Lower)], [.. Points.Select(point => (Value)point.Upper)], "95 % interval")
            .Add(MlOps.Charts.Chart.Line(days, [.. Points.Select(point => (Value)point.PositiveShare)], "positive share of known labels", Role.Alarm))
            .Titled(
                string.Create(CultureInfo.InvariantCulture, $"Half of the labels are known after {ShownTable.Number(DaysUntil(0.5))} days"),
                string.Create(CultureInfo.InvariantCulture, $"{Predictions:N0} predictions, {Labelled:N0} labelled; open ones counted as open"))
            .XAxis("delay", "days")
            .YAxis("share", min: 0, max: 1);
    }

    /// <summary>Returns how a notebook shows the distribution: its quarters.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the quarters of the distribution as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    private static (double Lower, double Upper) Interval(double survival, double greenwood)
    {
        if (survival is 0 or 1)
        {
            return (1 - survival, 1 - survival);
        }

        double log = Math.Log(survival);
        double width = NormalQuantile * Math.Sqrt(greenwood) / -log;
        return (1 - Math.Exp(log * Math.Exp(-width)), 1 - Math.Exp(log * Math.Exp(width)));
    }

    private ShownTable Show()
    {
        double[] shares = [0.1, 0.25, 0.5, 0.75, 0.9];
        return new ShownTable(
            string.Create(CultureInfo.InvariantCulture, $"Half of the labels are known after {ShownTable.Number(DaysUntil(0.5))} days"),
            string.Create(CultureInfo.InvariantCulture, $"{Predictions:N0} predictions, {Labelled:N0} labelled"),
            ["labels known", "after days", "positive share by then"],
            [.. shares.Select(share => (string[])
            [
                ShownTable.Percent(share),
                ShownTable.Number(DaysUntil(share)),
                ShownTable.Number(Points.FirstOrDefault(point => point.KnownShare >= share)?.PositiveShare ?? double.NaN),
            ])],
            1,
            []);
    }
}
