using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Tests.Cards;

public sealed class CardAnswersTests
{
    [Fact]
    public void Parse_YamlAndJson_SayTheSame()
    {
        var yaml = CardAnswers.Parse("kind: gdpr\nanswers:\n  a: text\n  b:\n  - one\n  - two\n  c:\n    status: met\n    evidence: [x, y]\n  d:\n  e: ~\n  f: ''\n  g: 2026\n");
        var json = CardAnswers.Parse("""{"kind":"gdpr","answers":{"a":"text","b":["one","two"],"c":{"status":"met","evidence":["x","y"]},"d":null,"e":null,"f":"","g":2026}}""");
        Assert.Equal(yaml.Kind, json.Kind);
        Assert.Equal(yaml.Entries.Keys, json.Entries.Keys);
        Assert.All(yaml.Entries, entry => Assert.Equal(entry.Value.Lines, json.Entries[entry.Key].Lines));
        Assert.Equal(["x", "y"], yaml.Entries["c"].Fields["evidence"]);
        Assert.Equal(["x", "y"], json.Entries["c"].Fields["evidence"]);
        Assert.Empty(yaml.Entries["e"].Lines);
    }

    [Theory]
    [InlineData("answers: [", "line")]
    [InlineData("answers:\n  a: 1\n  a: 2\n", "line")]
    [InlineData("kind: x\n", "'answers' is missing")]
    [InlineData("answers:\n  a:\n  - [b]\n", "line 3")]
    [InlineData("other: 1\nanswers:\n", "'other' is unknown")]
    [InlineData("- a\n", "one mapping")]
    [InlineData("{\"answers\":", "no JSON")]
    [InlineData("{\"answers\":{\"a\":1,\"a\":2}}", "no JSON")]
    [InlineData("{\"kind\":1,\"answers\":{}}", "'kind'")]
    public void Parse_WrongForm_SaysWhere(string text, string part) =>
        Assert.Contains(part, Assert.Throws<CardFormatException>(() => CardAnswers.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_MisspeltQuestion_NamesLineAndNearest()
    {
        var e = Assert.Throws<CardFormatException>(() => ModelCard.Create(new ModelCardFacts(), CardAnswers.Parse("answers:\n  caveats.limitation: none\n")));
        Assert.Contains("line 2", e.Message, StringComparison.Ordinal);
        Assert.Contains("'caveats.limitations'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_AnswersForAnotherDocument_Throws() =>
        Assert.Contains("'datasheet'", Assert.Throws<CardFormatException>(() => ModelCard.Create(new ModelCardFacts(), CardAnswers.Parse("kind: datasheet\nanswers:\n"))).Message, StringComparison.Ordinal);
}
