namespace MlOps.Learning.Neural;

/// <summary>Threads that share the pieces of one computation. What a piece computes must not depend on who computes it, or when.</summary>
internal sealed class Threads
{
    /// <summary>Elements in one piece of work on plain arrays: small enough for a first-level cache.</summary>
    internal const int ChunkLength = 8192;

    private readonly ParallelOptions _options;

    /// <param name="count">How many threads at most; 0 means one a core.</param>
    internal Threads(int count)
    {
        Count = count == 0 ? Environment.ProcessorCount : Guard.AtLeast(count, 1);
        _options = new ParallelOptions { MaxDegreeOfParallelism = Count };
    }

    /// <summary>The calling thread alone.</summary>
    internal static Threads One { get; } = new(1);

    internal int Count { get; }

    /// <summary>Does pieces 0 to <paramref name="pieces"/> − 1, each once, in any order.</summary>
    internal void For(int pieces, Action<int> body)
    {
        if (Count == 1 || pieces <= 1)
        {
            for (int i = 0; i < pieces; i++)
            {
                body(i);
            }

            return;
        }

        Parallel.For(0, pieces, _options, body);
    }

    /// <summary>Does a range of elements in chunks of a fixed length: the body gets the start and the length of each.</summary>
    internal void Chunks(int length, Action<int, int> body) =>
        For((length + ChunkLength - 1) / ChunkLength, chunk =>
        {
            int start = chunk * ChunkLength;
            body(start, Math.Min(ChunkLength, length - start));
        });
}
