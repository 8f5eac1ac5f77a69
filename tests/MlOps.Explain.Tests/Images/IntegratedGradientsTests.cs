using MlOps.Explain.Images;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

public sealed class IntegratedGradientsTests
{
    [Theory]
    [InlineData("flat")]
    [InlineData("pooled")]
    public void Of_BlackBaseline_EqualsPyTorchs(string name)
    {
        for (int target = 0; target < 3; target++)
        {
            AttributionMap map = IntegratedGradients.Of(CamReference.Network(name), CamReference.Image(name), target, steps: 20);
            CamReference.Close(CamReference.Numbers(CamReference.Case(name).GetProperty("integrated")[target]), map.Values);
        }
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("pooled")]
    public void Of_MoreSteps_LeaveLessOut(string name)
    {
        Network network = CamReference.Network(name);
        Tensor image = CamReference.Image(name);
        double Left(int steps) => Math.Abs(IntegratedGradients.Of(network, image, 1, PixelFill.MeanColour, steps).Residual!.Value);
        Assert.True(Left(500) < 1e-3);
        Assert.True(Left(500) < Left(1));
    }

    // Oracle: of a linear score the slope is the weight everywhere, so v = (x − b)·w exactly, for any number of steps.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void Of_LinearNetwork_IsWeightTimesDistance(int steps)
    {
        TensorShape shape = TensorShape.Image(2, 2, 2);
        Network network = new NetworkBuilder(shape).Flatten().Dense(2).Build()
            .WithParameters(new Dictionary<string, float[]> { ["1.weight"] = [1, 0, 2, 0, 3, 0, 4, 0, -1, 0, -2, 0, -3, 0, 0.5f, 0], ["1.bias"] = [7, 0] });
        var image = new Tensor(1, shape, [1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f]);
        AttributionMap map = IntegratedGradients.Of(network, image, 0, PixelFill.Colour(0.5f, 0.25f), steps);
        CamReference.Close([(1 * 0.5) - (1 * 0.25), (2 * 0.5) - (2 * 0.25), (3 * 0.5) - (3 * 0.25), (4 * 0.5) + (0.5 * 0.25)], map.Values, 1e-6);
        Assert.Equal(0, map.Residual!.Value, 1e-5);
    }

    [Fact]
    public void Of_PictureThatIsTheBaseline_Is0()
    {
        Tensor black = new(1, TensorShape.Image(3, 12, 12), new float[432]);
        AttributionMap map = IntegratedGradients.Of(CamReference.Network("flat"), black, 0);
        Assert.All(map.Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(0, map.Residual!.Value, 1e-12);
    }

    [Fact]
    public void Of_WhatDoesNotFit_IsToldAtTheDoor()
    {
        Network network = CamReference.Network("flat");
        Tensor image = CamReference.Image("flat");
        Tensor small = new(1, TensorShape.Image(3, 2, 2), new float[12]);
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => IntegratedGradients.Of(network, image, steps: 0));
        Assert.Throws<ArgumentOutOfRangeException>("target", () => IntegratedGradients.Of(network, image, -1));
        Assert.Throws<ArgumentException>("images", () => IntegratedGradients.Of(network, small));
        Assert.Throws<ArgumentException>("images", () => IntegratedGradients.Of(network, image, baseline: PixelFill.Picture(small)));
        Assert.Throws<ArgumentException>("images", () => IntegratedGradients.Of(network, image, baseline: PixelFill.Colour(1)));
    }
}
