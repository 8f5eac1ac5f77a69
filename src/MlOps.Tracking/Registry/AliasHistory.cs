using System.Globalization;
using MlOps.Charts;

namespace MlOps.Tracking.Registry;

/// <summary>Which version had an alias when.</summary>
/// <param name="Model">The model.</param>
/// <param name="Alias">The alias.</param>
/// <param name="Periods">Oldest first, none overlapping; there may be time between them in which no version had the alias.</param>
/// <param name="AsOf">When this was asked: the end of a chart.</param>
public sealed record AliasHistory(string Model, string Alias, IReadOnlyList<AliasPeriod> Periods, DateTimeOffset AsOf)
{
    /// <summary>Returns the period that a moment lies in; null if no version had the alias then.</summary>
    /// <remarks>Of changes in the same millisecond the last counts.</remarks>
    public AliasPeriod? At(DateTimeOffset moment) => Periods.LastOrDefault(period => period.From <= moment && (period.Until is null || moment < period.Until));

    /// <summary>Draws the versions over time: a level line for every period, a gap where no version had the alias.</summary>
    /// <exception cref="InvalidOperationException">No version ever had it.</exception>
    public Figure Chart()
    {
        if (Periods.Count == 0)
        {
            throw new InvalidOperationException($"No version of '{Model}' ever was '{Alias}', so there is nothing to draw.");
        }

        var times = new List<DateTime>();
        var versions = new List<double>();
        foreach (AliasPeriod period in Periods)
        {
            DateTime from = period.From.UtcDateTime;
            if (times.Count > 0 && times[^1] < from)
            {
                times.Add(times[^1]);
                versions.Add(double.NaN);
            }

            times.AddRange([from, (period.Until ?? (AsOf > period.From ? AsOf : period.From)).UtcDateTime]);
            versions.AddRange([period.Version, period.Version]);
        }

        return MlOps.Charts.Chart.Line(times.ToArray(), versions.ToArray(), Alias, Role.Current).Titled(Headline, $"promotion log, {Counted}").XAxis("time", "UTC").YAxis("version");
    }

    /// <summary>Returns the periods as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    /// <summary>Returns how a notebook shows it: a table of periods.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle(ToString());

    private string Headline => Periods.Count > 0 && Periods[^1] is { Until: null } now
        ? string.Create(CultureInfo.InvariantCulture, $"'{Model}': {Alias} is version {now.Version} since {PromotionTime.Text(now.From)}")
        : $"'{Model}': no version is {Alias}";

    private string Counted => string.Create(CultureInfo.InvariantCulture, $"{Periods.Count} period{(Periods.Count == 1 ? "" : "s")}");

    private ResultTable Show() => new(
        Headline, "", ["version", "from", "until", "by", "how", "why"],
        [.. Periods.Select(period => (string[])[
            period.Version.ToString(CultureInfo.InvariantCulture), PromotionTime.Text(period.From), period.Until is { } until ? PromotionTime.Text(until) + Because(period.Ended) : "",
            period.Actor, period.Given == PromotionAction.RolledBack ? "rollback" : "promotion", period.Reason])]);

    private static string Because(PromotionAction? ended) => ended switch
    {
        PromotionAction.AliasRemoved => " (alias removed)",
        PromotionAction.VersionDeleted => " (version deleted)",
        PromotionAction.ModelDeleted => " (model deleted)",
        PromotionAction.ModelRenamed => " (model renamed)",
        _ => "",
    };
}
