using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>Whether a console should run the text or ask for the next line.</summary>
public sealed class CompletenessTests : IDisposable
{
    private readonly EditorSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("// only a comment")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("xs.Where(x => x > 1).ToList()")]
    [InlineData("if (true) { }")]
    [InlineData("class A { }")]
    [InlineData("int F() => 1;")]
    [InlineData("using var r = new MemoryStream();")]
    [InlineData("var s = \"\"\"\n    text\n    \"\"\";")]
    [InlineData("#!html\n<b>open")]
    [InlineData("#!html-other\n{ (")]
    [InlineData("var x = 1;\n#!html\n<b>")]
    [InlineData("#!time\n1 + 1")]
    [InlineData("#r \"nuget: Humanizer\"")]
    public void Check_RunsAsItIs_IsComplete(string code) => Assert.Equal(new Completeness(CompletenessStatus.Complete), _session.Editor.Check(code));

    [Theory]
    [InlineData("foo(", "")]
    [InlineData("var x = 1", "")]
    [InlineData("1 +", "")]
    [InlineData("xs.", "")]
    [InlineData("using System", "")]
    [InlineData("using var r = Open()", "")]
    [InlineData("return", "")]
    [InlineData("int F() =>", "")]
    [InlineData("if (true)", "    ")]
    [InlineData("foreach (var x in xs)", "    ")]
    [InlineData("if (true) { } else", "    ")]
    [InlineData("if (true)\n{", "    ")]
    [InlineData("class A\n{\n    void F()\n    {\n        if (true)\n        {", "            ")]
    [InlineData("class A\n{\n    void F()\n    {\n    }", "    ")]
    [InlineData("var p = new Person {", "    ")]
    [InlineData("xs.Select(x =>\n{", "    ")]
    [InlineData("var s = $\"{x}\" + F(() => {", "    ")]
    [InlineData("/* a comment", "")]
    [InlineData("{ var s = @\"text", "")]
    [InlineData("{ var s = \"\"\"\ntext", "")]
    [InlineData("#!html\n<b>\n#!csharp\nfoo(", "")]
    public void Check_MoreHasToCome_IsIncompleteAndIndents(string code, string indent) =>
        Assert.Equal(new Completeness(CompletenessStatus.Incomplete, indent), _session.Editor.Check(code));

    [Theory]
    [InlineData("var = ;")]
    [InlineData("}")]
    [InlineData("a b c;")]
    [InlineData("foo);")]
    [InlineData("var s = \"open;\nvar t = 1;")]
    public void Check_NoLineCanMendIt_IsInvalid(string code) => Assert.Equal(CompletenessStatus.Invalid, _session.Editor.Check(code).Status);

    [Fact]
    public void Check_UnknownDirective_IsUnknown() => Assert.Equal(CompletenessStatus.Unknown, _session.Editor.Check("#!fortran\nx = 1").Status);

    [Fact]
    public void Check_WhatRunsAsACell_IsNeverCalledIncomplete()
    {
        // The engine is the judge: pieces of code, put together at random, that compile must be complete.
        Gen<string> code = Gen.Elements("1", "var x = 1;", "int F() => 2;", "if (true) { }", "/* c */", "\n", "class A { }", "\"s\".Length", ";", "x", "{ }").ListOf(4).Select(pieces => string.Concat(pieces));
        Prop.ForAll(code.ToArbitrary(), text =>
        {
            using var session = new EditorSession();
            Kernel.Engine.CellResult result = session.Engine.RunAsync(text, null, static _ => { }).GetAwaiter().GetResult();
            return result.Status != Kernel.Engine.CellStatus.Ok || _session.Editor.Check(text).Status == CompletenessStatus.Complete;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }
}
