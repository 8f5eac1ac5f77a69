using MlOps.Grading.Similarity;

namespace MlOps.Grading.Tests.Similarity;

public sealed class TokenStreamTests
{
    [Theory]
    [InlineData("int total = 1;", "var sum = 250.75e3;")]
    [InlineData("x = \"a\";", "y = @\"b\";")]
    [InlineData("x = \"a\";", "y = \"\"\"b\"\"\";")]
    [InlineData("x = $\"{a}\";", "y = \"b\";")]
    [InlineData("x = 'a';", "y = '\\n';")]
    [InlineData("return x;", "// why\nreturn /* what */ y\n\n;")]
    public void Read_SameButForNamesValuesAndLayout_GivesTheSameSymbols(string one, string other) =>
        Assert.Equal(TokenStream.Read(one).Symbols, TokenStream.Read(other).Symbols);

    [Theory]
    [InlineData("x = 1;", "x = \"1\";")]
    [InlineData("x = 'a';", "x = \"a\";")]
    [InlineData("x += 1;", "x -= 1;")]
    [InlineData("x = true;", "x = false;")]
    [InlineData("for", "foreach")]
    public void Read_DifferentKinds_GivesDifferentSymbols(string one, string other) =>
        Assert.NotEqual(TokenStream.Read(one).Symbols, TokenStream.Read(other).Symbols);

    [Theory]
    [InlineData("a b\r\nc\rd\ne")]
    [InlineData("\uFEFFa b\n/* x */ c\nd // y\ne")]
    public void Lines_AnyLineEnds_CountFromOne(string source)
    {
        TokenStream tokens = TokenStream.Read(source);

        Assert.Equal(5, tokens.Symbols.Count);
        Assert.Equal(new LineRange(1, 1), tokens.Lines(0, 1));
        Assert.Equal(new LineRange(2, 4), tokens.Lines(2, 4));
    }

    [Fact]
    public void Lines_TokenOverSeveralLines_IncludesItsLast()
    {
        TokenStream tokens = TokenStream.Read("x = @\"one\ntwo\nthree\";");

        Assert.Equal(new LineRange(1, 3), tokens.Lines(0, 3));
        Assert.Equal("x = @\"one\ntwo\nthree\";", tokens.Text(new LineRange(1, 3)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n // nothing but this")]
    public void Read_NoCode_HasNoSymbols(string source) => Assert.Empty(TokenStream.Read(source).Symbols);

    [Fact]
    public void Read_WhatIsNoCSharp_StillHasSymbols()
    {
        Assert.True(TokenStream.Read("}}} class ((( \"open § ¤ \u0001 \ud800 ${`~").Symbols.Count > 5);
        Assert.Equal(200_000, TokenStream.Read(new string('(', 200_000)).Symbols.Count); // deeper than any parser follows
    }
}
