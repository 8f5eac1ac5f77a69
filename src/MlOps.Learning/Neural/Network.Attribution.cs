namespace MlOps.Learning.Neural;

public sealed partial class Network
{
    /// <summary>Gets the place of the last convolution among the <see cref="Layers"/>; null if there is none.</summary>
    public int? LastConvolution
    {
        get
        {
            int place = Layers.ToList().FindLastIndex(layer => layer.Layer is Conv2D);
            return place < 0 ? null : place;
        }
    }

    /// <summary>Computes what a layer makes of samples, as at prediction: batch normalisation with its running statistics, no dropout.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="layer">Its place among the <see cref="Layers"/>, from 0.</param>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Tensor Activations(Tensor x, int layer)
    {
        CheckInput(x);
        CheckLayer(layer);
        return Take(layer + 1).Forward(x);
    }

    /// <summary>Computes how one output of each sample changes with the activations of a layer, or with the input, as at prediction.</summary>
    /// <remarks>
    /// The outputs are those of <see cref="Forward"/>: scores before the softmax or sigmoid that a loss brings. Where the slope is not defined it is that of
    /// training: 0 for a ReLU at 0, the first of equals for a maximum. Any number of threads gives the same bytes.
    /// </remarks>
    /// <param name="x">n samples.</param>
    /// <param name="outputs">Which output of each sample: n numbers from 0, or a single one for all.</param>
    /// <param name="layer">The layer's place among the <see cref="Layers"/>; null for the input.</param>
    /// <exception cref="ArgumentException">The samples have another shape, or there is not one output a sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, or no such output.</exception>
    public OutputGradient OutputGradient(Tensor x, ReadOnlySpan<int> outputs, int? layer = null) => OutputGradient(x, outputs, layer, new Threads(0));

    internal OutputGradient OutputGradient(Tensor x, ReadOnlySpan<int> outputs, int? layer, Threads threads)
    {
        CheckInput(x);
        if (layer is { } place)
        {
            CheckLayer(place);
        }

        if (outputs.Length != 1 && outputs.Length != x.Count)
        {
            throw new ArgumentException($"{x.Count} samples need one output each or one for all; got {outputs.Length}.", nameof(outputs));
        }

        foreach (int output in outputs)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(output, nameof(outputs));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputShape.Size, nameof(outputs));
        }

        TensorShape shape = layer is { } at ? Layers[at].Output : InputShape;
        var scores = new float[checked(x.Count * OutputShape.Size)];
        var activations = new float[layer is null ? 0 : checked(x.Count * shape.Size)];
        var gradient = new float[checked(x.Count * shape.Size)];
        var run = new NetworkRun(Layers, Math.Min(x.Count, PredictionBatch), threads, wayBack: true);
        for (int start = 0; start < x.Count; start += PredictionBatch)
        {
            int count = Math.Min(PredictionBatch, x.Count - start);
            ReadOnlyMemory<float> batch = x.Memory.Slice(start * InputShape.Size, count * InputShape.Size);
            run.Forward(batch, count, _values, LayerPass.Prediction).Span.CopyTo(scores.AsSpan(start * OutputShape.Size));
            if (layer is { } inner)
            {
                run.OutputsOf(inner, count).Span.CopyTo(activations.AsSpan(start * shape.Size));
            }

            Span<float> seed = run.OutputGradient.Span[..(count * OutputShape.Size)];
            seed.Clear();
            for (int i = 0; i < count; i++)
            {
                seed[(i * OutputShape.Size) + outputs[outputs.Length == 1 ? 0 : start + i]] = 1;
            }

            run.BackwardTo(layer ?? -1, batch, count, _values).Span.CopyTo(gradient.AsSpan(start * shape.Size));
        }

        return new OutputGradient(new Tensor(x.Count, OutputShape, scores), layer is null ? x : new Tensor(x.Count, shape, activations), new Tensor(x.Count, shape, gradient));
    }

    private void CheckLayer(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Layers.Count);
    }
}
