using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Data.Images;
using MlOps.Explain.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

public sealed class AttributionMapTests
{
    private static readonly AttributionMap s_map = new("by hand", 3, 2, [1, 0, -4, 2, 5, 0], 1, 0.75);

    [Fact]
    public void ShareInside_ByHand_CountsWhatSpeaksForTheClass()
    {
        Assert.Equal(3.0 / 8, s_map.ShareInside([1, 0, 2, 1, 0, 0])!.Value, 1e-15);
        Assert.Equal(0, s_map.ShareInside([0, 0, 0, 0, 0, 0]));
        Assert.Equal(1, s_map.ShareInside([1, 1, 1, 1, 1, 1]));
        Assert.Throws<ArgumentException>("mask", () => s_map.ShareInside([1]));
    }

    [Fact]
    public void ShareInside_MaskAndItsOpposite_AddUpTo1() => Prop.ForAll<int[], int>((numbers, seed) =>
    {
        var map = new AttributionMap("m", 1 + numbers.Length, 1, [0.5, .. numbers.Select(number => number / 7.0)], 0, 0);
        var random = new Random(seed);
        byte[] mask = [.. Enumerable.Range(0, map.Width).Select(_ => (byte)random.Next(2))];
        byte[] opposite = [.. mask.Select(one => (byte)(1 - one))];
        return Math.Abs(map.ShareInside(mask)!.Value + map.ShareInside(opposite)!.Value - 1) < 1e-12
            && Math.Abs(map.Regions().Sum(part => part.Share) - 1) < 1e-12
            && map.PointsInside(mask) != map.PointsInside(opposite);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PointsInside_ByHand_AsksForTheLargest()
    {
        Assert.True(s_map.PointsInside([0, 0, 0, 0, 1, 0]));
        Assert.False(s_map.PointsInside([1, 1, 1, 1, 0, 1]));
        Assert.Null(new AttributionMap("m", 1, 1, [-1], 0, 0).PointsInside([1]));
    }

    [Fact]
    public void Regions_ByHand_AddUpTo1()
    {
        var map = new AttributionMap("m", 6, 6, [.. Enumerable.Range(0, 36).Select(i => i == 0 ? 3.0 : i == 35 ? 1 : 0)], 0, 0);
        Assert.Equal(("top left", 0.75), map.Regions()[0]);
        Assert.Equal(("bottom right", 0.25), map.Regions()[8]);
        Assert.Equal("m of class 0, score 0: 75 % top left, 25 % bottom right", map.ToString());
    }

    [Fact]
    public void ToJson_ReadsBack()
    {
        JsonElement json = JsonDocument.Parse(s_map.ToJson()).RootElement;
        Assert.Equal(s_map.Values.ToArray(), json.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("baseScore").ValueKind);
        Assert.Equal(0.75, json.GetProperty("score").GetDouble());
    }

    [Fact]
    public void Overlay_Picture_StandsBesideItsMap()
    {
        var image = new Tensor(1, TensorShape.Image(3, 2, 3), new float[18]);
        ImageGrid grid = s_map.Overlay(image, scale: 2);
        Assert.Equal(2, grid.Columns);
        Assert.StartsWith("by hand of class 1", grid.ToString());
        Assert.Contains("picture, by hand", grid.ToString());
        Assert.Equal(grid.ToPng(), s_map.Overlay(image, scale: 2).ToPng());
        Assert.Contains("image/png", s_map.ToMimeBundle().Keys);
        Assert.Throws<ArgumentException>("rows", () => s_map.Overlay(new Tensor(1, TensorShape.Image(3, 2, 2), new float[12])));
        Assert.Throws<ArgumentException>("images", () => s_map.Overlay(new Tensor(1, TensorShape.Image(2, 2, 3), new float[12])));
    }

    [Fact]
    public void Overlay_SignedMap_IsBlueAgainstAndOrangeFor()
    {
        var pixels = new byte[18];
        HeatColours.Over(new float[6], TensorShape.Image(1, 2, 3), s_map.Values, pixels);
        Assert.Equal((213, 94, 0), (pixels[4], pixels[10], pixels[16])); // the largest, in full
        Assert.Equal((0, 0, 0), (pixels[1], pixels[7], pixels[13])); // 0: the picture
        Assert.True(pixels[14] > pixels[2]); // against: blue
    }

    [Fact]
    public void Constructor_WhatIsNoMap_IsRefused()
    {
        Assert.Throws<ArgumentException>("values", () => new AttributionMap("m", 2, 2, [1], 0, 0));
        Assert.Throws<InvalidOperationException>(() => new AttributionMap("m", 1, 1, [double.NaN], 0, 0));
        Assert.Throws<InvalidOperationException>(() => new AttributionMap("m", 1, 1, [1], 0, double.PositiveInfinity));
    }

    // Oracle: a score that is the mean of its pixels falls by each pixel's share, the largest first.
    [Fact]
    public void DeletionInsertion_MeanOfPixels_FollowsTheSortedSums()
    {
        TensorShape shape = TensorShape.Image(1, 2, 2);
        ImageModel model = ImageModel.Of(shape, images => new Matrix(images.Count, 1, [.. Enumerable.Range(0, images.Count).Select(i => (double)(images[i][0] + images[i][1] + images[i][2] + images[i][3]))]));
        var image = new Tensor(1, shape, [1, 4, 2, 1]);
        var good = new AttributionMap("good", 2, 2, [1, 4, 2, 1], 0, 8);
        DeletionInsertion curves = DeletionInsertion.Of(model, image, good, 4, PixelFill.Black, PixelFill.Black);
        Assert.Equal([8, 4, 2, 1, 0], curves.Deletion);
        Assert.Equal([0, 4, 6, 7, 8], curves.Insertion);
        Assert.Equal((4 + 4 + 2 + 1) / 4.0, curves.DeletionArea, 1e-12);
        var bad = new AttributionMap("bad", 2, 2, [4, 1, 2, 4], 0, 8);
        Assert.True(DeletionInsertion.Of(model, image, bad, 4, PixelFill.Black, PixelFill.Black).DeletionArea > curves.DeletionArea);
        Assert.Contains("deletion", curves.Chart().ToString());
        Assert.Throws<ArgumentException>("map", () => DeletionInsertion.Of(model, image, s_map, 4));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => DeletionInsertion.Of(model, image, good, 5));
    }

    // Oracle: the mean of each square, counted pixel by pixel.
    [Fact]
    public void Fills_ByHand_AreWhatTheySay()
    {
        var image = new Tensor(1, TensorShape.Image(1, 2, 3), [1, 2, 3, 4, 5, 9]);
        Assert.Equal(new float[6], PixelFill.Black.For(image).Values.ToArray());
        Assert.Equal([.. Enumerable.Repeat(4f, 6)], PixelFill.MeanColour.For(image).Values.ToArray());
        Assert.Equal([3, 4, 4.75f, 3, 4, 4.75f], PixelFill.Blur(1).For(image).Values.ToArray());
        Assert.Equal("blur of radius 1", PixelFill.Blur(1).ToString());
        Assert.Throws<ArgumentException>("images", () => PixelFill.Black.For(new Tensor(1, TensorShape.Vector(3), new float[3])));
    }
}
