namespace MlOps.Drift.Reporting;

/// <summary>Turns the evidence of all columns into test results and levels: the only place where columns know of each other.</summary>
internal sealed class Verdicts
{
    private readonly DriftOptions _options;
    private readonly double _pThreshold;

    internal Verdicts(IEnumerable<Evidence> columns, DriftOptions options)
    {
        _options = options;
        double[] pValues = [.. columns.Where(c => c.PValue is not null).Select(c => c.PValue!.Value)];
        _pThreshold = MultipleTesting.Threshold(pValues, options.Alpha, options.Correction);
    }

    internal DriftLevel Level(Evidence column)
    {
        double psi = column.Psi.Value;
        bool large = psi >= _options.PsiModerate;
        bool beyondPsiChance = psi > column.Psi.ChanceThreshold;
        bool real = column.PValue is { } p ? p < _pThreshold : beyondPsiChance;
        if (!large || !real)
        {
            return DriftLevel.None;
        }

        return psi >= _options.PsiSignificant && beyondPsiChance ? DriftLevel.Significant : DriftLevel.Moderate;
    }

    internal IReadOnlyList<DriftTestResult> Tests(Evidence column)
    {
        var tests = new List<DriftTestResult>
        {
            Distance("psi", column.Psi.Value, Math.Max(_options.PsiModerate, column.Psi.ChanceThreshold)),
        };
        if (column.Ks is { } ks)
        {
            tests.Add(Test("ks", ks.Statistic, ks.PValue));
        }

        if (column.ChiSquare is { } chiSquare)
        {
            tests.Add(Test("chi2", chiSquare.Statistic, chiSquare.PValue));
        }

        if (column.Wasserstein is { } wasserstein)
        {
            // A constant reference has deviation 0: there any move at all is drift, but no move is not.
            double threshold = Math.Max(_options.WassersteinThreshold * column.ReferenceDeviation, double.Epsilon);
            tests.Add(Distance("wasserstein", wasserstein.Distance, threshold));
        }

        if (column.JensenShannon is { } jensenShannon)
        {
            tests.Add(Distance("jensen-shannon", jensenShannon.Distance, _options.JensenShannonThreshold));
        }

        if (column.KullbackLeibler is { } kullbackLeibler)
        {
            tests.Add(Distance("kl", kullbackLeibler.Divergence, _options.KullbackLeiblerThreshold));
        }

        return tests;
    }

    private static DriftTestResult Distance(string name, double statistic, double threshold) =>
        new(name, statistic, null, threshold, statistic >= threshold);

    private DriftTestResult Test(string name, double statistic, double p) => new(name, statistic, p, _pThreshold, p < _pThreshold);
}
