namespace MlOps.Learning;

/// <summary>Rows cut into consecutive chunks that threads may share out.</summary>
/// <remarks>The cut depends on the data's shape alone. What is summed chunk by chunk and then in the order of the chunks is the same for every number of threads.</remarks>
internal static class RowChunks
{
    private const int FewestRows = 512;
    private const int MostChunks = 64;
    private const int MostPartialValues = 1 << 24; // 128 MiB of partial sums

    /// <summary>How many chunks to cut n rows into.</summary>
    /// <param name="rows">n.</param>
    /// <param name="partialValues">How many numbers each chunk sums up on its own.</param>
    internal static int Count(int rows, long partialValues) =>
        (int)Math.Max(1, Math.Min(Math.Min(MostChunks, MostPartialValues / Math.Max(1, partialValues)), rows / FewestRows));

    /// <summary>Runs the chunks, on as many threads as there are.</summary>
    /// <param name="rows">n.</param>
    /// <param name="count">How many chunks.</param>
    /// <param name="run">Takes the number of the chunk, its first row and the row after its last.</param>
    internal static void Run(int rows, int count, Action<int, int, int> run)
    {
        if (count == 1)
        {
            run(0, 0, rows);
            return;
        }

        Parallel.For(0, count, chunk => run(chunk, Start(rows, count, chunk), Start(rows, count, chunk + 1)));
    }

    /// <summary>The first row of a chunk.</summary>
    internal static int Start(int rows, int count, int chunk) => (int)((long)rows * chunk / count);
}
