using System.Globalization;
using MlOps.Data;

namespace MlOps.Learning.Neural;

/// <summary>A stack of layers with their weights. Immutable, so threads may share it; a <see cref="Trainer"/> returns a new one.</summary>
public sealed partial class Network
{
    // Samples computed at a time: enough to keep the processor busy, few enough for the caches.
    private const int PredictionBatch = 256;

    private readonly float[] _values;

    internal Network(TensorShape input, IReadOnlyList<NetworkLayer> layers, float[] values, OutputActivation activation)
    {
        InputShape = input;
        Layers = layers;
        _values = values;
        OutputActivation = activation;
    }

    /// <summary>Gets the shape of a sample it reads.</summary>
    public TensorShape InputShape { get; }

    /// <summary>Gets the shape of an output.</summary>
    public TensorShape OutputShape => Layers[^1].Output;

    /// <summary>Gets the layers, from the input to the output.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Gets what all layers have learned.</summary>
    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Parameters);

    /// <summary>Gets what turns the outputs into predictions: set by the loss it was trained with.</summary>
    public OutputActivation OutputActivation { get; }

    /// <summary>Gets the number of parameters that are learned by gradient, frozen ones too.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Gets the number of parameters that training changes.</summary>
    public int TrainableParameterCount => Layers.Where(layer => !layer.IsFrozen).Sum(layer => layer.ParameterCount);

    /// <summary>Gets all values, layer by layer.</summary>
    internal ReadOnlyMemory<float> Values => _values;

    /// <summary>Computes the outputs of the last layer: scores, where a loss brings the softmax or sigmoid.</summary>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    public Tensor Forward(Tensor x)
    {
        CheckInput(x);
        var outputs = new float[checked(x.Count * OutputShape.Size)];
        var run = new NetworkRun(Layers, Math.Min(x.Count, PredictionBatch), new Threads(0), wayBack: false);
        for (int start = 0; start < x.Count; start += PredictionBatch)
        {
            int count = Math.Min(PredictionBatch, x.Count - start);
            ReadOnlyMemory<float> batch = x.Memory.Slice(start * InputShape.Size, count * InputShape.Size);
            run.Forward(batch, count, _values, LayerPass.Prediction).Span.CopyTo(outputs.AsSpan(start * OutputShape.Size));
        }

        return new Tensor(x.Count, OutputShape, outputs);
    }

    /// <summary>Predicts: the outputs after <see cref="OutputActivation"/>, so probabilities where the network tells classes apart.</summary>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    public Tensor Predict(Tensor x)
    {
        Tensor outputs = Forward(x);
        float[] predictions = outputs.Values.ToArray();
        int size = OutputShape.Size;
        Span<double> row = new double[size];
        for (int i = 0; i < x.Count && OutputActivation != OutputActivation.None; i++)
        {
            if (OutputActivation == OutputActivation.Softmax)
            {
                Softmax.Of(outputs[i], 1, row);
            }

            for (int c = 0; c < size; c++)
            {
                predictions[(i * size) + c] = (float)(OutputActivation == OutputActivation.Softmax ? row[c] : 1 / (1 + Math.Exp(-outputs[i][c])));
            }
        }

        return new Tensor(x.Count, OutputShape, predictions);
    }

    /// <summary>Tells the class of each sample: the index of the largest output, the first of equals; of a single output 1 if it speaks for it, else 0.</summary>
    /// <remarks>A single output speaks for class 1 from a probability of 0.5 on.</remarks>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    public int[] Classify(Tensor x)
    {
        Tensor outputs = Forward(x);
        float limit = OutputActivation == OutputActivation.None ? 0.5f : 0;
        var codes = new int[x.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = OutputShape.Size == 1 ? (outputs[i][0] >= limit ? 1 : 0) : Loss.IndexOfLargest(outputs[i]);
        }

        return codes;
    }

    /// <summary>Computes the mean loss of samples and its gradient with respect to every parameter, as a step of training does.</summary>
    /// <remarks>Batch normalisation looks at these samples and dropout drops, as in training. The gradient of a frozen layer is 0.</remarks>
    /// <param name="batch">Samples and targets, at least one.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="seed">Of dropout.</param>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit.</exception>
    public NetworkGradient Gradient(TrainingData batch, Loss loss, int seed = 0) => GradientAveraging.Compute(this, batch, loss, 1, seed).Average;

    /// <summary>Freezes the first layers, so that training leaves them alone, and thaws the others: transfer learning.</summary>
    /// <param name="layers">How many, 0 to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many layers.</exception>
    public Network Freeze(int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layers, Layers.Count);
        return new Network(InputShape, [.. Layers.Select((layer, i) => layer with { IsFrozen = i < layers })], _values, OutputActivation);
    }

    /// <summary>The first layers as a network of their own, with their weights: features, or a body for another head.</summary>
    /// <param name="layers">How many, 1 to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many layers.</exception>
    public Network Take(int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layers, Layers.Count);
        NetworkLayer[] taken = [.. Layers.Take(layers)];
        float[] values = _values[..taken.Sum(layer => layer.Length)];
        return new Network(InputShape, Bound(taken, values), values, layers == Layers.Count ? OutputActivation : OutputActivation.None);
    }

    /// <summary>The same layers with other values: weights that were learned elsewhere, or changed by hand.</summary>
    /// <param name="values">Values by the name of their parameter, such as "0.weight", in the order of its shape; parameters that are not named keep theirs. They are copied.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or it needs another number of values.</exception>
    public Network WithParameters(IReadOnlyDictionary<string, float[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        float[] changed = [.. _values];
        foreach ((string name, float[] own) in values)
        {
            Parameter parameter = Parameters.FirstOrDefault(one => one.Name == name)
                ?? throw new ArgumentException($"There is no parameter '{name}'. There are: {string.Join(", ", Parameters.Select(one => one.Name))}.", nameof(values));
            if (own.Length != parameter.Values.Length)
            {
                throw new ArgumentException($"'{name}' of shape {string.Join(" × ", parameter.Shape)} needs {parameter.Values.Length} values; got {own.Length}.", nameof(values));
            }

            own.CopyTo(changed, parameter.Offset);
        }

        return With(changed, OutputActivation);
    }

    /// <summary>The same network with another <see cref="OutputActivation"/>: for one that was put together from the layers of a trained one.</summary>
    /// <param name="activation">What turns the outputs into predictions.</param>
    public Network WithActivation(OutputActivation activation) => new(InputShape, Layers, _values, activation);

    /// <summary>Begins a network with these layers and their weights; the builder adds new ones.</summary>
    /// <example><code>Network other = trained.Take(7).Freeze(7).Extend().Dense(4).Build(seed: 7); // a new head on a frozen body</code></example>
    public NetworkBuilder Extend() => new(this);

    /// <summary>A row a layer: its place and kind, the shape it makes, its parameters, and whether training changes them.</summary>
    public Table Summary() => new(
        Column.Of("layer", Layers.Select((layer, i) => string.Create(CultureInfo.InvariantCulture, $"{i} {layer.Layer.GetType().Name}")).ToArray()),
        Column.Of("output", Layers.Select(layer => layer.Output.ToString()).ToArray()),
        Column.Of("parameters", Layers.Select(layer => (long)layer.ParameterCount).ToArray()),
        Column.Of("frozen", Layers.Select(layer => layer.IsFrozen).ToArray()));

    /// <summary>Writes the layers, the shapes they make, and their parameters, a line each.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines = Layers.Select((layer, i) => string.Create(CultureInfo.InvariantCulture, $"{i,3} {layer.Layer.GetType().Name,-18}{layer.Output,-14}{layer.ParameterCount,12:N0}{(layer.IsFrozen ? " frozen" : "")}"));
        return string.Join('\n', lines.Prepend(string.Create(CultureInfo.InvariantCulture, $"{InputShape} → {OutputShape}, {ParameterCount:N0} parameters, {TrainableParameterCount:N0} of them trainable")));
    }

    /// <summary>The same layers with other values.</summary>
    internal Network With(float[] values, OutputActivation activation) => new(InputShape, Bound(Layers, values), values, activation);

    internal void CheckInput(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape != InputShape)
        {
            throw new ArgumentException($"The network reads samples of {InputShape}; these have {x.Shape}.", nameof(x));
        }
    }

    private static NetworkLayer[] Bound(IEnumerable<NetworkLayer> layers, float[] values) =>
        [.. layers.Select(layer => layer with { Parameters = [.. layer.Parameters.Select(parameter => parameter with { Values = values.AsMemory(parameter.Offset, parameter.Values.Length) })] })];
}
