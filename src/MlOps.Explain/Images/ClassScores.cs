using System.Numerics.Tensors;
using MlOps.Learning.Neural;
using Tensor = MlOps.Learning.Neural.Tensor;

namespace MlOps.Explain.Images;

/// <summary>The score of a class of a network, before the softmax or sigmoid, and its slope.</summary>
internal sealed class ClassScores
{
    private readonly Network _network;
    private readonly bool _isSingle; // one output speaks for class 1, and its negative for class 0

    internal ClassScores(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.InputShape.IsImage)
        {
            throw new ArgumentException($"The network reads vectors of {network.InputShape}, not pictures; there are no pixels to explain.", nameof(network));
        }

        bool endsInSigmoid = network.Layers[^1].Layer is Sigmoid;
        _network = network.Layers.Count > 1 && network.Layers[^1].Layer is Softmax or Sigmoid ? network.Take(network.Layers.Count - 1) : network;
        _isSingle = network.OutputShape.Size == 1 && (endsInSigmoid || network.OutputActivation == OutputActivation.Sigmoid);
        Count = _isSingle ? 2 : network.OutputShape.Size;
    }

    /// <summary>Gets the number of classes.</summary>
    internal int Count { get; }

    /// <summary>The given class for every picture, or the one with the largest score, the first of equals.</summary>
    internal int[] Targets(Tensor images, IReadOnlyList<int>? targets, string argument)
    {
        if (targets is null)
        {
            return Largest(_network.Forward(images));
        }

        if (targets.Count != images.Count)
        {
            throw new ArgumentException($"{images.Count} pictures need one class each; got {targets.Count}.", argument);
        }

        foreach (int target in targets)
        {
            if ((uint)target >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(argument, target, $"The network has the classes 0 to {Count - 1}; there is no class {target}.");
            }
        }

        return [.. targets];
    }

    /// <summary>Scores, activations and slopes of the target of every picture.</summary>
    internal (double[] Scores, Tensor Activations, Tensor Gradient) Gradient(Tensor images, int[] targets, int? layer)
    {
        OutputGradient found = _network.OutputGradient(images, _isSingle ? [0] : targets, layer);
        var scores = new double[images.Count];
        float[] gradient = found.Gradient.Values.ToArray();
        int size = found.Gradient.Shape.Size;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = found.Outputs[i][_isSingle ? 0 : targets[i]];
            if (_isSingle && targets[i] == 0)
            {
                scores[i] = -scores[i];
                TensorPrimitives.Negate(gradient.AsSpan(i * size, size), gradient.AsSpan(i * size, size));
            }
        }

        return (scores, found.Activations, new Tensor(images.Count, found.Gradient.Shape, gradient));
    }

    /// <summary>The scores of one class.</summary>
    internal double[] Of(Tensor images, int target)
    {
        Tensor outputs = _network.Forward(images);
        var scores = new double[images.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = !_isSingle ? outputs[i][target] : target == 1 ? outputs[i][0] : -outputs[i][0];
        }

        return scores;
    }

    private int[] Largest(Tensor outputs)
    {
        var classes = new int[outputs.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            ReadOnlySpan<float> scores = outputs[i];
            int best = 0;
            for (int c = 1; c < scores.Length; c++)
            {
                best = scores[c] > scores[best] ? c : best;
            }

            classes[i] = !_isSingle ? best : scores[0] >= 0 ? 1 : 0;
        }

        return classes;
    }
}
