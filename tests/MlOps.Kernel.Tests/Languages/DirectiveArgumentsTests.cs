using MlOps.Kernel.Languages;

namespace MlOps.Kernel.Tests.Languages;

public sealed class DirectiveArgumentsTests
{
    [Fact]
    public void Parse_WordsOptionsAndFlags_AreToldApart()
    {
        DirectiveArguments arguments = DirectiveArguments.Parse("one --name \"two three\" --as=four --byref it's -1", "usage", ["--name", "--as"], "--byref");

        Assert.Equal(["one", "it's", "-1"], arguments.Words.Select(word => word.Text));
        Assert.Equal(new DirectiveWord("two three", IsQuoted: true), arguments.Required("--name"));
        Assert.Equal(new DirectiveWord("four", IsQuoted: false), arguments.Find("--as"));
        Assert.True(arguments.Has("--byref"));
        Assert.Null(arguments.Find("--from"));
    }

    [Theory]
    [InlineData("--value @input:\"Your name?\"", "@input:Your name?")]
    [InlineData("--value @input:{\"prompt\": \"Your name?\"}", "@input:{\"prompt\": \"Your name?\"}")]
    [InlineData("--value @csharp:x", "@csharp:x")]
    [InlineData("--value -5", "-5")]
    [InlineData("--value \"\"", "")]
    [InlineData("--value \"--name\"", "--name")]
    public void Parse_Value_IsOneWord(string arguments, string expected) =>
        Assert.Equal(expected, DirectiveArguments.Parse(arguments, "usage", ["--name", "--value"]).Required("--value").Text);

    [Theory]
    [InlineData("--form csharp x", "--form is no option of this directive.")]
    [InlineData("--name", "--name needs a value.")]
    [InlineData("--name --value 1", "--name needs a value.")]
    [InlineData("--name a --name b", "--name is there twice.")]
    [InlineData("--name \"a", "The \" is not closed.")]
    [InlineData("--value 1", "--name is missing.")]
    public void Parse_WrongArguments_SaysWhatIsWrongAndTheUsage(string arguments, string expected)
    {
        var error = Assert.Throws<DirectiveException>(() => DirectiveArguments.Parse(arguments, "#!x --name name", ["--name", "--value"]).Required("--name"));

        Assert.Equal(expected + " Write: #!x --name name", error.Message);
    }
}
