using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

/// <summary>Questions to the person at the keyboard, and passwords that stay hidden.</summary>
public sealed class AskingTests
{
    [Theory]
    [InlineData("GetInput(\"Name?\")", "Name?", "Ada")]
    [InlineData("using Microsoft.DotNet.Interactive;\nawait Kernel.GetInputAsync(\"Name?\", typeHint: \"text\")", "Name?", "Ada")]
    [InlineData("#!set --name name --value @input:\"Your name?\"\nname", "Your name?", "Ada")]
    [InlineData("#!set --name name --value @input:{\"prompt\": \"Your name?\", \"type\": \"text\"}\nname", "Your name?", "Ada")]
    [InlineData("#!set --name name --value @input\nname", "", "Ada")]
    [InlineData("GetPassword(\"Key?\").GetClearTextPassword()", "Key? (hidden)", "Ada")]
    [InlineData("(await Kernel.GetPasswordAsync(\"Key?\")).GetClearTextPassword()", "Key? (hidden)", "Ada")]
    [InlineData("#!set --name key --value @password:\"Key?\"\nkey.GetClearTextPassword()", "Key? (hidden)", "Ada")]
    public async Task Run_Question_GetsTheAnswer(string code, string question, string expected)
    {
        using var session = new Session();
        List<string> asked = [];

        RanCell cell = await session.Run(code, input: (prompt, password, _) =>
        {
            asked.Add(prompt + (password ? " (hidden)" : ""));
            return "Ada";
        });

        Assert.Equal(expected, cell.Value);
        Assert.Equal([question], asked);
    }

    [Fact]
    public async Task Run_Password_IsNeverShown()
    {
        using var session = new Session();
        CellInput input = (_, _, _) => "s3cret";

        RanCell cell = await session.Run("#!set --name key --value @password:Key\n#!whos\nConsole.WriteLine(key); display(key); display(new { key }); key", input: input);
        RanCell script = await session.Run("#!js\n#!share --from csharp key\nx");

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.DoesNotContain("s3cret", string.Concat(cell.Outputs.Select(Text)), StringComparison.Ordinal);
        Assert.Contains("holds a password", script.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyAtTheKeyboard_SaysSo()
    {
        using var session = new Session();

        Assert.Contains("without a keyboard", (await session.Run("#!set --name x --value @input:Name")).Error.Message, StringComparison.Ordinal);
        Assert.Contains("the input has ended", (await session.Run("GetInput(\"Name?\")", input: (_, _, _) => null)).Error.Message, StringComparison.Ordinal);
    }

    private static string Text(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => string.Concat(display.Bundle.Values),
        ResultOutput result => string.Concat(result.Bundle.Values),
        _ => "",
    };
}
