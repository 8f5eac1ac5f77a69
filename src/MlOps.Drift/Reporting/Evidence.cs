namespace MlOps.Drift.Reporting;

/// <summary>All that one column says before it is known what the other columns say.</summary>
/// <param name="Type">How its values were read.</param>
/// <param name="Psi">The index that decides how large a shift is.</param>
/// <param name="Outcomes">The tests, psi first.</param>
internal sealed record Evidence(DriftColumnType Type, PopulationStabilityIndex Psi, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>The tests that can decide whether a shift is real; the first of them that was run does.</summary>
    private static readonly string[] Deciding =
        ["ks", "chi2", "anderson-darling", "cramer-von-mises", "mann-whitney", "welch", "g", "fisher", "z"];

    internal BinCounts? Bins { get; init; }

    internal BinCounts? Histogram { get; init; }

    internal LevelCounts? Levels { get; init; }

    /// <summary>Infinite numbers that were left out.</summary>
    internal RowCounts Infinite { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The column's test of equal distributions; null if none was run.</summary>
    internal Outcome? Decider { get; } = Deciding.Select(name => Outcomes.FirstOrDefault(outcome => outcome.Name == name)).FirstOrDefault(outcome => outcome is not null);

    internal static Evidence OfNumbers(NumericPair pair, DriftOptions options)
    {
        (SortedSample reference, SortedSample current) = (pair.Reference, pair.Current);
        BinCounts bins = options.Binning.Count(reference, current);
        (long[] p, long[] q, PopulationStabilityIndex psi) = Counts(bins.Reference, bins.Current, options);
        List<Outcome> outcomes = [BinnedTests.Psi(psi, options)];
        MergedWalk walk = options.Has(DriftTests.KolmogorovSmirnov | DriftTests.Wasserstein) ? MergedWalk.Of(reference, current) : default;
        QuantileGrid? grid = options.Has(DriftTests.Wasserstein | DriftTests.Energy) ? new QuantileGrid(reference) : null;
        if (options.Has(DriftTests.KolmogorovSmirnov))
        {
            outcomes.Add(NumericTests.Ks(KolmogorovSmirnov.FromWalk(walk, reference.Count, current.Count, KolmogorovMethod.Auto)));
        }

        if (options.Has(DriftTests.Wasserstein))
        {
            outcomes.Add(NumericTests.Wasserstein(walk.Area, reference.StandardDeviation, grid!.Wasserstein(reference.Count, current.Count), options));
        }

        outcomes.AddRange(BinnedTests.Divergences(p, q, psi, options));
        if (options.Has(DriftTests.Energy))
        {
            outcomes.Add(NumericTests.Energy(reference, current, grid!, options));
        }

        outcomes.AddRange(BinnedTests.Others(p, q, psi, options));
        outcomes.AddRange(NumericTests.OnRequest(reference, current, options));
        return new Evidence(DriftColumnType.Numeric, psi, outcomes)
        {
            Bins = bins,
            Histogram = RoundBins.Count(reference, current),
            Infinite = pair.Infinite,
            Notes = options.Has(DriftTests.CramerVonMises) ? NumericTests.TieNotes(reference, current) : [],
        };
    }

    internal static Evidence OfLevels(LevelCounts levels, DriftOptions options)
    {
        (long[] p, long[] q, PopulationStabilityIndex psi) = Counts(levels.Reference, levels.Current, options);
        List<Outcome> outcomes = [BinnedTests.Psi(psi, options)];
        ChiSquare? test = options.Has(DriftTests.ChiSquare) ? ChiSquare.Test(p, q) : null;
        if (test is not null)
        {
            outcomes.Add(LevelTests.ChiSquare(test));
        }

        outcomes.AddRange(BinnedTests.Divergences(p, q, psi, options));
        outcomes.AddRange(BinnedTests.Others(p, q, psi, options));
        outcomes.AddRange(LevelTests.OnRequest(p, q, options));
        return new Evidence(DriftColumnType.Categorical, psi, outcomes) { Levels = levels, Notes = LevelTally.Notes(levels, test) };
    }

    internal static Evidence OfSummary(ColumnSummary column, DriftOptions options)
    {
        if (column.Levels is { } levels)
        {
            Evidence counted = OfLevels(levels, options);
            return counted with { Notes = [.. counted.Notes, .. column.Notes] };
        }

        BinCounts bins = column.Bins!;
        (long[] p, long[] q, PopulationStabilityIndex psi) = Counts(bins.Reference, bins.Current, options);
        (long n, long m) = (column.Present.Reference, column.Present.Current);
        List<Outcome> outcomes = [BinnedTests.Psi(psi, options)];
        if (options.Has(DriftTests.KolmogorovSmirnov) && column.Ks is { } ks)
        {
            outcomes.Add(NumericTests.Ks(KolmogorovSmirnov.FromStatistic(ks.Statistic, ks.Location, n, m)));
        }

        if (options.Has(DriftTests.Wasserstein) && column.Wasserstein is { } distance)
        {
            outcomes.Add(NumericTests.Wasserstein(distance, column.ReferenceDeviation, chance: null, options));
        }

        outcomes.AddRange(BinnedTests.Divergences(p, q, psi, options));
        outcomes.AddRange(BinnedTests.Others(p, q, psi, options));
        return new Evidence(DriftColumnType.Numeric, psi, outcomes) { Bins = bins, Histogram = column.Histogram, Notes = column.Notes };
    }

    private static (long[] Reference, long[] Current, PopulationStabilityIndex Psi) Counts(
        IReadOnlyList<long> reference, IReadOnlyList<long> current, DriftOptions options)
    {
        long[] p = Shares.ToArray(reference);
        long[] q = Shares.ToArray(current);
        return (p, q, PopulationStabilityIndex.FromCounts(p, q, floor: options.ShareFloor));
    }
}
