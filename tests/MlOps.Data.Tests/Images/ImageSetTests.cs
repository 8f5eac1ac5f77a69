using MlOps.Data.Images;

namespace MlOps.Data.Tests.Images;

public class ImageSetTests
{
    private static readonly ImageSet s_three = new(1, 1, 2, [0, 255, 51, 102, 1, 2], [0, 1, 1], ["a", "b"]);

    [Fact]
    public void ToFloats_Pixels_AreSharesOfWhite() => Assert.Equal([0f, 1f, 0.2f, 0.4f, 1 / 255f, 2 / 255f], s_three.ToFloats());

    [Fact]
    public void Take_RowsTwiceAndTurnedRound_CopiesThem()
    {
        ImageSet taken = s_three.Take([2, 0, 2]);
        Assert.Equal([1, 2, 0, 255, 1, 2], taken.Pixels.ToArray());
        Assert.Equal([1, 0, 1], taken.Labels.ToArray());
        Assert.Equal(["a", "b"], taken.ClassNames);
        Assert.Equal(0, s_three.Take([]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_three.Take([3]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Split_AnySeed_SharesNoPictureAndKeepsTheMixIfStratified(bool stratified)
    {
        byte[] pixels = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        var set = new ImageSet(1, 1, 1, pixels, [.. Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? 1 : 0)]);
        for (int seed = 0; seed < 5; seed++)
        {
            (ImageSet train, ImageSet test) = set.Split(0.8, seed, stratified);
            Assert.Equal(160, train.Count);
            Assert.Equal(pixels, train.Pixels.ToArray().Concat(test.Pixels.ToArray()).Order());
            Assert.True(train.Pixels.SequenceEqual(set.Split(0.8, seed, stratified).Train.Pixels));
            if (stratified)
            {
                Assert.Equal(16, train.Labels.Count(1));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => set.Split(1, 0));
    }

    [Fact]
    public void Constructor_PartsThatDoNotFit_NamesThem()
    {
        Assert.Equal("pixels", Assert.Throws<ArgumentException>(() => new ImageSet(1, 2, 2, new byte[7], [0, 1])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => new ImageSet(1, 1, 1, [1, 2], [0, 2], ["a", "b"])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => new ImageSet(1, 1, 1, [1, 2], [0, -1])).ParamName);
        Assert.Equal("classNames", Assert.Throws<ArgumentException>(() => new ImageSet(1, 1, 1, [1], [0], ["a", "a"])).ParamName);
        Assert.Equal("channels", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSet(0, 1, 1, [], [])).ParamName);
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => { _ = s_three.Image(-1); }).ParamName);
    }

    [Fact]
    public void ToString_Set_TellsSizeAndClasses() => Assert.Equal("3 pictures, 1 × 1 × 2, 2 classes: a, b", s_three.ToString());
}
