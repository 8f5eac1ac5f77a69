using MlOps.Data;

namespace MlOps.Drift.Estimation;

/// <content>From columns to rows, and to losses on rows a model has not seen.</content>
public sealed partial class DirectLossEstimator
{
    private static double[] OutOfFold(
        double[] rows, int columns, double[] losses, DirectLossOptions options, Action<int> done, CancellationToken cancellationToken)
    {
        int[] fold = [.. Enumerable.Range(0, losses.Length).Select(i => i % options.Folds)];
        new Random(options.Seed).Shuffle(fold);
        double[] unseen = new double[losses.Length];
        for (int f = 0; f < options.Folds; f++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int held = f;
            int[] kept = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] != held)];
            double[] keptRows = new double[kept.Length * columns];
            for (int i = 0; i < kept.Length; i++)
            {
                rows.AsSpan(kept[i] * columns, columns).CopyTo(keptRows.AsSpan(i * columns));
            }

            ILossModel model = options.Learner(keptRows, columns, Array.ConvertAll(kept, i => losses[i]), EstimationInputs.ReplicateSeed(options.Seed, f));
            Parallel.For(0, fold.Length, i =>
            {
                if (fold[i] == held)
                {
                    unseen[i] = Math.Max(0, model.Predict(rows.AsSpan(i * columns, columns)));
                }
            });
            done(f + 1);
        }

        return unseen;
    }

    private static (double Low, double High)[] Ranges(double[] rows, int columns)
    {
        var ranges = new (double Low, double High)[columns];
        Array.Fill(ranges, (double.PositiveInfinity, double.NegativeInfinity));
        for (int i = 0; i < rows.Length; i++)
        {
            ref (double Low, double High) range = ref ranges[i % columns];
            if (!double.IsNaN(rows[i]))
            {
                range = (Math.Min(range.Low, rows[i]), Math.Max(range.High, rows[i]));
            }
        }

        return ranges;
    }

    private static double[] Features(Table table, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        double[][] columns = [.. names.Select(table.Numbers)];
        double[] cells = new double[table.RowCount * columns.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = columns[i % columns.Length][i / columns.Length];
        }

        return cells;
    }

    private static double[] Rows(ReadOnlySpan<double> features, ReadOnlySpan<double> predictions, int featureCount)
    {
        EstimationInputs.SameLength(predictions.Length * featureCount, features.Length, "cells", nameof(features));
        EstimationInputs.Finite(predictions, nameof(predictions));
        int columns = featureCount + 1;
        double[] rows = new double[predictions.Length * columns];
        for (int i = 0; i < predictions.Length; i++)
        {
            features.Slice(i * featureCount, featureCount).CopyTo(rows.AsSpan(i * columns));
            rows[(i * columns) + featureCount] = predictions[i];
        }

        foreach (double value in features)
        {
            if (double.IsInfinity(value))
            {
                throw new ArgumentException("features needs finite numbers, or NaN for missing; some are infinite.", nameof(features));
            }
        }

        return rows;
    }
}
