using MlOps.Kernel.Display;

namespace MlOps.Kernel.Tests.Engine;

public sealed class CompilerNamesTests
{
    [Theory]
    [InlineData("<>f__AnonymousType0#6<Int32,<>f__AnonymousType1#6<Int32>>\n  A: 1", "anonymous type\n  A: 1")]
    [InlineData("List<<>f__AnonymousType0#6<Int32,List<String>>>", "List<anonymous type>")]
    [InlineData("<>f__AnonymousType12", "anonymous type")]
    [InlineData("<>f__AnonymousType0<Int32", "anonymous type")] // cut off
    [InlineData("a < b > c", "a < b > c")]
    [InlineData("List<Submission#3+Order>, Submission#12&#x2B;P", "List<Order>, P")]
    public void Replace_NamesOfAnonymousTypes_AreWords(string text, string readable) =>
        Assert.Equal(readable, CompilerNames.Replace(text));

    [Fact]
    public async Task Run_AnonymousObject_HasAReadablePlainText()
    {
        using var session = new Session();

        RanCell cell = await session.Run("new { A = 1, B = new { C = 2 } }");

        Assert.StartsWith("anonymous type\n", ((MlOps.Kernel.Engine.ResultOutput)cell.Outputs[0]).Bundle["text/plain"], StringComparison.Ordinal);
    }
}
