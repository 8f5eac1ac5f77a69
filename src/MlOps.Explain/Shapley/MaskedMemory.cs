using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Arrays that one explained row after the other uses: megabytes that need not be asked of the system again. Not thread-safe, but for <see cref="Batch"/> with different threads.</summary>
/// <param name="threads">How many threads build batches of one explained row at a time.</param>
internal sealed class MaskedMemory(int threads)
{
    private readonly (double[] Values, Matrix Rows)?[] _full = new (double[], Matrix)?[threads];
    private readonly (double[] Values, Matrix Rows)?[] _last = new (double[], Matrix)?[threads];
    private double[] _predictions = [];

    internal int Threads => threads;

    /// <summary>Rows to fill, whatever they hold, and the matrix that shows them to a model.</summary>
    /// <param name="thread">Each has its own.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">The names of their columns.</param>
    /// <param name="isLast">Whether the batch is the one at the end, which is shorter.</param>
    internal (double[] Values, Matrix Rows) Batch(int thread, int rows, IReadOnlyList<string> columns, bool isLast)
    {
        ref (double[] Values, Matrix Rows)? batch = ref (isLast ? _last : _full)[thread];
        if (batch?.Rows.RowCount != rows)
        {
            double[] values = GC.AllocateUninitializedArray<double>(rows * columns.Count);
            batch = (values, new Matrix(rows, columns.Count, values, columns));
        }

        return batch.Value;
    }

    /// <summary>An array of at least this length, whatever it holds.</summary>
    internal double[] Predictions(int length) => _predictions.Length >= length ? _predictions : _predictions = GC.AllocateUninitializedArray<double>(length);
}
