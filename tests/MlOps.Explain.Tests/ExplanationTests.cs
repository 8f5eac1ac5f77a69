using System.Text.Json;
using MlOps.Charts;
using MlOps.Learning;

namespace MlOps.Explain.Tests;

public sealed class ExplanationTests
{
    private static readonly Explanations s_made = new(
        "kernel SHAP", "probability of yes", 0.4, Matrix.FromRows([[1, 5, 0], [0, double.NaN, 0], [1, 7, 0]], ["town", "income", "flat"]), [0.7, 0.1, 0.6],
        Matrix.FromRows([[-0.1, 0.4, 0], [0.1, -0.4, 0], [0, 0.2, 0]]), (j, value) => j == 0 ? (value == 1 ? "Pune" : "Agra") : double.IsNaN(value) ? "(missing)" : FormattableString.Invariant($"{value:0.####}"))
    {
        StandardErrors = Matrix.FromRows([[0.01, 0.02, 0], [0, 0, 0], [0, 0, 0]]),
    };

    [Fact]
    public void ToJson_TextsNumbersAndMissing_AreWrittenAsSuch()
    {
        using var json = JsonDocument.Parse(s_made[0].ToJson());
        JsonElement first = json.RootElement.GetProperty("contributions")[0];

        Assert.Equal(["method", "output", "baseValue", "prediction", "contributions"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("town", "Pune", -0.1, 0.01), (first.GetProperty("feature").GetString(), first.GetProperty("value").GetString(), first.GetProperty("contribution").GetDouble(), first.GetProperty("standardError").GetDouble()));
        Assert.Equal(5, json.RootElement.GetProperty("contributions")[1].GetProperty("value").GetDouble());
        using var missing = JsonDocument.Parse(s_made[1].ToJson(indented: true));
        Assert.Equal(JsonValueKind.Null, missing.RootElement.GetProperty("contributions")[1].GetProperty("value").ValueKind);
    }

    [Fact]
    public void ToString_LargestFirst_WithErrors() => Assert.Equal(
        """
        probability of yes: 0.7, kernel SHAP
          base                0.4
          income = 5         +0.4 ± 0.02
          town = Pune        −0.1 ± 0.01
          flat = 0              0
          prediction          0.7
        """.ReplaceLineEndings("\n"), s_made[0].ToString());

    [Fact]
    public void ToMimeBundle_MarkupInAName_IsText()
    {
        var explanation = new Explanation("m", "<o>", 0, 1, [new("<b>", 1, "<i>", 0.5)]);

        string html = explanation.ToMimeBundle()["text/html"];

        Assert.DoesNotContain("<b>", html);
        Assert.DoesNotContain("<i>", html);
        Assert.Contains("Not explained: +0.5", html);
        Assert.Contains("not explained", explanation.ToString());
    }

    [Fact]
    public void Check_WhatDoesNotAddUp_NamesTheRow()
    {
        Assert.Same(s_made, s_made.Check());
        var off = new Explanations("m", "o", 0, Matrix.FromRows([[1], [1]]), [1, 1], Matrix.FromRows([[1], [0.9]]));

        Assert.Contains("Row 1", Assert.Throws<InvalidOperationException>(() => off.Check()).Message);
        Assert.Same(off, off.Check(0.2));
    }

    [Fact]
    public void Waterfall_FromBaseToPrediction_NamesBoth()
    {
        string text = s_made[0].Waterfall().ToString();

        Assert.Contains("income = 5 raises the probability of yes most, town = Pune lowers it most", text);
        Assert.Contains("income = 5 +0.4: 0.4 to 0.8, town = Pune −0.1: 0.8 to 0.7", text);
        Assert.Contains("prediction 0.7", text);
        Assert.Contains("2 others −0.1", s_made[0].Waterfall(2).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => s_made[0].Waterfall(0));
    }

    [Fact]
    public void Force_BothSides_MeetAtThePrediction() => Assert.Contains("raises income = 5: 0.3 to 0.7, lowers town = Pune: 0.8 to 0.7", s_made[0].Force().ToString());

    [Fact]
    public void Charts_AnyExplanations_AreDrawn()
    {
        Figure[] figures = [s_made.Beeswarm(), s_made.Bar(2), s_made.Dependence("income", "town"), s_made.Dependence("town"), s_made[1].Force(), new Explanations("m", "o", 0, Matrix.FromRows([[1]]), [0], Matrix.FromRows([[0]])).Beeswarm()];

        Assert.All(figures, figure =>
        {
            Assert.StartsWith("<svg", figure.ToSvg(), StringComparison.Ordinal);
            JsonDocument.Parse(figure.ToPlotlyJson()).Dispose();
        });
        Assert.Contains("income moves the probability of yes most", figures[0].ToString());
        Assert.Contains("2 of 3 features", figures[1].ToString());
        Assert.Contains("coloured by town", figures[2].ToString());
        Assert.Contains("There are: town, income, flat", Assert.Throws<ArgumentException>(() => s_made.Dependence("age")).Message);
        Assert.Throws<InvalidOperationException>(() => new Explanations("m", "o", 0, s_made.X.Take([]), [], s_made.Amounts.Take([])).Bar());
    }

    [Fact]
    public void Waterfall_NothingMoves_IsDrawn() =>
        Assert.Contains("No feature moves", new Explanation("m", "o", 1, 1, [new("a", 1, "1", 0)]).Waterfall().ToString());
}
