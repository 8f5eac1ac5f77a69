using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

/// <summary>Oracle: the outputs themselves, a little to the left and to the right.</summary>
public sealed class NetworkAttributionTests
{
    private const float H = 1f / 64; // four points: the error of the formula is h⁴, and single precision leaves about 1e-7 / h
    private const double Tolerance = 3e-5;

    private static readonly TensorShape s_image = TensorShape.Image(2, 6, 6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void OutputGradient_OfALayer_EqualsCentralDifferencesOfTheLayersBehindIt(int layer)
    {
        Network network = Trained();
        Tensor x = References.Random(3, s_image, 11);
        int[] outputs = [2, 0, 1];
        OutputGradient found = network.OutputGradient(x, outputs, layer);

        Network rest = Rest(network, layer);
        Check(rest, network.Activations(x, layer), outputs, found.Gradient);
        Assert.True(found.Activations.Values.SequenceEqual(network.Activations(x, layer).Values));
        Assert.True(found.Outputs.Values.SequenceEqual(network.Forward(x).Values));
    }

    [Fact]
    public void OutputGradient_OfTheInput_EqualsCentralDifferences()
    {
        Network network = Trained();
        Tensor x = References.Random(3, s_image, 12);
        OutputGradient found = network.OutputGradient(x, [1]);
        Check(network, x, [1, 1, 1], found.Gradient);
        Assert.Same(x, found.Activations);
    }

    [Fact]
    public void OutputGradient_OfTheLastLayer_IsOneAtTheOutput()
    {
        OutputGradient found = Trained().OutputGradient(References.Random(2, s_image, 3), [0, 2], 8);
        Assert.Equal([1f, 0, 0, 0, 0, 1], found.Gradient.Values.ToArray());
    }

    [Fact]
    public void OutputGradient_AnyNumberOfThreadsOrNeighbours_GivesTheSameBytes()
    {
        Network network = Trained();
        Tensor x = References.Random(300, s_image, 4); // more than one batch
        int[] outputs = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        OutputGradient alone = network.OutputGradient(x, outputs, 0, Threads.One);
        Assert.True(alone.Gradient.Values.SequenceEqual(network.OutputGradient(x, outputs, 0, new Threads(7)).Gradient.Values));
        Assert.True(alone.Gradient[280].SequenceEqual(network.OutputGradient(x.Take([280]), [280 % 3], 0).Gradient.Values));
    }

    [Fact]
    public void OutputGradient_WhatDoesNotFit_IsToldAtTheDoor()
    {
        Network network = Trained();
        Tensor x = References.Random(3, s_image, 5);
        Assert.Throws<ArgumentException>("x", () => network.OutputGradient(References.Random(1, TensorShape.Image(2, 5, 6), 5), [0]));
        Assert.Throws<ArgumentException>("outputs", () => network.OutputGradient(x, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => network.OutputGradient(x, [3]));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => network.OutputGradient(x, [0], 9));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => network.Activations(x, -1));
    }

    [Fact]
    public void LastConvolution_WithAndWithout_IsItsPlaceOrNull()
    {
        Assert.Equal(4, Trained().LastConvolution);
        Assert.Null(new NetworkBuilder(s_image).Flatten().Dense(2).Build().LastConvolution);
    }

    [Fact]
    public void WithParameters_SomeValues_ReplacesThoseAlone()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(2)).Dense(1).Build(seed: 1);
        Network changed = network.WithParameters(new Dictionary<string, float[]> { ["0.weight"] = [2, 3] });
        Assert.Equal([2f * 5 + 3 * 7], changed.Forward(new Tensor(1, network.InputShape, [5, 7])).Values.ToArray());
        Assert.NotEqual(2f, network.Parameters.First().Values.Span[0]);
        Assert.Throws<ArgumentException>("values", () => network.WithParameters(new Dictionary<string, float[]> { ["0.weights"] = [2, 3] }));
        Assert.Throws<ArgumentException>("values", () => network.WithParameters(new Dictionary<string, float[]> { ["0.bias"] = [2, 3] }));
    }

    /// <summary>A little trained, so that batch normalisation has statistics that are not those of the samples.</summary>
    private static Network Trained()
    {
        Network network = new NetworkBuilder(s_image).Conv2D(4, 3, padding: 1).BatchNorm().Tanh().AveragePool(2)
            .Conv2D(3, 2).Gelu().Dropout(0.4).Flatten().Dense(3).Build(seed: 3);
        var data = new TrainingData(References.Random(20, s_image, 5), References.RandomLabels(20, 3, 6));
        return new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 3, BatchSize = 5 }).Fit(network, data).Network;
    }

    private static Network Rest(Network network, int layer)
    {
        var builder = new NetworkBuilder(network.Layers[layer].Output);
        var values = new Dictionary<string, float[]>();
        for (int i = layer + 1; i < network.Layers.Count; i++)
        {
            builder.Add(network.Layers[i].Layer);
            foreach (Parameter parameter in network.Layers[i].Parameters)
            {
                values[$"{i - layer - 1}{parameter.Name[parameter.Name.IndexOf('.')..]}"] = parameter.Values.ToArray();
            }
        }

        return builder.Build().WithParameters(values);
    }

    private static void Check(Network network, Tensor x, int[] outputs, Tensor gradient)
    {
        for (int i = 0; i < x.Values.Length; i++)
        {
            double Value(float by)
            {
                float[] moved = x.Values.ToArray();
                moved[i] += by;
                int sample = i / x.Shape.Size;
                return network.Forward(new Tensor(x.Count, x.Shape, moved))[sample][outputs[sample]];
            }

            double slope = ((8 * (Value(H) - Value(-H))) - (Value(2 * H) - Value(-2 * H))) / (12 * H);
            Assert.Equal(slope, gradient.Values[i], Tolerance);
        }
    }
}
