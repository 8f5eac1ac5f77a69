namespace MlOps.Learning.Neural;

/// <summary>The arrays and operations that carry batches through the layers and back. Used again for every batch; not thread-safe.</summary>
internal sealed class NetworkRun
{
    private readonly IReadOnlyList<NetworkLayer> _layers;
    private readonly LayerOperation[] _operations;
    private readonly float[][] _outputs;
    private readonly float[][] _gradients = [[], []]; // the gradient before and behind the layer at hand, in turn
    private readonly int _firstTrainable;

    /// <param name="layers">The layers.</param>
    /// <param name="capacity">Samples in a batch at most.</param>
    /// <param name="threads">Who computes.</param>
    /// <param name="wayBack">Whether <see cref="Backward"/> or <see cref="BackwardTo"/> will be called.</param>
    internal NetworkRun(IReadOnlyList<NetworkLayer> layers, int capacity, Threads threads, bool wayBack)
    {
        _layers = layers;
        _operations = [.. layers.Select(layer => layer.Layer.Operation(layer.Input, threads))];
        _outputs = [.. layers.Select(layer => new float[checked(capacity * layer.Output.Size)])];
        _firstTrainable = 0;
        while (_firstTrainable < layers.Count && (layers[_firstTrainable].IsFrozen || layers[_firstTrainable].ParameterCount == 0))
        {
            _firstTrainable++;
        }

        if (wayBack)
        {
            int largest = Math.Max(layers[0].Input.Size, layers.Max(layer => layer.Output.Size));
            _gradients = [new float[capacity * largest], new float[capacity * largest]];
        }
    }

    /// <summary>Gets the place for the gradient of the loss with respect to the outputs.</summary>
    internal Memory<float> OutputGradient => _gradients[0];

    /// <summary>Computes the outputs of n samples; they stay until the next call.</summary>
    internal ReadOnlyMemory<float> Forward(ReadOnlyMemory<float> x, int n, Memory<float> values, LayerPass pass)
    {
        for (int i = 0; i < _operations.Length; i++)
        {
            NetworkLayer layer = _layers[i];
            LayerPass own = layer.IsFrozen ? LayerPass.Prediction : pass with { Key = RandomBits.At(pass.Key, (ulong)i) };
            _operations[i].Forward(Input(i, x), _outputs[i], n, values.Slice(layer.Offset, layer.Length), own);
        }

        return _outputs[^1].AsMemory(0, n * _layers[^1].Output.Size);
    }

    /// <summary>Carries <see cref="OutputGradient"/> back to the first layer that learns, and adds to the gradient of the parameters.</summary>
    internal void Backward(ReadOnlyMemory<float> x, int n, ReadOnlyMemory<float> values, Memory<float> gradient)
    {
        int behind = 0;
        for (int i = _operations.Length - 1; i >= _firstTrainable; i--)
        {
            NetworkLayer layer = _layers[i];
            Memory<float> before = i == _firstTrainable ? Memory<float>.Empty : _gradients[1 - behind];
            Memory<float> own = layer.IsFrozen ? Memory<float>.Empty : gradient.Slice(layer.Offset, layer.Length);
            _operations[i].Backward(Input(i, x), _outputs[i], _gradients[behind], before, n, values.Slice(layer.Offset, layer.Length), own);
            behind = 1 - behind;
        }
    }

    /// <summary>Carries <see cref="OutputGradient"/> back to the outputs of a layer, −1 for the inputs of the network; parameters get no gradient.</summary>
    /// <returns>The gradient for the n samples of the last <see cref="Forward"/>; it stays until the next call.</returns>
    internal ReadOnlyMemory<float> BackwardTo(int layer, ReadOnlyMemory<float> x, int n, ReadOnlyMemory<float> values)
    {
        int behind = 0;
        for (int i = _operations.Length - 1; i > layer; i--)
        {
            NetworkLayer at = _layers[i];
            _operations[i].Backward(Input(i, x), _outputs[i], _gradients[behind], _gradients[1 - behind], n, values.Slice(at.Offset, at.Length), Memory<float>.Empty);
            behind = 1 - behind;
        }

        return _gradients[behind].AsMemory(0, n * (layer < 0 ? _layers[0].Input.Size : _layers[layer].Output.Size));
    }

    /// <summary>What a layer made of the n samples of the last <see cref="Forward"/>.</summary>
    internal ReadOnlyMemory<float> OutputsOf(int layer, int n) => _outputs[layer].AsMemory(0, n * _layers[layer].Output.Size);

    private ReadOnlyMemory<float> Input(int layer, ReadOnlyMemory<float> x) => layer == 0 ? x : _outputs[layer - 1];
}
