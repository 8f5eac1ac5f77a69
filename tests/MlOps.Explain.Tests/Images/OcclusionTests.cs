using MlOps.Explain.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Tests.Images;

public sealed class OcclusionTests
{
    private static readonly TensorShape s_shape = TensorShape.Image(1, 4, 5);

    // Oracle: every place tried one by one, every pixel's mean taken over the places that cover it.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    public void Of_EveryPatchAndStride_EqualsBruteForce(int patch, int stride)
    {
        ImageModel model = Uneven();
        Tensor image = Noise(1);
        AttributionMap map = Occlusion.Of(model, image, patch, stride, PixelFill.Colour(0.3f), target: 1);
        double whole = Score(image.Values.ToArray());
        for (int pixel = 0; pixel < 20; pixel++)
        {
            (int row, int column) = (pixel / 5, pixel % 5);
            var drops = new List<double>();
            for (int top = 0; top == 0 || top - stride + patch < 4; top += stride)
            {
                for (int left = 0; left == 0 || left - stride + patch < 5; left += stride)
                {
                    if (row >= top && row < top + patch && column >= left && column < left + patch)
                    {
                        drops.Add(whole - Score([.. image.Values.ToArray().Select((value, i) => i / 5 >= top && i / 5 < top + patch && i % 5 >= left && i % 5 < left + patch ? 0.3f : value)]));
                    }
                }
            }

            Assert.Equal(drops.Average(), map.Values[pixel], 1e-12);
        }
    }

    [Fact]
    public void Of_NetworkAndItsOnnxFile_AreTheSame()
    {
        Network network = CamReference.Network("flat").Extend().Softmax().Build();
        Tensor image = CamReference.Image("flat");
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(network, ["a", "b", "c"]));
        double[] expected = Occlusion.Of(ImageModel.Of(network), image, 4, 2).Values.ToArray();
        CamReference.Close(expected, Occlusion.Of(ImageModel.Of(onnx), image, 4, 2).Values, 1e-6);
    }

    [Fact]
    public void Of_ManyPlaces_TellsProgressAndCanBeCancelled()
    {
        var told = new List<double>();
        Occlusion.Of(ImageModel.Of(CamReference.Network("flat")), CamReference.Image("flat"), 1, 1, progress: new Told(told));
        Assert.Equal([1.0], told);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Occlusion.Of(Uneven(), Noise(1), 2, 2, cancellationToken: source.Token));
    }

    [Fact]
    public void Of_WhatDoesNotFit_IsToldAtTheDoor()
    {
        Tensor image = Noise(1);
        Assert.Throws<ArgumentOutOfRangeException>("patch", () => Occlusion.Of(Uneven(), image, 5, 2));
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => Occlusion.Of(Uneven(), image, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>("target", () => Occlusion.Of(Uneven(), image, 2, 2, target: 2));
        Assert.Throws<ArgumentException>("images", () => Occlusion.Of(Uneven(), CamReference.Image("flat"), 2, 2));
        Assert.Throws<ArgumentException>("shape", () => ImageModel.Of(TensorShape.Vector(4), _ => new Matrix(1, 1, [0])));
        ImageModel broken = ImageModel.Of(s_shape, images => new Matrix(images.Count, 1, [.. Enumerable.Repeat(images.Count == 1 ? 1 : double.NaN, images.Count)]));
        Assert.Contains("NaN for class 0 of picture 0", Assert.Throws<InvalidOperationException>(() => Occlusion.Of(broken, image, 2, 2)).Message);
        ImageModel short_ = ImageModel.Of(s_shape, _ => new Matrix(0, 1, []));
        Assert.Throws<InvalidOperationException>(() => Occlusion.Of(short_, image, 2, 2));
    }

    private static ImageModel Uneven() => ImageModel.Of(s_shape, images => new Matrix(images.Count, 2, [.. Enumerable.Range(0, images.Count).SelectMany(i => new[] { 0, Score(images[i].ToArray()) })]));

    private static double Score(float[] pixels) => pixels.Select((value, i) => Math.Sin(i + (3.0 * value)) * value).Sum();

    private static Tensor Noise(int seed)
    {
        var random = new Random(seed);
        return new Tensor(1, s_shape, [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle())]);
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
