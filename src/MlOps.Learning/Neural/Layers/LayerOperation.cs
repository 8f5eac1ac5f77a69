namespace MlOps.Learning.Neural;

/// <summary>What a layer computes on a batch. It may keep what its way back needs, so one batch at a time: not thread-safe.</summary>
internal abstract class LayerOperation
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="x">n inputs.</param>
    /// <param name="y">Room for n outputs; what it holds is overwritten.</param>
    /// <param name="n">Samples in the batch.</param>
    /// <param name="weights">The layer's parameters, one behind the other. Statistics among them are brought up to date in training.</param>
    /// <param name="pass">Training or prediction.</param>
    internal abstract void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass);

    /// <summary>Carries the gradient back through the layer, for the batch of the last <see cref="Forward"/>.</summary>
    /// <param name="x">Its n inputs.</param>
    /// <param name="y">Its n outputs.</param>
    /// <param name="dy">Gradient of the loss with respect to the outputs.</param>
    /// <param name="dx">Room for that with respect to the inputs; overwritten. Empty if nobody needs it.</param>
    /// <param name="n">Samples in the batch.</param>
    /// <param name="weights">The parameters.</param>
    /// <param name="gradient">That with respect to the parameters is added here. Empty if the layer is frozen.</param>
    internal abstract void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient);
}
