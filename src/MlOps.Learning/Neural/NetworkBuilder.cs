using System.Globalization;

namespace MlOps.Learning.Neural;

/// <summary>Stacks layers and draws their first weights.</summary>
/// <example><code>
/// Network network = new NetworkBuilder(TensorShape.Image(1, 28, 28))
///     .Conv2D(8, 3).ReLU().MaxPool(2)
///     .Conv2D(16, 3).ReLU().MaxPool(2)
///     .Flatten().Dense(10)
///     .Build(seed: 7);
/// </code></example>
public sealed class NetworkBuilder
{
    private readonly TensorShape _input;
    private readonly List<(Layer Layer, TensorShape Input, NetworkLayer? Kept)> _layers = [];

    /// <summary>Begins with the shape of one sample.</summary>
    public NetworkBuilder(TensorShape input)
    {
        _input = input.Size > 0 ? input : throw new ArgumentException("The samples need a shape: TensorShape.Vector or TensorShape.Image.", nameof(input));
        Shape = input;
    }

    /// <summary>A small network for images of a few classes: two convolutions of 16 and 32 filters, each followed by ReLU and a maximum over 2 × 2, then dropout and scores.</summary>
    /// <param name="image">Of at least 4 × 4 pixels.</param>
    /// <param name="classes">At least 2.</param>
    /// <remarks>Train it with <see cref="CrossEntropy"/>. Add layers of your own to <see cref="NetworkBuilder"/> for anything else.</remarks>
    /// <exception cref="ArgumentException">The samples are no images, or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 classes.</exception>
    public static NetworkBuilder ForImages(TensorShape image, int classes) => new NetworkBuilder(image)
        .Conv2D(16, 3, padding: 1).ReLU().MaxPool(2)
        .Conv2D(32, 3, padding: 1).ReLU().MaxPool(2)
        .Dropout(0.25).Flatten().Dense(Guard.AtLeast(classes, 2));

    /// <summary>Begins with the layers of a network and what they have learned.</summary>
    internal NetworkBuilder(Network network)
        : this(network.InputShape)
    {
        foreach (NetworkLayer layer in network.Layers)
        {
            _layers.Add((layer.Layer, layer.Input, layer));
            Shape = layer.Output;
        }
    }

    /// <summary>Gets the shape of a sample after the layers so far.</summary>
    public TensorShape Shape { get; private set; }

    /// <summary>Adds a layer.</summary>
    /// <exception cref="ArgumentException">It cannot read what the layers before it give.</exception>
    public NetworkBuilder Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        TensorShape output = layer.OutputShape(Shape);
        _layers.Add((layer, Shape, null));
        Shape = output;
        return this;
    }

    /// <summary>Adds a <see cref="Neural.Dense"/> layer.</summary>
    public NetworkBuilder Dense(int units, bool bias = true) => Add(new Dense(units, bias));

    /// <summary>Adds a <see cref="Neural.Conv2D"/> layer.</summary>
    public NetworkBuilder Conv2D(int filters, int kernelSize, int stride = 1, int padding = 0, bool bias = true) => Add(new Conv2D(filters, kernelSize, stride, padding, bias));

    /// <summary>Adds a <see cref="Neural.MaxPool"/> layer.</summary>
    public NetworkBuilder MaxPool(int size = 2, int stride = 0) => Add(new MaxPool(size, stride));

    /// <summary>Adds an <see cref="Neural.AveragePool"/> layer.</summary>
    public NetworkBuilder AveragePool(int size = 2, int stride = 0) => Add(new AveragePool(size, stride));

    /// <summary>Adds a <see cref="Neural.GlobalAveragePool"/> layer.</summary>
    public NetworkBuilder GlobalAveragePool() => Add(new GlobalAveragePool());

    /// <summary>Adds a <see cref="Neural.BatchNorm"/> layer.</summary>
    public NetworkBuilder BatchNorm(double momentum = 0.1, double epsilon = 1e-5) => Add(new BatchNorm(momentum, epsilon));

    /// <summary>Adds a <see cref="Neural.Dropout"/> layer.</summary>
    public NetworkBuilder Dropout(double rate = 0.5) => Add(new Dropout(rate));

    /// <summary>Adds a <see cref="Neural.Flatten"/> layer.</summary>
    public NetworkBuilder Flatten() => Add(new Flatten());

    /// <summary>Adds a <see cref="Neural.ReLU"/> layer.</summary>
    public NetworkBuilder ReLU() => Add(new ReLU());

    /// <summary>Adds a <see cref="Neural.LeakyReLU"/> layer.</summary>
    public NetworkBuilder LeakyReLU(double slope = 0.01) => Add(new LeakyReLU(slope));

    /// <summary>Adds a <see cref="Neural.Sigmoid"/> layer.</summary>
    public NetworkBuilder Sigmoid() => Add(new Sigmoid());

    /// <summary>Adds a <see cref="Neural.Tanh"/> layer.</summary>
    public NetworkBuilder Tanh() => Add(new Tanh());

    /// <summary>Adds a <see cref="Neural.Gelu"/> layer.</summary>
    public NetworkBuilder Gelu() => Add(new Gelu());

    /// <summary>Adds a <see cref="Neural.Softmax"/> layer.</summary>
    public NetworkBuilder Softmax() => Add(new Softmax());

    /// <summary>Makes the network. Layers that come from a trained one keep their weights; those of the others are drawn.</summary>
    /// <param name="seed">Equal seeds draw equal weights.</param>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Network Build(int seed = 0)
    {
        if (_layers.Count == 0)
        {
            throw new InvalidOperationException("A network needs at least one layer.");
        }

        ParameterPlan[][] plans = [.. _layers.Select(layer => layer.Layer.Parameters(layer.Input).ToArray())];
        var values = new float[plans.Sum(plan => plan.Sum(parameter => parameter.Length))];
        var layers = new NetworkLayer[_layers.Count];
        int offset = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            (Layer layer, TensorShape input, NetworkLayer? kept) = _layers[i];
            var parameters = new Parameter[plans[i].Length];
            for (int j = 0; j < parameters.Length; j++)
            {
                ParameterPlan plan = plans[i][j];
                Memory<float> place = values.AsMemory(offset, plan.Length);
                if (kept is not null)
                {
                    kept.Parameters[j].Values.CopyTo(place);
                }
                else
                {
                    Draw(plan, place.Span, plan.Initialization ?? Usual(i), Seeds.Generator(seed, i));
                }

                parameters[j] = new Parameter(string.Create(CultureInfo.InvariantCulture, $"{i}.{plan.Name}"), plan.Shape, place, plan.IsStatistic, offset);
                offset += plan.Length;
            }

            layers[i] = new NetworkLayer(layer, input, layer.OutputShape(input), kept?.IsFrozen ?? false, parameters);
        }

        return new Network(_input, layers, values, OutputActivation.None);
    }

    /// <summary>He before a rectifier, Glorot otherwise.</summary>
    private Initialization Usual(int layer)
    {
        Layer? next = _layers.Skip(layer + 1).Select(other => other.Layer).FirstOrDefault(other => other is not (Neural.BatchNorm or Neural.Dropout or Neural.MaxPool or Neural.AveragePool or Neural.Flatten or Neural.GlobalAveragePool));
        return next is Neural.ReLU or Neural.LeakyReLU or Neural.Gelu ? Initialization.HeNormal : Initialization.GlorotUniform;
    }

    private static void Draw(ParameterPlan plan, Span<float> values, Initialization initialization, Random random)
    {
        if (plan.Start is { } start)
        {
            values.Fill(start);
            return;
        }

        double spread = initialization is Initialization.HeNormal or Initialization.HeUniform ? plan.FanIn : 0.5 * ((double)plan.FanIn + plan.FanOut);
        bool normal = initialization is Initialization.HeNormal or Initialization.GlorotNormal;
        double scale = initialization is Initialization.HeNormal or Initialization.HeUniform ? Math.Sqrt(2 / spread) : Math.Sqrt(1 / spread);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(scale * (normal ? Normal(random) : Math.Sqrt(3) * ((2 * random.NextDouble()) - 1))); // both have variance 1
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
