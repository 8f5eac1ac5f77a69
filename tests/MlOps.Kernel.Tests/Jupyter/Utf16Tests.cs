using System.Text.RegularExpressions;
using MlOps.Kernel.Jupyter;

namespace MlOps.Kernel.Tests.Jupyter;

public class Utf16Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ₹ text", "plain ₹ text")]
    [InlineData("😀", "😀")]
    [InlineData(@"a\ud83d", "a\ufffd")]
    [InlineData(@"\ude00b", "\ufffdb")]
    [InlineData(@"😀\ud83dx😀", "😀\ufffdx😀")]
    public void Valid_AnyText_ReplacesHalvesOnly(string escaped, string expected) =>
        Assert.Equal(expected, Utf16.Valid(Regex.Unescape(escaped))); // an attribute cannot hold half a pair

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a😀b", 2, 3)]
    [InlineData("a😀b", 3, 4)]
    [InlineData("a😀b", 99, 4)]
    [InlineData("a😀b", -1, 0)]
    public void FromCodePoints_Position_CountsPairsOnce(string text, int points, int index) => Assert.Equal(index, Utf16.FromCodePoints(text, points));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a😀b", 3, 2)]
    [InlineData("a😀b", 4, 3)]
    [InlineData("a😀b", 99, 3)]
    public void ToCodePoints_Index_CountsPairsOnce(string text, int index, int points) => Assert.Equal(points, Utf16.ToCodePoints(text, index));
}
