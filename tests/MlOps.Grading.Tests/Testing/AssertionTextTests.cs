using MlOps.Grading.Testing;
using Xunit.Sdk;

namespace MlOps.Grading.Tests.Testing;

/// <summary>The texts come from xunit itself, so a new version of it that words them differently fails here.</summary>
public sealed class AssertionTextTests
{
    [Fact]
    public void Parse_UnequalNumbers_FindsBothValuesInTheirShortestForm()
    {
        var text = AssertionText.Parse(Message(() => Assert.Equal(0.0451, 0.04, 0.0001)));

        Assert.Equal("0.0451", text.Expected);
        Assert.Equal("0.04", text.Actual);
        Assert.Equal("Values are not within tolerance 0.0001", text.Message);
    }

    [Fact]
    public void Parse_UnequalArrays_FindsBothValues()
    {
        var text = AssertionText.Parse(Message(() => Assert.Equal([1, 2, 3], new[] { 1, 5, 3 })));

        Assert.Equal("[1, 2, 3]", text.Expected);
        Assert.Equal("[1, 5, 3]", text.Actual);
    }

    [Fact]
    public void Parse_UnequalStrings_FindsBothValues()
    {
        var text = AssertionText.Parse(Message(() => Assert.Equal("drift", "draft")));

        Assert.Equal("\"drift\"", text.Expected);
        Assert.Equal("\"draft\"", text.Actual);
    }

    [Fact]
    public void Parse_OwnMessage_IsKeptWhole()
    {
        var text = AssertionText.Parse(Message(() => Assert.Fail("The threshold must be reached by a value.\nIt was not.")));

        Assert.Equal("The threshold must be reached by a value.\nIt was not.", text.Message.ReplaceLineEndings("\n").Split("\nExpected")[0]);
    }

    private static string Message(Action failing) => Assert.ThrowsAny<XunitException>(failing).Message;
}
