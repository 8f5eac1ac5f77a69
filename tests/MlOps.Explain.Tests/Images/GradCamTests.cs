using System.Text.Json;
using MlOps.Explain.Images;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

public sealed class GradCamTests
{
    private static readonly TensorShape s_shape = TensorShape.Image(3, 12, 12);

    [Theory]
    [InlineData("flat")]
    [InlineData("pooled")]
    public void Of_EveryLayerAndClass_EqualsPyTorchs(string name)
    {
        Network network = CamReference.Network(name);
        Tensor image = CamReference.Image(name);
        foreach (JsonElement map in CamReference.Case(name).GetProperty("maps").EnumerateArray())
        {
            (int layer, int target) = (map.GetProperty("layer").GetInt32(), map.GetProperty("target").GetInt32());
            AttributionMap found = GradCam.Of(network, image, layer, target);
            CamReference.Close(CamReference.Numbers(map.GetProperty("gradCam")), found.Values);
            Assert.Equal(map.GetProperty("score").GetDouble(), found.Score, 1e-5);
            double[] gradient = [.. network.OutputGradient(image, [target], layer).Gradient.Values.ToArray().Select(slope => (double)slope)];
            CamReference.Close(CamReference.Numbers(map.GetProperty("gradient")), gradient);
        }
    }

    // Oracle: B. Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016: behind global pooling the weights of the map are those of the dense layer.
    [Fact]
    public void Of_HeadOfGlobalPoolingAndDense_IsTheClassActivationMap()
    {
        Network network = CamReference.Network("pooled");
        Tensor image = CamReference.Image("pooled");
        Tensor activations = network.Activations(image, 4);
        ReadOnlySpan<float> weights = network.Parameters.Last(parameter => parameter.Shape.Count == 2).Values.Span;
        var cam = new double[36];
        for (int k = 0; k < 6; k++)
        {
            for (int i = 0; i < 36; i++)
            {
                cam[i] += weights[(k * 3) + 2] * activations[0][(k * 36) + i];
            }
        }

        CamReference.Close(ActivationMap.Finished(cam, 6, 6, 12, 12), GradCam.Of(network, image, layer: 4, target: 2).Values);
    }

    [Fact]
    public void Of_NoLayerAndNoClass_TakesTheLastConvolutionAndWhatTheNetworkSays()
    {
        Network network = CamReference.Network("flat");
        Tensor image = CamReference.Image("flat");
        int said = network.Classify(image)[0];
        Assert.Equal(GradCam.Of(network, image, 4, said), GradCam.Of(network, image));
    }

    [Fact]
    public void OfEach_ManyPictures_EqualsOneByOne()
    {
        Network network = CamReference.Network("pooled");
        Tensor images = Noise(20, 8);
        int[] targets = [.. Enumerable.Range(0, 20).Select(i => i % 3)];
        IReadOnlyList<AttributionMap> maps = GradCam.OfEach(network, images, targets: targets);
        for (int i = 0; i < maps.Count; i++)
        {
            Assert.Equal(GradCam.Of(network, images.Take([i]), target: targets[i]), maps[i]);
        }

        Assert.All(maps, map => Assert.All(map.Values.ToArray(), value => Assert.InRange(value, 0, 1)));
    }

    [Fact]
    public void Of_NetworkThatEndsInSoftmax_ExplainsTheScoreBeforeIt()
    {
        Network network = CamReference.Network("pooled");
        Network soft = network.Extend().Softmax().Build();
        Tensor image = CamReference.Image("pooled");
        Assert.Equal(GradCam.Of(network, image, target: 1), GradCam.Of(soft, image, target: 1));
    }

    [Fact]
    public void Of_OneOutputForTwoClasses_ExplainsClass0ByTheNegativeScore()
    {
        Network network = new NetworkBuilder(s_shape).Conv2D(4, 3).ReLU().GlobalAveragePool().Dense(1).Sigmoid().Build(seed: 2);
        Tensor image = Noise(1, 3);
        double score = network.Take(4).Forward(image)[0][0];
        Assert.Equal(score, GradCam.Of(network, image, target: 1).Score, 1e-9);
        Assert.Equal(-score, GradCam.Of(network, image, target: 0).Score, 1e-9);
        Assert.Equal(score >= 0 ? 1 : 0, GradCam.Of(network, image).Target);
        Assert.Throws<ArgumentOutOfRangeException>("target", () => GradCam.Of(network, image, target: 2));
    }

    [Fact]
    public void Of_FeatureMapsThatAreTheSameEverywhere_Is0()
    {
        // Black, without padding: every place of the convolution sees the same.
        Network network = new NetworkBuilder(s_shape).Conv2D(4, 3).ReLU().Flatten().Dense(3).Build(seed: 2);
        AttributionMap map = GradCam.Of(network, new Tensor(1, s_shape, new float[s_shape.Size]), target: 0);
        Assert.All(map.Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Null(map.ShareInside(new byte[144]));
        Assert.Null(map.PointsInside(new byte[144]));
        Assert.Contains("no pixel speaks for the class", map.ToString());
    }

    [Fact]
    public void Of_WhatDoesNotFit_IsToldAtTheDoor()
    {
        Network network = CamReference.Network("flat");
        Tensor image = CamReference.Image("flat");
        Network plain = new NetworkBuilder(s_shape).Flatten().Dense(3).Build();
        Network vectors = new NetworkBuilder(TensorShape.Vector(4)).Dense(3).Build();
        Assert.Contains("no convolution", Assert.Throws<ArgumentException>("network", () => GradCam.Of(plain, image)).Message);
        Assert.Throws<ArgumentException>("network", () => GradCam.Of(vectors, new Tensor(1, TensorShape.Vector(4), new float[4])));
        Assert.Contains("makes vectors", Assert.Throws<ArgumentException>("layer", () => GradCam.Of(network, image, layer: 8)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => GradCam.Of(network, image, layer: 11));
        Assert.Throws<ArgumentOutOfRangeException>("target", () => GradCam.Of(network, image, target: 3));
        Assert.Throws<ArgumentException>("images", () => GradCam.Of(network, new Tensor(1, TensorShape.Image(3, 8, 8), new float[192])));
        Assert.Throws<ArgumentException>("image", () => GradCam.Of(network, Noise(2, 1)));
        Assert.Throws<ArgumentException>("targets", () => GradCam.OfEach(network, Noise(2, 1), targets: [0]));
        float[] broken = image.Values.ToArray();
        broken[70] = float.NaN;
        Assert.Throws<InvalidOperationException>(() => GradCam.Of(network, new Tensor(1, s_shape, broken), target: 1));
    }

    private static Tensor Noise(int count, int seed)
    {
        var random = new Random(seed);
        return new Tensor(count, s_shape, [.. Enumerable.Range(0, count * s_shape.Size).Select(_ => random.NextSingle())]);
    }
}
