using System.Text.Json;
using MlOps.Explain.Lime;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Lime;

public sealed class LimeTextTests
{
    private static readonly string[] s_words = ["w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8"];

    // Oracle: References/local/make_lime.py (scikit-learn 1.2 on given samples, cosine distance, width 25).
    [Fact]
    public void Explain_GivenSamples_ConsistentWithLimeInScikitLearn()
    {
        JsonElement text = LocalReference.Read("lime").GetProperty("text");
        double[][] presence = text.GetProperty("presence").Rows();
        var outputs = new Dictionary<string, double>();
        foreach ((double[] row, double output) in presence.Zip(text.GetProperty("outputs").Numbers()))
        {
            outputs[string.Concat(row)] = output;
        }

        var lime = new LimeText(texts => [.. texts.Select(t => outputs[string.Concat(s_words.Select(word => t.Contains(word) ? 1.0 : 0))])], new LimeOptions { Features = 4 });

        LimeExplanation explanation = lime.Explain(string.Join(' ', s_words), Matrix.FromRows(presence), default);

        JsonElement expected = text.GetProperty("forward");
        int[] chosen = [.. expected.GetProperty("chosen").EnumerateArray().Select(j => j.GetInt32())];
        LocalReference.Near(expected.GetProperty("coefficients").Numbers(), [.. chosen.Select(j => explanation.Explanation.Contributions[j].Amount)], 1e-10);
        Assert.Equal(expected.GetProperty("intercept").GetDouble(), explanation.Explanation.BaseValue, 1e-10);
        Assert.Equal(expected.GetProperty("rSquared").GetDouble(), explanation.RSquared!.Value, 1e-10);
    }

    [Fact]
    public void Explain_WordThatDecides_HasTheWeight()
    {
        var lime = new LimeText(texts => [.. texts.Select(text => text.Contains("refund") ? 1.0 : 0)], new LimeOptions { Samples = 500, Features = 2 }, "probability of complaint");

        LimeExplanation explanation = lime.Explain("I want a refund, a refund now!");

        (string word, double weight) = explanation.Weights()[0];
        Assert.Equal("refund", word);
        Assert.InRange(weight, 0.9, 1.05);
        Assert.Equal("2 times", explanation.Explanation.Contributions.Single(c => c.Feature == "refund").ValueText);
        Assert.Equal(explanation.ToString(), lime.Explain("I want a refund, a refund now!").ToString());
        Assert.Equal(explanation.ToString(), explanation.ToMimeBundle()["text/plain"]);
    }

    [Fact]
    public void Explain_OnlyWordsAreTakenOut_PunctuationStays()
    {
        var seen = new HashSet<string>();
        var lime = new LimeText(texts => { seen.UnionWith(texts); return new double[texts.Count]; }, new LimeOptions { Samples = 50 });

        _ = lime.Explain("Good, good!");

        Assert.Equal([", !", ", good!", "Good, !", "Good, good!"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Explain_BadInput_IsRefused()
    {
        var lime = new LimeText(texts => new double[texts.Count]);

        Assert.Contains("no word", Assert.Throws<ArgumentException>(() => lime.Explain("…!")).Message);
        Assert.Contains("2,000", Assert.Throws<ArgumentException>(() => lime.Explain(string.Join(' ', Enumerable.Range(0, 2001)))).Message);
        Assert.Throws<InvalidOperationException>(() => new LimeText(texts => [.. texts.Select(_ => double.NaN)]).Explain("a b"));
        Assert.Throws<InvalidOperationException>(() => new LimeText(_ => [1]).Explain("a b"));
    }
}
