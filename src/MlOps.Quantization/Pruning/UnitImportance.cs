using MlOps.Learning.Neural;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace MlOps.Quantization.Pruning;

/// <summary>How much each unit of a network matters: each neuron of a <see cref="Dense"/> and each filter of a <see cref="Conv2D"/> layer.</summary>
/// <remarks><see cref="StructuredPruning"/> removes the units of the smallest numbers. Make it by one of the methods; only the order within a layer counts there,
/// and with <see cref="PruningScope.Global"/> the numbers divided by their mean in the layer.</remarks>
/// <param name="Criterion">What the numbers are: <c>L1</c>, <c>L2</c>, <c>activation</c> or <c>Taylor</c>.</param>
/// <param name="Scores">By the name of the layer's weights ("0.weight") a number ≥ 0 a unit; 0 does not matter at all.</param>
public sealed record UnitImportance(string Criterion, IReadOnlyDictionary<string, double[]> Scores)
{
    /// <summary>The length of a unit's incoming weights, without its bias: <c>Σ|w|</c> (L1) or <c>√Σw²</c> (L2).</summary>
    /// <param name="network">Whose units.</param>
    /// <param name="norm">Which length.</param>
    /// <remarks>Source: H. Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017 (L1). The order is that of torch.nn.utils.prune.ln_structured along the units.</remarks>
    public static UnitImportance ByNorm(Network network, UnitNorm norm = UnitNorm.L1)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new UnitImportance(norm.ToString(), Each(network, (_, weight) => Norms(weight, norm)));
    }

    /// <summary>The mean of |output| of a unit over samples and pixels, behind its normalisation and activation function.</summary>
    /// <param name="network">Whose units.</param>
    /// <param name="x">Samples to look at; a few hundred are enough for an order.</param>
    /// <exception cref="ArgumentException">There is no sample, or they have another shape.</exception>
    public static UnitImportance ByActivation(Network network, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfZero(x.Count, nameof(x));
        return new UnitImportance("activation", Each(network, (layer, _) => MeanActivations(network.Take(NetworkChain.EndOfElementwise(network, layer)).Forward(x))));
    }

    /// <summary>How much the loss would change without the unit, to first order: <c>(Σ g·w)²</c> over its weights and bias.</summary>
    /// <param name="network">Whose units.</param>
    /// <param name="batch">Samples and targets for the gradient g.</param>
    /// <param name="loss">The loss.</param>
    /// <remarks>Source: P. Molchanov et al., "Importance Estimation for Neural Network Pruning", CVPR 2019, equation 8 with one batch.</remarks>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit.</exception>
    public static UnitImportance ByTaylor(Network network, TrainingData batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkGradient gradient = network.Gradient(batch, loss);
        return new UnitImportance("Taylor", Each(network, (layer, weight) => Taylor(network.Layers[layer], weight, gradient)));
    }

    private static Dictionary<string, double[]> Each(Network network, Func<int, Parameter, double[]> scores)
    {
        var all = new Dictionary<string, double[]>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (NetworkWeights.Of(network.Layers[i]) is { } weight)
            {
                NetworkWeights.CheckNumbers(weight.Values.Span, weight.Name, nameof(network));
                all.Add(weight.Name, scores(i, weight));
            }
        }

        return all;
    }

    private static double[] Norms(Parameter weight, UnitNorm norm)
    {
        double[] sums = Sums(weight, weight.Values.Span, norm == UnitNorm.L1 ? value => Math.Abs(value) : value => value * value);
        return norm == UnitNorm.L1 ? sums : Array.ConvertAll(sums, Math.Sqrt);
    }

    private static double[] Taylor(NetworkLayer layer, Parameter weight, NetworkGradient gradient)
    {
        var products = new float[weight.Values.Length];
        TensorPrimitives.Multiply(weight.Values.Span, gradient[weight.Name], products);
        double[] sums = Sums(weight, products, value => value);
        if (layer.Parameters.Count > 1)
        {
            Parameter bias = layer.Parameters[1];
            for (int unit = 0; unit < sums.Length; unit++)
            {
                sums[unit] += (double)bias.Values.Span[unit] * gradient[bias.Name][unit];
            }
        }

        return Array.ConvertAll(sums, sum => sum * sum);
    }

    /// <summary>Sums over the weights of each unit: columns of a dense layer, filters of a convolution.</summary>
    private static double[] Sums(Parameter weight, ReadOnlySpan<float> values, Func<double, double> term)
    {
        bool dense = weight.Shape.Count == 2;
        int units = dense ? weight.Shape[1] : weight.Shape[0];
        int perUnit = values.Length / units;
        var sums = new double[units];
        for (int i = 0; i < values.Length; i++)
        {
            sums[dense ? i % units : i / perUnit] += term(values[i]);
        }

        return sums;
    }

    private static double[] MeanActivations(Tensor outputs)
    {
        (int channels, int area) = (outputs.Shape.Channels, outputs.Shape.Area);
        var means = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = 0;
            for (int sample = 0; sample < outputs.Count; sample++)
            {
                sum += TensorPrimitives.SumOfMagnitudes(outputs[sample].Slice(channel * area, area));
            }

            means[channel] = sum / ((double)outputs.Count * area);
        }

        return means;
    }
}
