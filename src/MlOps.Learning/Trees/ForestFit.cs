namespace MlOps.Learning.Trees;

/// <summary>Grows the trees of a random forest, each on a sample of the cases and by a generator of its own.</summary>
/// <param name="Trees">In the order of their generators.</param>
/// <param name="OutOfBag">The mean of what the trees say that have not seen a row, rows × outputs, NaN for a row every tree has seen; null if not asked for.</param>
internal sealed record ForestFit(Tree[] Trees, double[]? OutOfBag)
{
    /// <summary>What it needs besides data.</summary>
    internal sealed record Settings(int Trees, GrowthLimits Limits, bool Bootstrap, bool OutOfBag, int MaxBins, int Seed, int MaxDegreeOfParallelism)
    {
        internal static Settings Of(int trees, GrowthLimits limits, bool bootstrap, bool outOfBag, int maxBins, int seed, int maxDegreeOfParallelism)
        {
            Guard.AtLeast(trees, 1);
            Guard.AtLeast(maxBins, 2);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBins, FeatureBins.Missing, nameof(maxBins));
            return outOfBag && !bootstrap
                ? throw new ArgumentException("Without bootstrap every tree sees every row; there is no out-of-bag score.", nameof(outOfBag))
                : new Settings(trees, limits, bootstrap, outOfBag, maxBins, seed, maxDegreeOfParallelism);
        }
    }

    /// <summary>Fits. The result does not depend on the number of threads.</summary>
    internal static ForestFit Run<TCriterion>(TCriterion criterion, Matrix x, Case[] cases, Settings settings, IProgress<double>? progress, CancellationToken cancellationToken)
        where TCriterion : struct, ICriterion
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        float[][] columns = FloatColumns.Of(x, missing: false, options);
        BinnedMatrix bins = BinnedMatrix.Of(columns, settings.MaxBins, x.RowCount, options);
        var trees = new Tree[settings.Trees];
        int done = 0;
        var report = new Lock();
        Parallel.For(
            0,
            trees.Length,
            options,
            () => new HistogramGrower<TCriterion>(criterion, bins, settings.Limits),
            (t, _, grower) =>
            {
                Random random = Seeds.Generator(settings.Seed, t);
                Case[] sample = settings.Bootstrap ? Draw(cases, Counts(cases.Length, random)) : [.. cases];
                trees[t] = grower.Grow(sample, random, cancellationToken: cancellationToken);
                lock (report)
                {
                    progress?.Report(++done / (double)trees.Length);
                }

                return grower;
            },
            _ => { });
        return new ForestFit(trees, settings.OutOfBag ? Unseen(trees, columns, cases, criterion.OutputCount, settings, options) : null);
    }

    /// <summary>How often each case is drawn when as many are drawn as there are, each put back.</summary>
    private static int[] Counts(int cases, Random random)
    {
        var counts = new int[cases];
        for (int i = 0; i < cases; i++)
        {
            counts[random.Next(cases)]++;
        }

        return counts;
    }

    private static Case[] Draw(Case[] cases, int[] counts)
    {
        var drawn = new Case[counts.Length - counts.AsSpan().Count(0)];
        int next = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                drawn[next++] = cases[i] with { Weight = cases[i].Weight * counts[i] };
            }
        }

        return drawn;
    }

    private static double[] Unseen(Tree[] trees, float[][] columns, Case[] cases, int outputs, Settings settings, ParallelOptions options)
    {
        // The same generators draw the same samples again; that is cheaper than to keep them all.
        var seen = new bool[trees.Length][];
        Parallel.For(0, trees.Length, options, t =>
            seen[t] = Array.ConvertAll(Counts(cases.Length, Seeds.Generator(settings.Seed, t)), count => count > 0));
        var means = new double[columns[0].Length * outputs];
        Array.Fill(means, double.NaN);
        const int CasesAtATime = 1024;
        Parallel.For(0, (cases.Length + CasesAtATime - 1) / CasesAtATime, options, block =>
        {
            var row = new float[columns.Length];
            for (int i = block * CasesAtATime; i < Math.Min(cases.Length, (block + 1) * CasesAtATime); i++)
            {
                for (int f = 0; f < row.Length; f++)
                {
                    row[f] = columns[f][cases[i].Row];
                }

                Average(i, row);
            }
        });
        return means;

        void Average(int i, float[] row)
        {
            var sums = new double[outputs];
            int voters = 0;
            for (int t = 0; t < trees.Length; t++)
            {
                if (!seen[t][i])
                {
                    ReadOnlySpan<double> value = trees[t].ValueOf(trees[t].Find(row));
                    voters++;
                    for (int k = 0; k < outputs; k++)
                    {
                        sums[k] += value[k];
                    }
                }
            }

            for (int k = 0; k < outputs && voters > 0; k++)
            {
                means[(cases[i].Row * outputs) + k] = sums[k] / voters;
            }
        }
    }
}
