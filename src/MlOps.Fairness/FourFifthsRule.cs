namespace MlOps.Fairness;

/// <summary>The four-fifths rule: which groups are selected less than 0.8 times as often as the most selected one.</summary>
/// <param name="MostSelected">The group with the highest selection rate, the first of equals; null if nobody was selected anywhere or fewer than two groups have rows.</param>
/// <param name="Ratios">One entry a compared group with rows; empty if there is no most selected group.</param>
/// <remarks><para>Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), United States 1978.</para></remarks>
public sealed record FourFifthsRule(string? MostSelected, IReadOnlyList<ImpactRatio> Ratios)
{
    /// <summary>Four fifths.</summary>
    public const double Limit = 0.8;

    /// <summary>What the rule is not.</summary>
    public const string Caveat =
        "The four-fifths rule is a rule of thumb of United States employment agencies (1978), no proof of discrimination and no licence: it ignores sample size, and other laws ask other questions.";

    /// <summary>Gets the groups below the limit.</summary>
    public IReadOnlyList<ImpactRatio> Below => [.. Ratios.Where(ratio => ratio.Value < Limit)];
}
