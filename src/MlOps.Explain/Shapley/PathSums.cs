using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Adds up, row by row, what all leaves pay.</summary>
/// <remarks>
/// Rows go through a way together: their bits first, then what the leaf pays, which rows with the same bits share. Trees are cut into groups by their
/// number alone, and the groups are added in order: the sums do not depend on the number of threads, nor on which rows are explained together.
/// </remarks>
internal static class PathSums
{
    private const int MostGroups = 16;
    private const int TasksAtOnce = 64;
    private const int MostRows = 1024;
    private const int FewestRows = 32;
    private const int ValuesABlock = 1 << 17; // 1 MiB of sums a task
    private const int MemoFeatures = 10; // 2¹⁰ patterns × 10 contributions fit the second-level cache

    /// <summary>Sums of one group of trees over one block of rows.</summary>
    private sealed class Task(int width, int rows)
    {
        internal double[] Amounts { get; } = new double[width * rows];

        internal double[] Raw { get; } = new double[rows];
    }

    /// <summary>Returns n × d contributions and the n sums of the trees.</summary>
    internal static (double[] Amounts, double[] Raw) Of(DecisionPaths paths, Func<IPathGame> game, Matrix x, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int width = x.ColumnCount;
        int groups = Math.Max(1, Math.Min(MostGroups, paths.TreeCount));
        int rows = Math.Min(Math.Clamp(ValuesABlock / width, FewestRows, MostRows), Math.Max(1, x.RowCount));
        int blocks = (x.RowCount + rows - 1) / rows;
        int blocksAtOnce = Math.Min(blocks, TasksAtOnce / groups);
        var amounts = new double[checked(x.RowCount * width)];
        var raw = new double[x.RowCount];
        var tasks = new Task[blocksAtOnce * groups];
        var columns = new double[blocksAtOnce][];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        for (int first = 0; first < blocks; first += blocksAtOnce)
        {
            int now = Math.Min(blocksAtOnce, blocks - first);
            Parallel.For(0, now, options, b => columns[b] = Columns(x, (first + b) * rows, Math.Min(rows, x.RowCount - ((first + b) * rows)), paths.IsSingle));
            Parallel.For(0, now * groups, options, i =>
            {
                tasks[i] = new Task(width, columns[i / groups].Length / width);
                Run(paths, game(), columns[i / groups], i % groups, groups, tasks[i], cancellationToken);
            });
            for (int b = 0; b < now; b++)
            {
                Merge(tasks.AsSpan(b * groups, groups), amounts.AsSpan((first + b) * rows * width), raw.AsSpan((first + b) * rows), width);
            }

            progress?.Report((first + now) / (double)blocks);
        }

        return (amounts, raw);
    }

    /// <summary>Rows column by column, rounded as the trees compare them.</summary>
    internal static double[] Columns(Matrix x, int start, int count, bool single)
    {
        var columns = new double[count * x.ColumnCount];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = x.Row(start + i);
            for (int f = 0; f < row.Length; f++)
            {
                columns[(f * count) + i] = single ? (float)row[f] : row[f];
            }
        }

        return columns;
    }

    private static void Run(DecisionPaths paths, IPathGame game, double[] columns, int group, int groups, Task task, CancellationToken cancellationToken)
    {
        int rows = task.Raw.Length;
        var masks = new long[rows];
        var stamps = new int[1 << MemoFeatures];
        var memo = new double[MemoFeatures << MemoFeatures];
        Span<double> amounts = stackalloc double[DecisionPaths.MostFeatures];
        int end = paths.FirstOf((int)((long)paths.TreeCount * (group + 1) / groups));
        for (int path = paths.FirstOf((int)((long)paths.TreeCount * group / groups)); path < end; path++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> features = paths.Features(path);
            paths.Masks(path, columns, rows, masks);
            game.Enter(path);
            AddRaw(paths.Value(path), DecisionPaths.Full(features.Length), masks, task.Raw);
            if (features.Length <= MemoFeatures)
            {
                Fill(game, path + 1, features.Length, masks, stamps, memo);
                Look(features, masks, memo, task.Amounts);
                continue;
            }

            for (int i = 0; i < masks.Length; i++)
            {
                game.Amounts(masks[i], amounts);
                for (int j = 0; j < features.Length; j++)
                {
                    task.Amounts[(features[j] * rows) + i] += amounts[j];
                }
            }
        }
    }

    /// <summary>Computes what every pattern among the rows is paid, once: feature j of pattern m at [j · patterns + m].</summary>
    private static void Fill(IPathGame game, int stamp, int length, long[] masks, int[] stamps, double[] memo)
    {
        Span<double> amounts = stackalloc double[MemoFeatures];
        foreach (long mask in masks)
        {
            if (stamps[mask] == stamp)
            {
                continue;
            }

            stamps[mask] = stamp;
            game.Amounts(mask, amounts);
            for (int j = 0; j < length; j++)
            {
                memo[(j << length) + mask] = amounts[j];
            }
        }
    }

    private static void Look(ReadOnlySpan<int> features, long[] masks, double[] memo, double[] sums)
    {
        for (int j = 0; j < features.Length; j++)
        {
            ReadOnlySpan<double> paid = memo.AsSpan(j << features.Length, 1 << features.Length);
            Span<double> column = sums.AsSpan(features[j] * masks.Length, masks.Length);
            for (int i = 0; i < column.Length; i++)
            {
                column[i] += paid[(int)masks[i]];
            }
        }
    }

    private static void AddRaw(double value, long full, long[] masks, double[] raw)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] += masks[i] == full ? value : 0;
        }
    }

    private static void Merge(ReadOnlySpan<Task> tasks, Span<double> amounts, Span<double> raw, int width)
    {
        foreach (Task task in tasks)
        {
            int rows = task.Raw.Length;
            for (int i = 0; i < rows; i++)
            {
                raw[i] += task.Raw[i];
                for (int f = 0; f < width; f++)
                {
                    amounts[(i * width) + f] += task.Amounts[(f * rows) + i];
                }
            }
        }
    }
}
