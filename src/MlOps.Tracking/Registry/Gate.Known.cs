using System.Globalization;

namespace MlOps.Tracking.Registry;

public sealed partial class Gate
{
    /// <summary>The version's run has a metric within limits.</summary>
    /// <remarks>Compares the run's summary value: the last by step. A run that is not known, a metric that it has not logged and NaN fail.</remarks>
    /// <param name="metric">The metric's key.</param>
    /// <param name="atLeast">The lowest value that passes, in the metric's unit; null sets no lower limit.</param>
    /// <param name="atMost">The highest value that passes; null sets no upper limit.</param>
    /// <exception cref="ArgumentException">No limit is given, one is NaN, or the lower is above the upper.</exception>
    public static Gate Metric(string metric, double? atLeast = null, double? atMost = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (atLeast is null && atMost is null)
        {
            throw new ArgumentException($"A gate on '{metric}' needs a limit: atLeast, atMost or both.", nameof(atLeast));
        }

        if (atLeast is double.NaN || atMost is double.NaN || atLeast > atMost)
        {
            throw new ArgumentException($"No value of '{metric}' is at least {Text(atLeast)} and at most {Text(atMost)}.", nameof(atLeast));
        }

        string name = (atLeast, atMost) switch
        {
            ({ } low, null) => $"{metric} ≥ {Text(low)}",
            (null, { } high) => $"{metric} ≤ {Text(high)}",
            _ => $"{Text(atLeast)} ≤ {metric} ≤ {Text(atMost)}",
        };
        return new Gate(name, context => context.MetricOf(context.Version, metric) switch
        {
            null => new GateResult(name, false, context.WhyNo(context.Version, metric), Limit: atLeast ?? atMost),
            double.NaN => new GateResult(name, false, $"{metric} is NaN", double.NaN, atLeast ?? atMost),
            { } value when value < atLeast => new GateResult(name, false, $"{metric} is {Text(value)}", value, atLeast),
            { } value when value > atMost => new GateResult(name, false, $"{metric} is {Text(value)}", value, atMost),
            { } value => new GateResult(name, true, $"{metric} is {Text(value)}", value, atLeast ?? atMost),
        });
    }

    /// <summary>The version is not worse than the one in use.</summary>
    /// <remarks>
    /// <c>value ≥ reference − by</c>, or <c>value ≤ reference + by</c> if lower is better. Passes if nothing has the alias yet, and says so. Both are the runs' summary values, so
    /// they compare only if both runs measured on the same rows. A metric that is missing or NaN on either side fails.
    /// </remarks>
    /// <param name="metric">The metric's key.</param>
    /// <param name="than">The alias of the version to compare with.</param>
    /// <param name="by">How much worse is still good enough, ≥ 0, in the metric's unit; negative asks for an improvement.</param>
    /// <param name="higherIsBetter">False for losses and errors.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not finite.</exception>
    public static Gate NotWorse(string metric, string than = "champion", double by = 0, bool higherIsBetter = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        ArgumentException.ThrowIfNullOrWhiteSpace(than);
        Guard.Finite(by);
        string name = $"{metric} not worse than {than}";
        return new Gate(name, context =>
        {
            if (context.InUse(than) is not { } other)
            {
                return new GateResult(name, true, $"nothing is {than} yet", context.MetricOf(context.Version, metric));
            }

            if (other.Version == context.Version.Version)
            {
                return new GateResult(name, true, Invariant($"version {other.Version} is {than} itself"), context.MetricOf(context.Version, metric));
            }

            if (context.MetricOf(context.Version, metric) is not { } value)
            {
                return new GateResult(name, false, context.WhyNo(context.Version, metric));
            }

            if (context.MetricOf(other, metric) is not { } reference)
            {
                return new GateResult(name, false, context.WhyNo(other, metric), value);
            }

            double limit = higherIsBetter ? reference - by : reference + by;
            bool passed = higherIsBetter ? value >= limit : value <= limit; // NaN on either side is false
            return new GateResult(name, passed, Invariant($"{metric} is {Text(value)}, {Text(reference)} in version {other.Version}"), value, limit);
        });
    }

    /// <summary>The version takes the same inputs as the one in use, so that callers need not change.</summary>
    /// <remarks>Passes if nothing has the alias yet, and says so. Fails if either model has no signature. See <see cref="ModelSignature.CompareInputs"/>.</remarks>
    /// <param name="than">The alias of the version to compare with.</param>
    public static Gate Signature(string than = "champion")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(than);
        string name = $"inputs as {than}";
        return new Gate(name, context =>
        {
            if (context.InUse(than) is not { } other)
            {
                return new GateResult(name, true, $"nothing is {than} yet");
            }

            if (context.Registry.SignatureOf(context.Version) is not { } signature)
            {
                return new GateResult(name, false, Invariant($"version {context.Version.Version} has no signature"));
            }

            if (context.Registry.SignatureOf(other) is not { } before)
            {
                return new GateResult(name, false, Invariant($"version {other.Version}, which is {than}, has no signature"));
            }

            SignatureCheck check = signature.CompareInputs(before);
            return new GateResult(name, check.Passed, check.Passed ? Invariant($"the same as version {other.Version}") : check.ToString());
        });
    }

    /// <summary>People have approved of the version (<see cref="ModelRegistry.Approve"/>).</summary>
    /// <param name="times">By how many different people, at least 1.</param>
    /// <param name="notBy">Whose approval does not count, such as the author's; null lets everybody's count.</param>
    public static Gate Approved(int times = 1, string? notBy = null)
    {
        Guard.AtLeast(times, 1);
        string name = "approved" + (times == 1 ? "" : Invariant($" by {times}")) + (notBy is null ? "" : $", not by {notBy}");
        return new Gate(name, context =>
        {
            string[] people = [.. context.Approvals.Select(entry => entry.Actor).Where(actor => actor != notBy).Distinct(StringComparer.Ordinal)];
            return new GateResult(name, people.Length >= times, people.Length == 0 ? "nobody has approved" : $"approved by {string.Join(", ", people)}", people.Length, times);
        });
    }

    /// <summary>It is known where the version comes from: its run, the data's version, the commit, and no change of the code outside it.</summary>
    /// <remarks>Looks at <see cref="ModelRegistry.LineageOf(string, int)"/>. Parameters and the environment need not be there. A run of a client that does not say whether the code had changes passes, and the result says so.</remarks>
    public static Gate Lineage()
    {
        const string Name = "lineage";
        return new Gate(Name, context =>
        {
            Lineage lineage = context.Registry.LineageOf(context.Version);
            return lineage.Gaps.Count > 0
                ? new GateResult(Name, false, string.Join("; ", lineage.Gaps))
                : new GateResult(Name, true, $"run {lineage.RunId}, data {string.Join(", ", lineage.Data)}, commit {lineage.Commit}{(lineage.Changed is null ? "; whether the code had further changes is not known" : "")}");
        });
    }

    private static string Text(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "–";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
