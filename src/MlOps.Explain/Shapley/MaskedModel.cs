using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Asks the model about a row of which only some players are known: the others take the values of every background row in turn.</summary>
/// <remarks>Rows are built in bounded batches. A row that would be the same as another one, the explained row itself or a background row is not built again.</remarks>
internal sealed class MaskedModel
{
    /// <summary>Values of a batch: 256 KiB, which stay in the second cache of the core that builds and asks, and are rows enough for a model to work at full speed.</summary>
    private const int BatchValues = 1 << 15;

    /// <summary>Of a batch, however wide they are.</summary>
    private const int FewestRows = 64;

    /// <summary>Rows that are compared with each other, and whose predictions are kept at a time.</summary>
    private const int BlockRows = 1 << 20;

    private readonly ExplainedModel _model;
    private readonly Players _players;
    private readonly BackgroundRows _background;
    private readonly double[] _backgroundPredictions;

    internal MaskedModel(ExplainedModel model, Players players, BackgroundRows background)
    {
        _model = model;
        _players = players;
        _background = background;
        _backgroundPredictions = model.Predict(background.Rows);
    }

    /// <summary>Gets the mean prediction of the background.</summary>
    internal double Mean => Weighted(_backgroundPredictions);

    /// <summary>The mean prediction of every coalition.</summary>
    /// <param name="x">The row.</param>
    /// <param name="prediction">The model's number for it.</param>
    /// <param name="varying">The players that the bits of a coalition stand for; the others have the background's values anyway.</param>
    /// <param name="coalitions">The coalitions.</param>
    /// <param name="memory">Arrays that one row after the other uses.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    internal double[] Means(double[] x, double prediction, int[] varying, Coalitions coalitions, MaskedMemory memory, CancellationToken cancellationToken)
    {
        var means = new double[coalitions.Count];
        int block = Math.Max(1, BlockRows / _background.Count);
        SharedRows? shared = SharedRows.Among(x, varying, _players, _background);
        for (int first = 0; first < means.Length; first += block)
        {
            int count = Math.Min(block, means.Length - first);
            int[]? places = shared?.Places(coalitions, first, count);
            Fill(means.AsSpan(first, count), first, x, prediction, varying, coalitions, places, memory, cancellationToken);
        }

        return means;
    }

    /// <summary>Predicts the rows of a block, batch by batch. Place p of a row: 0 is x, 1 + u background row u, and the rows built here follow in their order.</summary>
    private void Fill(
        Span<double> means, int first, double[] x, double prediction, int[] varying, Coalitions coalitions, int[]? places, MaskedMemory memory, CancellationToken cancellationToken)
    {
        int rows = _background.Count;
        int built = 1 + rows;
        int total = places is null ? built + (means.Length * rows) : Math.Max(built, places.Max() + 1);
        double[] predictions = memory.Predictions(total);
        predictions[0] = prediction;
        _backgroundPredictions.CopyTo(predictions.AsSpan(1));

        int[]? order = places is null ? null : FirstPlaces(places, built, total);
        int batchRows = Math.Max(FewestRows, BatchValues / x.Length);
        int batches = (total - built + batchRows - 1) / batchRows;
        Pieces.Run(batches, memory.Threads, (batch, thread) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            int from = batch * batchRows;
            (double[] values, Matrix asked) = memory.Batch(thread, Math.Min(batchRows, total - built - from), _model.FeatureNames, batch == batches - 1);
            Build(values, from, order, x, varying, coalitions, first);
            _model.Predict(asked).CopyTo(predictions, built + from);
        });

        var ofCoalition = new double[rows];
        for (int k = 0; k < means.Length; k++)
        {
            if (places is null)
            {
                means[k] = Weighted(predictions.AsSpan(built + (k * rows), rows));
                continue;
            }

            for (int u = 0; u < rows; u++)
            {
                ofCoalition[u] = predictions[places[(k * rows) + u]];
            }

            means[k] = Weighted(ofCoalition);
        }
    }

    /// <summary>The mean over the background, in four sums that need not wait for each other and have one order on every machine.</summary>
    private double Weighted(ReadOnlySpan<double> predictions)
    {
        const int Sums = 4;
        ReadOnlySpan<double> shares = _background.Shares;
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        int u = 0;
        for (; u <= shares.Length - Sums; u += Sums)
        {
            a += shares[u] * predictions[u];
            b += shares[u + 1] * predictions[u + 1];
            c += shares[u + 2] * predictions[u + 2];
            d += shares[u + 3] * predictions[u + 3];
        }

        for (; u < shares.Length; u++)
        {
            a += shares[u] * predictions[u];
        }

        return a + b + (c + d);
    }

    /// <summary>Of every row that is built, coalition · background rows + background row.</summary>
    private static int[] FirstPlaces(int[] places, int built, int total)
    {
        var order = new int[total - built];
        int next = 0;
        for (int i = 0; i < places.Length && next < order.Length; i++)
        {
            if (places[i] == built + next)
            {
                order[next++] = i;
            }
        }

        return order;
    }

    /// <summary>Fills a batch with the rows from a given one on: run by run of one coalition with background rows that follow each other.</summary>
    private void Build(double[] batch, int from, int[]? order, double[] x, int[] varying, Coalitions coalitions, int first)
    {
        int width = x.Length;
        int after = from + (batch.Length / width);
        var known = new long[width];
        int coalition = -1;
        Span<double> rest = batch;
        while (from < after)
        {
            (int k, int u) = Math.DivRem(order?[from] ?? from, _background.Count);
            if (k != coalition)
            {
                Know(coalitions[first + k], varying, known);
                coalition = k;
            }

            int run = 1;
            int longest = Math.Min(_background.Count - u, after - from);
            while (run < longest && (order is null || order[from + run] == order[from] + run))
            {
                run++;
            }

            Mix(known, x, _background.Rows.Values.Slice(u * width, run * width), rest[..(run * width)]);
            rest = rest[(run * width)..];
            from += run;
        }
    }

    /// <summary>All bits set where a feature is known.</summary>
    private void Know(ReadOnlySpan<ulong> coalition, int[] varying, long[] known)
    {
        Array.Clear(known);
        for (int bit = 0; bit < varying.Length; bit++)
        {
            if (Coalitions.Contains(coalition, bit))
            {
                foreach (int j in _players.Features[varying[bit]])
                {
                    known[j] = -1;
                }
            }
        }
    }

    /// <summary>Rows with the values of x where they are known and those of the background elsewhere.</summary>
    private static void Mix(long[] known, double[] x, ReadOnlySpan<double> background, Span<double> rows)
    {
        const int Lanes = 8;
        int width = x.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(known.Length, width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(background.Length, rows.Length);
        if (width < Lanes)
        {
            for (int start = 0; start < rows.Length; start += width)
            {
                for (int j = 0; j < width; j++)
                {
                    rows[start + j] = known[j] != 0 ? x[j] : background[start + j];
                }
            }

            return;
        }

        ref long mask = ref MemoryMarshal.GetArrayDataReference(known);
        ref double yes = ref MemoryMarshal.GetArrayDataReference(x);
        ref double no = ref MemoryMarshal.GetReference(background);
        ref double to = ref MemoryMarshal.GetReference(rows);
        for (int start = 0; start <= rows.Length - width; start += width)
        {
            for (int j = 0; j < width; j += Lanes)
            {
                nuint at = (nuint)Math.Min(j, width - Lanes); // the last eight lanes may overlap those before
                nuint place = (nuint)start + at;
                Vector512.ConditionalSelect(Vector512.LoadUnsafe(ref mask, at).AsDouble(), Vector512.LoadUnsafe(ref yes, at), Vector512.LoadUnsafe(ref no, place)).StoreUnsafe(ref to, place);
            }
        }
    }
}
