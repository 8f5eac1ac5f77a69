namespace MlOps.Learning.Neural;

/// <summary>What an optimiser remembers of the steps so far, such as running means of gradients. Not thread-safe.</summary>
/// <remarks>Single precision, value by value with one rounding an operation, so steps are the same for every number of threads and vector width.</remarks>
public abstract class OptimizerState
{
    // Values at a time: the passes of one step over them stay in a first-level cache.
    private protected const int BlockLength = 512;

    private readonly int _length;

    private protected OptimizerState(int length) => _length = Guard.AtLeast(length, 0);

    /// <summary>Gets the number of steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Takes one step.</summary>
    /// <param name="parameters">The parameters; changed.</param>
    /// <param name="gradient">Of the loss with respect to them.</param>
    /// <param name="learningRate">The size of this step, ≥ 0.</param>
    /// <exception cref="ArgumentException">A length differs from that at the beginning.</exception>
    public void Step(Memory<float> parameters, ReadOnlyMemory<float> gradient, double learningRate) => Step(parameters, gradient, learningRate, Threads.One);

    internal void Step(Memory<float> parameters, ReadOnlyMemory<float> gradient, double learningRate, Threads threads)
    {
        Guard.NonNegative(learningRate);
        if (parameters.Length != _length || gradient.Length != _length)
        {
            throw new ArgumentException($"The optimiser began with {_length} parameters; got {parameters.Length} and a gradient of {gradient.Length}.", nameof(gradient));
        }

        Steps++;
        threads.Chunks(_length, (start, length) =>
        {
            for (int from = start; from < start + length; from += BlockLength)
            {
                int count = Math.Min(BlockLength, start + length - from);
                Update(parameters.Span.Slice(from, count), gradient.Span.Slice(from, count), from, learningRate);
            }
        });
    }

    /// <summary>Moves a block of at most <see cref="BlockLength"/> parameters, the first of which is number <paramref name="start"/>.</summary>
    private protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int start, double learningRate);
}
