using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Losses and gradients of batches: by one network run, or by several workers that have a part of each batch and average their gradients.</summary>
/// <remarks>Parts and the order of sums depend on the number of workers alone, not on threads.</remarks>
internal sealed class GradientComputation
{
    private readonly Loss _loss;
    private readonly Threads _threads;
    private readonly Batch _batch;
    private readonly NetworkRun[] _runs;
    private readonly BatchLoss[] _losses;
    private readonly float[][] _values; // of each worker's replica; empty where they may share one
    private readonly Parameter[] _statistics;

    internal GradientComputation(Network network, Loss loss, int workers, int batchSize, Threads threads)
    {
        _loss = loss;
        _threads = threads;
        _batch = new Batch(batchSize, network.InputShape.Size, loss.TargetLength(network.OutputShape.Size));
        int largestPart = (batchSize + workers - 1) / workers;
        Threads within = workers == 1 ? threads : Threads.One;
        _runs = [.. Enumerable.Range(0, workers).Select(_ => new NetworkRun(network.Layers, largestPart, within, wayBack: true))];
        _losses = new BatchLoss[workers];
        _statistics = [.. network.Parameters.Where(parameter => parameter.IsStatistic)];
        int length = network.Values.Length;
        _values = [.. Enumerable.Range(0, workers).Select(_ => new float[workers > 1 && _statistics.Length > 0 ? length : 0])];
        Gradients = [.. Enumerable.Range(0, workers).Select(_ => new float[workers > 1 ? length : 0])];
    }

    /// <summary>Gets the gradient of each worker's part, after a computation by several.</summary>
    internal IReadOnlyList<float[]> Gradients { get; }

    /// <summary>Gets the loss of each worker's part.</summary>
    internal IReadOnlyList<BatchLoss> Losses => _losses;

    /// <summary>Computes the loss of a batch and its gradient.</summary>
    /// <param name="data">Where the samples are.</param>
    /// <param name="samples">Which.</param>
    /// <param name="values">All values of the network; running statistics among them are brought up to date.</param>
    /// <param name="gradient">Overwritten.</param>
    /// <param name="key">Random bits of this step.</param>
    internal BatchLoss Compute(TrainingData data, ReadOnlySpan<int> samples, float[] values, float[] gradient, ulong key)
    {
        _batch.Fill(data, samples);
        if (_runs.Length == 1)
        {
            _losses[0] = Part(0, 0, _batch.Count, values, gradient, key);
            return _losses[0];
        }

        _threads.For(_runs.Length, worker =>
        {
            float[] own = values;
            if (_statistics.Length > 0)
            {
                own = _values[worker];
                values.CopyTo(own, 0);
            }

            int first = First(worker);
            _losses[worker] = Part(worker, first, First(worker + 1) - first, own, Gradients[worker], key);
        });

        return Average(values, gradient);
    }

    private int First(int worker) => (int)((long)worker * _batch.Count / _runs.Length);

    private BatchLoss Part(int worker, int first, int count, float[] values, float[] gradient, ulong key)
    {
        gradient.AsSpan().Clear();
        if (count == 0)
        {
            return default;
        }

        NetworkRun run = _runs[worker];
        ReadOnlyMemory<float> x = _batch.X(first, count);
        ReadOnlyMemory<float> outputs = run.Forward(x, count, values, new LayerPass(true, key, first));
        BatchLoss loss = BatchLoss.Of(_loss, outputs.Span, _batch, first, count, run.OutputGradient.Span[..outputs.Length]);
        run.Backward(x, count, values, gradient);
        return loss;
    }

    /// <summary>gradient = Σ (weight of the part / weight of the batch) · its gradient, workers in order; statistics likewise by samples.</summary>
    private BatchLoss Average(float[] values, float[] gradient)
    {
        BatchLoss all = _losses.Aggregate((sum, part) => sum.Plus(part));
        _threads.Chunks(gradient.Length, (start, length) =>
        {
            Span<float> average = gradient.AsSpan(start, length);
            Span<float> share = new float[length];
            average.Clear();
            for (int worker = 0; worker < _runs.Length && all.Weight > 0; worker++)
            {
                TensorPrimitives.Multiply(Gradients[worker].AsSpan(start, length), (float)(_losses[worker].Weight / all.Weight), share);
                TensorPrimitives.Add(average, share, average);
            }
        });

        foreach (Parameter statistic in _statistics)
        {
            for (int i = statistic.Offset; i < statistic.Offset + statistic.Values.Length; i++)
            {
                double sum = 0;
                for (int worker = 0; worker < _runs.Length; worker++)
                {
                    sum += (double)(First(worker + 1) - First(worker)) / _batch.Count * _values[worker][i];
                }

                values[i] = (float)sum;
            }
        }

        return all;
    }
}
