using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Adds up, row by row, what all leaves pay pairs of features.</summary>
internal static class PathInteractions
{
    private const int RowsAtATime = 32;

    /// <summary>Returns n × d × d numbers.</summary>
    internal static double[] Of(DecisionPaths paths, Matrix x, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int d = x.ColumnCount;
        var result = new double[x.RowCount * d * d];
        int blocks = (x.RowCount + RowsAtATime - 1) / RowsAtATime;
        int done = 0;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            int start = block * RowsAtATime;
            int count = Math.Min(RowsAtATime, x.RowCount - start);
            Run(paths, PathSums.Columns(x, start, count, paths.IsSingle), count, d, result.AsSpan(start * d * d, count * d * d), cancellationToken);
            progress?.Report(Interlocked.Increment(ref done) / (double)blocks);
        });
        return result;
    }

    private static void Run(DecisionPaths paths, double[] columns, int rows, int d, Span<double> result, CancellationToken cancellationToken)
    {
        var game = new CoverGame(paths);
        var masks = new long[rows];
        Span<double> amounts = stackalloc double[DecisionPaths.MostFeatures];
        for (int path = 0; path < paths.Count; path++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> features = paths.Features(path);
            paths.Masks(path, columns, rows, masks);
            game.Enter(path);
            for (int i = 0; i < rows; i++)
            {
                Span<double> pairs = result.Slice(i * d * d, d * d);
                game.Amounts(masks[i], amounts);
                for (int j = 0; j < features.Length; j++)
                {
                    pairs[(features[j] * d) + features[j]] += amounts[j]; // the pairs are taken off in the end
                }

                game.AddInteractions(masks[i], features, pairs, d);
            }
        }

        for (int i = 0; i < rows; i++)
        {
            LeaveTheRest(result.Slice(i * d * d, d * d), d);
        }
    }

    private static void LeaveTheRest(Span<double> pairs, int d)
    {
        for (int f = 0; f < d; f++)
        {
            double shared = 0;
            for (int g = 0; g < d; g++)
            {
                shared += g == f ? 0 : pairs[(f * d) + g];
            }

            pairs[(f * d) + f] -= shared;
        }
    }
}
