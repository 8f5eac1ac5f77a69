using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>All that one column says before it is known what the other columns say.</summary>
internal sealed record Evidence(DriftColumnType Type, PopulationStabilityIndex Psi)
{
    internal KolmogorovSmirnov? Ks { get; init; }

    internal Wasserstein? Wasserstein { get; init; }

    internal double ReferenceDeviation { get; init; }

    internal JensenShannon? JensenShannon { get; init; }

    internal KullbackLeibler? KullbackLeibler { get; init; }

    internal ChiSquare? ChiSquare { get; init; }

    internal BinCounts? Bins { get; init; }

    internal BinCounts? Histogram { get; init; }

    internal LevelCounts? Levels { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The p-value of the column's test of equal distributions; null if it was not asked for.</summary>
    internal double? PValue => Ks?.PValue ?? ChiSquare?.PValue;

    internal static Evidence OfNumbers(ColumnPair pair, DriftOptions options)
    {
        SortedSample reference = Sample(pair.Reference, nameof(reference));
        SortedSample current = Sample(pair.Current, nameof(current));
        BinCounts bins = options.Binning.Count(reference, current);
        MergedWalk walk = options.Has(DriftTests.KolmogorovSmirnov | DriftTests.Wasserstein) ? MergedWalk.Of(reference, current) : default;
        bool wantsWasserstein = options.Has(DriftTests.Wasserstein);
        return OfCounts(DriftColumnType.Numeric, bins.Reference, bins.Current, options) with
        {
            Ks = options.Has(DriftTests.KolmogorovSmirnov)
                ? KolmogorovSmirnov.FromWalk(walk, reference.Count, current.Count, KolmogorovMethod.Auto)
                : null,
            Wasserstein = wantsWasserstein ? new Wasserstein(walk.Area, reference.Count, current.Count) : null,
            ReferenceDeviation = wantsWasserstein ? reference.StandardDeviation : 0,
            Bins = bins,
            Histogram = RoundBins.Count(reference, current),
        };
    }

    internal static Evidence OfLevels(LevelCounts levels, DriftOptions options)
    {
        ChiSquare? test = options.Has(DriftTests.ChiSquare)
            ? ChiSquare.Test(Shares.ToArray(levels.Reference), Shares.ToArray(levels.Current))
            : null;
        return OfCounts(DriftColumnType.Categorical, levels.Reference, levels.Current, options) with
        {
            ChiSquare = test,
            Levels = levels,
            Notes = LevelTally.Notes(levels, test),
        };
    }

    private static Evidence OfCounts(DriftColumnType type, IReadOnlyList<long> reference, IReadOnlyList<long> current, DriftOptions options)
    {
        long[] p = Shares.ToArray(reference);
        long[] q = Shares.ToArray(current);
        return new Evidence(type, PopulationStabilityIndex.FromCounts(p, q, floor: options.ShareFloor))
        {
            JensenShannon = options.Has(DriftTests.JensenShannon) ? JensenShannon.FromCounts(p, q) : null,
            KullbackLeibler = options.Has(DriftTests.KullbackLeibler) ? KullbackLeibler.FromCounts(p, q, floor: options.ShareFloor) : null,
        };
    }

    private static SortedSample Sample(Column column, string side)
    {
        double[] values = column switch
        {
            Column<double> doubles => doubles.Present(), // without NaN, which is a missing value there
            Column<long> longs => Array.ConvertAll(longs.Present(), value => (double)value),
            _ => throw new ArgumentException($"Column '{column.Name}' is not numeric.", nameof(column)),
        };

        int infinite = 0;
        foreach (double value in values)
        {
            infinite += double.IsInfinity(value) ? 1 : 0;
        }

        return infinite == 0
            ? SortedSample.FromOwned(values, column.Name)
            : throw new ArgumentException(
                $"Column '{column.Name}' of the {side} table holds {infinite} infinite values; a drift test needs finite numbers. " +
                "Clean them, or name the columns to compare without it (DriftOptions.Columns; --columns).",
                side);
    }
}
