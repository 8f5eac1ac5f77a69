using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages;

namespace MlOps.Kernel.Tests.Languages;

public sealed class CellPartsTests
{
    private static readonly DirectiveTable s_table = new([]);

    [Theory]
    // cell, then each part as "directive(arguments)@line:body", the body's line breaks as /
    [InlineData("1 + 1", "csharp()@0:1 + 1")]
    [InlineData("", "csharp()@0:")]
    [InlineData("#!csharp\n1 + 1", "csharp()@0:1 + 1")]
    [InlineData("1\n#!c#\n/*\n#!html\n*/", "csharp()@0:1", "csharp()@1:/*/#!html/*/")]
    [InlineData("#!C#\nx", "csharp()@0:x")]
    [InlineData("a\n#!html\n<b>\n</b>\n#!csharp\nc\n", "csharp()@0:a", "html()@1:<b>/</b>", "csharp()@4:c/")]
    [InlineData("a\r\n#!html\r\n<b>\r\nx\r\n#!csharp\r\nc", "csharp()@0:a", "html()@1:<b>/x", "csharp()@4:c")]
    [InlineData("a\n  #!time  \nb", "csharp()@0:a", "time()@1:", "csharp()@2:b")]
    [InlineData("#!html\n#!share --from csharp x\n<b>", "share(--from csharp x)@1:", "html()@0:<b>")]
    [InlineData("#!html\n<a>\n#!time\n<b>", "html()@0:<a>", "time()@2:", "html()@0:<b>")]
    [InlineData("#!value --name a --from-file f\n#!csharp\n1", "value(--name a --from-file f)@0:", "csharp()@1:1")]
    [InlineData("#!value --name a --from-file f\n#!time", "value(--name a --from-file f)@0:", "time()@1:")]
    [InlineData("#!time\n\n\n", "time()@0:")]
    [InlineData("#!who\n#!whos", "who()@0:", "whos()@1:")]
    // text that only looks like a directive
    [InlineData("var s = \"\"\"\n#!html\n\"\"\";", "csharp()@0:var s = \"\"\"/#!html/\"\"\";")]
    [InlineData("var s = $\"\"\"\n{1}\n#!html\n\"\"\";\n#!who", "csharp()@0:var s = $\"\"\"/{1}/#!html/\"\"\";", "who()@4:")]
    [InlineData("var s = @\"\n#!html\n\";", "csharp()@0:var s = @\"/#!html/\";")]
    [InlineData("/*\n#!html\n*/ 1", "csharp()@0:/*/#!html/*/ 1")]
    [InlineData("#if NEVER\n#!html\n#endif\n1", "csharp()@0:#if NEVER/#!html/#endif/1")]
    [InlineData("// it's\n#!html\n<b>", "csharp()@0:// it's", "html()@1:<b>")]
    [InlineData("1 // #!html", "csharp()@0:1 // #!html")]
    [InlineData("#!/usr/bin/env dotnet\n1", "csharp()@0:#!/usr/bin/env dotnet/1")]
    [InlineData("#!sh\n#!/bin/sh\necho 'a", "sh()@0:#!/bin/sh/echo 'a")]
    [InlineData("#!html\n<p>it's \"\n#!csharp\n1", "html()@0:<p>it's \"", "csharp()@2:1")]
    public void Split_Cell_GivesItsPartsInOrder(string cell, params string[] expected)
    {
        IReadOnlyList<CellPart> parts = CellParts.Split(new CellText("cell", cell, "csharp"), s_table);

        Assert.Equal(expected, parts.Select(part =>
            $"{part.Directive.Description.Name}({part.Arguments})@{part.Line}:{part.Body.ReplaceLineEndings("/")}"));
    }

    [Fact]
    public void Split_ActionInALanguage_KnowsIt()
    {
        IReadOnlyList<CellPart> parts = CellParts.Split(new CellText("cell", "#!js\n#!time\nx", "csharp"), s_table);

        Assert.Equal(["javascript", "javascript"], parts.Select(part => part.Language.Description.Name));
    }

    [Fact]
    public void Split_CellOfAnotherLanguage_StartsInIt()
    {
        IReadOnlyList<CellPart> parts = CellParts.Split(new CellText("cell", "\n<b>\n#!csharp\n1", "html"), s_table);

        Assert.Equal([("html", 0), ("csharp", 2)], parts.Select(part => (part.Directive.Description.Name, part.Line)));
    }

    [Fact]
    public void Split_SuffixOfAFamily_BecomesItsOption()
    {
        var family = new CellDirective(new DirectiveDescription("sql", "#!sql", "Queries.", IsLanguage: true), (_, _) => "") { SuffixOption = "--connection" };

        CellPart part = CellParts.Split(new CellText("cell", "#!sql-sales --name x\nSELECT 1", "csharp"), new DirectiveTable([family])).Single();

        Assert.Equal("--connection sales --name x", part.Arguments);
    }

    [Theory]
    [InlineData("1\n#!htlm\n<b>", "cell, line 2: There is no #!htlm. There are, the nearest spelling first: #!html, ")]
    [InlineData("#!html-x\n<b>", "cell, line 1: There is no #!html-x.")]
    [InlineData("#!pwsh\nls", "cell, line 1: PowerShell cells do not run here. Use #!sh")]
    [InlineData("#!fsharp\nlet x = 1", "cell, line 1: F# cells do not run here.")]
    public void Split_UnknownDirective_SaysWhereAndWhatElse(string cell, string expected)
    {
        var error = Assert.Throws<DirectiveException>(() => CellParts.Split(new CellText("cell", cell, "csharp"), s_table));

        Assert.StartsWith(expected, error.ToOutput().Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Split_AnyCell_LosesNoLine()
    {
        string[] lines = ["", " ", "1;", "#!html", "  #!time", "#!csharp", "#!sh", "\"\"\"", "/*", "*/", "// '", "#!/bin/sh", "#if A", "#endif", "@\"", "\""];
        Gen<string> cells = from picked in Gen.Elements(lines).ListOf()
                            from end in Gen.Elements("\n", "\r\n", "\r")
                            select string.Join(end, picked);
        Config quick = Config.QuickThrowOnFailure.WithMaxTest(500);

        Check.One(quick, Prop.ForAll(Arb.From(cells), cell =>
        {
            var text = new CellText("cell", cell, "csharp");
            HashSet<int> covered = [];
            foreach (CellPart part in CellParts.Split(text, s_table))
            {
                string[] body = part.Body.Length == 0 ? [] : part.Body.ReplaceLineEndings("\n").Split('\n');
                for (int i = 0; i < body.Length; i++)
                {
                    Assert.Equal(text.Line(part.BodyLine + i), body[i]);
                    Assert.True(covered.Add(part.BodyLine + i), "a line belongs to two parts");
                }
            }

            // What no part holds is a directive's line, or blank.
            Assert.All(Enumerable.Range(0, text.Lines.Count).Except(covered), line => Assert.True(
                text.Line(line).Trim() is "" or "#!html" or "#!time" or "#!csharp" or "#!sh", $"line {line} of {cell} is lost"));
        }));
    }
}
