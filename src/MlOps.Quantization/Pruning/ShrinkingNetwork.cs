using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>A network on its way to fewer units: plans and values of its layers, cut chain by chain.</summary>
internal sealed class ShrinkingNetwork
{
    private readonly Network _network;
    private readonly Layer[] _layers;
    private readonly float[][][] _values; // by layer and parameter

    internal ShrinkingNetwork(Network network)
    {
        _network = network;
        _layers = [.. network.Layers.Select(layer => layer.Layer)];
        _values = [.. network.Layers.Select(layer => layer.Parameters.Select(parameter => parameter.Values.ToArray()).ToArray())];
    }

    /// <summary>Removes all units of a chain's first layer but those named.</summary>
    internal void Keep(NetworkChain chain, int[] stay)
    {
        NetworkLayer producer = _network.Layers[chain.Producer];
        int units = producer.Output.Channels;
        if (stay.Length == units)
        {
            return;
        }

        Fold(chain, [.. Enumerable.Range(0, units).Except(stay)]);
        bool dense = producer.Layer is Dense;
        float[][] own = _values[chain.Producer];
        own[0] = dense ? Cut(own[0], units, 1, stay) : Cut(own[0], units, own[0].Length / units, stay);
        if (own.Length > 1)
        {
            own[1] = Cut(own[1], units, 1, stay);
        }

        _layers[chain.Producer] = producer.Layer switch
        {
            Dense layer => layer with { Units = stay.Length },
            Conv2D layer => layer with { Filters = stay.Length },
            _ => throw new InvalidOperationException($"{producer.Layer.GetType().Name} has no units."),
        };
        for (int between = chain.Producer + 1; between < chain.Consumer; between++)
        {
            // Behind Flatten a channel is a block of features.
            _values[between] = Array.ConvertAll(_values[between], values => Cut(values, units, values.Length / units, stay));
        }

        // Dense: inputs × units, so a channel is a block of rows. Conv2D: filters × channels × kernel².
        float[][] reader = _values[chain.Consumer];
        int inner = _network.Layers[chain.Consumer].Layer is Conv2D convolution
            ? convolution.KernelSize * convolution.KernelSize
            : _network.Layers[chain.Consumer].Input.Size / units * Outputs(chain.Consumer);
        reader[0] = Cut(reader[0], units, inner, stay);
    }

    internal Network Build()
    {
        var builder = new NetworkBuilder(_network.InputShape);
        foreach (Layer layer in _layers)
        {
            builder.Add(layer);
        }

        Network empty = builder.Build();
        var values = new Dictionary<string, float[]>();
        for (int i = 0; i < _layers.Length; i++)
        {
            for (int j = 0; j < _values[i].Length; j++)
            {
                values.Add(empty.Layers[i].Parameters[j].Name, _values[i][j]);
            }
        }

        int frozen = _network.Layers.TakeWhile(layer => layer.IsFrozen).Count();
        return empty.WithParameters(values).WithActivation(_network.OutputActivation).Freeze(frozen);
    }

    /// <summary>Units of the original that are always the same: what the reader makes of them moves into its bias.</summary>
    private void Fold(NetworkChain chain, int[] go)
    {
        int[] dead = [.. go.Where(unit => IsDead(chain.Producer, unit))];
        if (dead.Length == 0)
        {
            return;
        }

        NetworkLayer reader = _network.Layers[chain.Consumer];
        // Any input will do: these units do not look at it.
        ReadOnlySpan<float> says = _network.Take(chain.Consumer).Forward(new Tensor(1, _network.InputShape, new float[_network.InputShape.Size]))[0];
        float[] weights = _values[chain.Consumer][0]; // its own units may be fewer already, its inputs are not
        int outputs = Outputs(chain.Consumer);
        var shift = new double[outputs];
        int block = says.Length / _network.Layers[chain.Producer].Output.Channels;
        foreach (int unit in dead)
        {
            Add(reader.Layer, weights, says, unit, block, shift);
        }

        if (!shift.AsSpan().ContainsAnyExcept(0))
        {
            return;
        }

        if (_values[chain.Consumer].Length == 1)
        {
            _values[chain.Consumer] = [weights, new float[outputs]];
            _layers[chain.Consumer] = _layers[chain.Consumer] switch
            {
                Dense layer => layer with { Bias = true },
                Conv2D layer => layer with { Bias = true },
                Layer other => other,
            };
        }

        float[] bias = _values[chain.Consumer][1];
        for (int i = 0; i < outputs; i++)
        {
            bias[i] = (float)(bias[i] + shift[i]);
        }
    }

    private static void Add(Layer reader, float[] weights, ReadOnlySpan<float> says, int unit, int block, double[] shift)
    {
        int outputs = shift.Length;
        if (reader is Conv2D convolution)
        {
            int area = convolution.KernelSize * convolution.KernelSize;
            int channels = weights.Length / (outputs * area);
            // In the middle of the picture, where padding earlier on did not reach.
            double value = says[(unit * block) + (block / 2)];
            for (int i = 0; i < weights.Length; i++)
            {
                if (i / area % channels == unit)
                {
                    shift[i / (area * channels)] += value * weights[i];
                }
            }

            return;
        }

        for (int feature = unit * block; feature < (unit + 1) * block; feature++)
        {
            for (int i = 0; i < outputs; i++)
            {
                shift[i] += (double)says[feature] * weights[(feature * outputs) + i];
            }
        }
    }

    private bool IsDead(int layer, int unit)
    {
        Parameter weight = _network.Layers[layer].Parameters[0];
        ReadOnlySpan<float> values = weight.Values.Span;
        if (weight.Shape.Count == 4)
        {
            int size = values.Length / weight.Shape[0];
            return !values.Slice(unit * size, size).ContainsAnyExcept(0f);
        }

        for (int i = unit; i < values.Length; i += weight.Shape[1])
        {
            if (values[i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Outputs(int layer) => _layers[layer] is Dense dense ? dense.Units : ((Conv2D)_layers[layer]).Filters;

    /// <summary>Of an array seen as outer × units × inner numbers, the units that stay.</summary>
    private static float[] Cut(float[] values, int units, int inner, int[] stay)
    {
        int outer = values.Length / (units * inner);
        var cut = new float[outer * stay.Length * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < stay.Length; i++)
            {
                values.AsSpan(((o * units) + stay[i]) * inner, inner).CopyTo(cut.AsSpan(((o * stay.Length) + i) * inner));
            }
        }

        return cut;
    }
}
