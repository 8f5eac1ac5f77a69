using MlOps.Drift.Texts;

namespace MlOps.Drift.Tests.Texts;

public sealed class TextDriftTests
{
    private static readonly string[] s_kinds = ["payment late fee bank charge", "card stolen block fraud call", "app login password reset screen"];

    private static string[] Texts(int seed, params double[] shares)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 400).Select(_ =>
        {
            double u = random.NextDouble();
            string[] words = s_kinds[u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2].Split(' ');
            return string.Join(' ', Enumerable.Range(0, 4 + random.Next(5)).Select(_ => words[random.Next(words.Length)]));
        })];
    }

    [Theory]
    [InlineData("Loan-2024, approved!", new[] { "loan", "2024", "approved" })]
    [InlineData("ऋण स्वीकृत हुआ।", new[] { "ऋण", "स्वीकृत", "हुआ" })]
    [InlineData("Über-Maß 𝒳y", new[] { "über", "maß", "𝒳y" })]
    [InlineData(" … ", new string[0])]
    public void Tokens_AnyScript_AreItsWords(string text, string[] words) => Assert.Equal(words, Tokens.Of(text));

    [Fact]
    public void Compare_SameSource_IsQuiet()
    {
        TextDrift drift = TextDrift.Compare(Texts(1, 0.4, 0.3), Texts(2, 0.4, 0.3));

        Assert.Empty(drift.Findings);
        Assert.Equal(0, drift.OutOfVocabulary);
    }

    /// <summary>Oracle: the record itself; and a constant text, whose topics and chi-square tests have nothing to say, is still JSON.</summary>
    [Fact]
    public void ToJson_Comparison_HasItsNumbers()
    {
        TextDrift drift = TextDrift.Compare(Texts(1, 0.6, 0.2), [.. Texts(2, 0.2, 0.6), null, "…"]);
        using var document = System.Text.Json.JsonDocument.Parse(drift.ToJson());
        System.Text.Json.JsonElement json = document.RootElement;

        Assert.Equal(
            (402, 1, 1, true),
            (json.GetProperty("rows").GetProperty("current").GetInt32(), json.GetProperty("missing").GetProperty("current").GetInt32(), json.GetProperty("empty").GetProperty("current").GetInt32(), json.GetProperty("drift").GetBoolean()));
        Assert.Equal(drift.Findings, json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!));
        Assert.Equal(drift.Words.Distance, json.GetProperty("words").GetProperty("distance").GetDouble());
        Assert.Equal(drift.Moved.Select(word => word.Word), json.GetProperty("words").GetProperty("moved").EnumerateArray().Select(word => word.GetProperty("word").GetString()!));
        Assert.Equal(drift.TopicPsi!.Value, json.GetProperty("topics").GetProperty("psi").GetDouble());
        Assert.Equal(drift.Topics.Select(topic => topic.Current), json.GetProperty("topics").GetProperty("found").EnumerateArray().Select(topic => topic.GetProperty("current").GetInt64()));

        using var constant = System.Text.Json.JsonDocument.Parse(TextDrift.Compare(["yes", "yes"], ["yes", "yes"]).ToJson());
        Assert.False(constant.RootElement.GetProperty("drift").GetBoolean());
    }

    [Fact]
    public void Compare_OtherTopics_FindsTheOneThatMoved()
    {
        TextDrift drift = TextDrift.Compare(Texts(1, 0.6, 0.2), Texts(2, 0.2, 0.6), new TextDriftOptions { Topics = 3 });

        Assert.Contains(drift.Findings, finding => finding.StartsWith("the topics have moved", StringComparison.Ordinal));
        Assert.Equal(3, drift.Topics.Count);
        // with topics found, the counts are near the planted shares of 400 texts
        Topic payments = drift.Topics.Single(topic => topic.Words.Contains("payment"));
        Assert.InRange(payments.Reference, 200, 280);
        Assert.InRange(payments.Current, 50, 110);
    }

    [Fact]
    public void Compare_NewWords_AreCountedByHand()
    {
        // current: 6 words, 2 of them unknown, in 1 of 2 texts; reference: 'b' and 'c' each occur in one text only, 2 of 5 words
        TextDrift drift = TextDrift.Compare(["a b", "a c a"], ["a a b", "a new word", null, "—"]);

        Assert.Equal(2.0 / 6, drift.OutOfVocabulary, 1e-12);
        Assert.Equal(2.0 / 5, drift.OutOfVocabularyByChance, 1e-12);
        Assert.Equal(0.5, drift.TextsWithNewWords);
        Assert.Equal((1, 1), (drift.Missing.Current, drift.Empty.Current));
    }

    [Fact]
    public void Compare_ManyNewWords_IsAFinding()
    {
        string[] current = [.. Texts(2, 0.4, 0.3).Select(text => text.Replace("fee", "surcharge", StringComparison.Ordinal).Replace("card", "kaart", StringComparison.Ordinal))];

        TextDrift drift = TextDrift.Compare(Texts(1, 0.4, 0.3), current);

        Assert.Contains(drift.Findings, finding => finding.Contains("of the words are new", StringComparison.Ordinal));
        Assert.Contains(drift.Moved, word => word is { Word: "surcharge", Reference: 0, Current: > 0 });
    }

    [Fact]
    public void Compare_LongerTexts_IsAFinding()
    {
        string[] current = [.. Texts(2, 0.4, 0.3).Select(text => text + " " + text)];

        Assert.Contains(TextDrift.Compare(Texts(1, 0.4, 0.3), current).Findings, finding => finding.StartsWith("the texts have another length", StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_AllAlike_HasNoTopics()
    {
        TextDrift drift = TextDrift.Compare(["one text", "one text"], ["one text", "one text"]);

        Assert.Empty(drift.Topics);
        Assert.Null(drift.TopicPsi);
        Assert.False(drift.Drift);
    }

    [Fact]
    public void Compare_SameSeed_GivesTheSameTopics() => Assert.Equal(
        TextDrift.Compare(Texts(1, 0.6, 0.2), Texts(2, 0.2, 0.6)).Topics.Select(topic => (string.Join(' ', topic.Words), topic.Current)),
        TextDrift.Compare(Texts(1, 0.6, 0.2), Texts(2, 0.2, 0.6)).Topics.Select(topic => (string.Join(' ', topic.Words), topic.Current)));

    [Fact]
    public void Compare_NoText_SaysHowManyWereNull() =>
        Assert.Contains("of 3 1 have one (2 are null)", Assert.Throws<ArgumentException>(() => TextDrift.Compare(["a", null, null], ["a", "b"])).Message, StringComparison.Ordinal);
}
