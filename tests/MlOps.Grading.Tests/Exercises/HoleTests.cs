using MlOps.Grading.Exercises;

namespace MlOps.Grading.Tests.Exercises;

public sealed class HoleTests
{
    [Fact]
    public void Of_MarkedLines_AreTrimmedAndWithoutEmptyOnes() =>
        Assert.Equal(["int x = 1;", "return x;"], Hole.Of("a\r\n // BEGIN YOUR CODE\r\n  int x = 1;\r\n\r\n  return x;\r\n // END YOUR CODE\r\nb")!);

    [Theory]
    [InlineData("")]
    [InlineData("// BEGIN YOUR CODE\nx")]
    [InlineData("// END YOUR CODE\n// BEGIN YOUR CODE")]
    public void Of_TextWithoutBothMarksInOrder_IsNull(string source) => Assert.Null(Hole.Of(source));
}
