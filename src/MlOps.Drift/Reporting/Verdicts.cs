namespace MlOps.Drift.Reporting;

/// <summary>Turns the evidence of all columns into test results and levels: the only place where columns know of each other.</summary>
internal sealed class Verdicts
{
    private readonly DriftOptions _options;
    private readonly double _decidingThreshold;
    private readonly Dictionary<string, double> _thresholds;

    internal Verdicts(IEnumerable<Evidence> columns, DriftOptions options)
    {
        Evidence[] all = [.. columns];
        _options = options;
        _decidingThreshold = Threshold(all.Select(c => c.Decider).OfType<Outcome>());

        // What a column is judged by is one family, one p-value a column. Every further test is a family of its own.
        _thresholds = all
            .SelectMany(c => c.Outcomes.Where(outcome => outcome.PValue is not null && outcome != c.Decider))
            .GroupBy(outcome => outcome.Name)
            .ToDictionary(family => family.Key, Threshold);
    }

    internal DriftLevel Level(Evidence column)
    {
        double psi = column.Psi.Value;
        bool large = psi >= _options.PsiModerate;
        bool beyondPsiChance = psi > column.Psi.ChanceThreshold;
        bool real = column.Decider is { } test ? test.PValue < _decidingThreshold : beyondPsiChance;
        if (!large || !real)
        {
            return DriftLevel.None;
        }

        return psi >= _options.PsiSignificant && beyondPsiChance ? DriftLevel.Significant : DriftLevel.Moderate;
    }

    internal IReadOnlyList<DriftTestResult> Tests(Evidence column) => [.. column.Outcomes.Select(outcome => Judge(outcome, outcome == column.Decider))];

    private DriftTestResult Judge(Outcome outcome, bool isDeciding)
    {
        double threshold = outcome.PValue is null ? outcome.Limit : isDeciding ? _decidingThreshold : _thresholds[outcome.Name];
        bool drift = outcome.PValue is { } p ? p < threshold : outcome.Statistic >= threshold;
        return new DriftTestResult(outcome.Name, outcome.Statistic, outcome.PValue, threshold, drift) { EffectSize = outcome.Effect, Chance = outcome.Chance };
    }

    private double Threshold(IEnumerable<Outcome> family) =>
        MultipleTesting.Threshold([.. family.Select(outcome => outcome.PValue!.Value)], _options.Alpha, _options.Correction);
}
