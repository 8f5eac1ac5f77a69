using MlOps.Explain.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

public sealed class LimeImageTests
{
    private static readonly TensorShape s_shape = TensorShape.Image(1, 4, 4);

    // Oracle: a score that is a sum over quarters. Hiding a quarter behind black takes its amount away, and a linear model is exact but for the ridge.
    [Fact]
    public void Of_ScoreThatAddsUpOverPatches_FindsTheirAmounts()
    {
        double[] amounts = [3, -2, 0, 1];
        Superpixels quarters = Quarters();
        ImageModel model = ImageModel.Of(s_shape, images => new Matrix(images.Count, 1, [.. Enumerable.Range(0, images.Count).Select(i => 0.5 + Enumerable.Range(0, 16).Sum(p => images[i][p] * amounts[quarters.Labels[p]] / 4))]));
        var white = new Tensor(1, s_shape, [.. Enumerable.Repeat(1f, 16)]);
        LimeImageExplanation lime = LimeImage.Of(model, white, quarters, PixelFill.Black, alpha: 1e-6);
        CamReference.Close(amounts, lime.Weights.ToArray(), 1e-5);
        Assert.Equal(1, lime.RSquared!.Value, 1e-6);
        Assert.Equal(2.5, lime.LocalPrediction, 1e-5);
        Assert.Equal(3.0 / 4, lime.Map[0, 0], 1e-5);
        Assert.Equal(0, lime.Map.Residual!.Value, 1e-5);
        Assert.Equal(lime.Map, LimeImage.Of(model, white, quarters, PixelFill.Black, alpha: 1e-6).Map);
        Assert.NotEqual(lime.Map, LimeImage.Of(model, white, quarters, PixelFill.Black, alpha: 1e-6, seed: 8).Map);
    }

    [Fact]
    public void Of_OneColour_MeanColoursHideNothing()
    {
        ImageModel model = ImageModel.Of(s_shape, images => new Matrix(images.Count, 1, [.. Enumerable.Range(0, images.Count).Select(i => (double)images[i][3])]));
        LimeImageExplanation lime = LimeImage.Of(model, new Tensor(1, s_shape, new float[16]), Quarters());
        Assert.All(lime.Weights, weight => Assert.Equal(0, weight));
        Assert.Null(lime.RSquared);
        Assert.Contains("R² undefined", lime.ToString());
    }

    [Fact]
    public void Slic_FourColours_FindsThem()
    {
        TensorShape shape = TensorShape.Image(3, 16, 16);
        float[] colour = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0];
        var image = new Tensor(1, shape, [.. Enumerable.Range(0, shape.Size).Select(i => colour[(Place(i % 256) * 3) + (i / 256)])]);
        Superpixels patches = Superpixels.Slic(image, 4);
        Assert.Equal(4, patches.Count);
        Assert.Equal([.. Enumerable.Range(0, 256).Select(Place)], patches.Labels.ToArray());
        Assert.Equal(image.Values.ToArray(), patches.MeanColours(image).Values.ToArray());

        static int Place(int pixel) => (pixel / 16 / 9 * 2) + (pixel % 16 >= 7 ? 1 : 0); // borders off the grid of centres
    }

    [Fact]
    public void Slic_AnyPicture_GivesPatchesThatHangTogetherAndAreNotTiny()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var image = new Tensor(1, TensorShape.Image(3, 20, 24), [.. Enumerable.Range(0, 1440).Select(_ => random.NextSingle())]);
            Superpixels patches = Superpixels.Slic(image, 30);
            Assert.Equal(patches, Superpixels.Slic(image, 30));
            Assert.InRange(patches.Count, 5, 60);
            Assert.Equal(patches.Count, Pieces(patches));
            Assert.True(patches.Labels.ToArray().GroupBy(label => label).Skip(1).All(group => group.Count() >= 4)); // (480 / 30) / 4; the first has no neighbour before it
        }
    }

    [Fact]
    public void Slic_WhatDoesNotFit_IsToldAtTheDoor()
    {
        var image = new Tensor(1, s_shape, new float[16]);
        Assert.Equal(4, Superpixels.Slic(image, 4).Count);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Superpixels.Slic(image, 17));
        Assert.Throws<ArgumentOutOfRangeException>("compactness", () => Superpixels.Slic(image, 4, 0));
        Assert.Throws<ArgumentException>("image", () => Superpixels.Slic(new Tensor(1, TensorShape.Image(2, 2, 2), new float[8]), 2));
        Assert.Throws<ArgumentException>("image", () => Superpixels.Slic(new Tensor(1, TensorShape.Image(1, 1, 2), [1, float.NaN]), 2));
        Assert.Throws<ArgumentException>("labels", () => new Superpixels(2, 1, [0, 2]));
        Assert.Throws<ArgumentException>("image", () => LimeImage.Of(ImageModel.Of(TensorShape.Image(1, 2, 2), x => new Matrix(x.Count, 1, new double[x.Count])), new Tensor(1, TensorShape.Image(1, 2, 2), new float[4]), Quarters()));
    }

    private static Superpixels Quarters() => new(4, 4, [.. Enumerable.Range(0, 16).Select(p => (p / 8 * 2) + (p % 4 / 2))]);

    private static int Pieces(Superpixels patches)
    {
        int[] labels = patches.Labels.ToArray();
        int[] piece = [.. Enumerable.Range(0, labels.Length)];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < labels.Length; i++)
            {
                foreach (int j in new[] { i % patches.Width > 0 ? i - 1 : i, i >= patches.Width ? i - patches.Width : i })
                {
                    if (labels[i] == labels[j] && piece[i] != piece[j])
                    {
                        piece[i] = piece[j] = Math.Min(piece[i], piece[j]);
                        changed = true;
                    }
                }
            }
        }

        return piece.Distinct().Count();
    }
}
