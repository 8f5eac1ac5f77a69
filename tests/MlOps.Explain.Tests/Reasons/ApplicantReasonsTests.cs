using MlOps.Explain.Counterfactuals;
using MlOps.Explain.Reasons;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Reasons;

public sealed class ApplicantReasonsTests
{
    private static readonly Dictionary<string, FeatureWording> s_wording = new()
    {
        ["income"] = new("monthly income") { Unit = "rupees", Format = "#,0" },
        ["debt"] = new("share of income that goes into debts") { Unit = "%", WhenHigh = "This is more than most applicants owe" },
        ["years"] = new("years in your job"),
        ["caste"] = new("caste") { IsSensitive = true },
        ["pin"] = new("PIN code") { CanChange = false },
    };

    // By hand: base 0.6; −0.20 −0.08 −0.02 = −0.30 against, +0.1 + 0.02 in favour; 0.6 − 0.3 + 0.12 = 0.42.
    private static Explanation Rejected(double caste = 0.02) => new("exact SHAP", "probability of approved", 0.6, 0.4 + caste,
    [
        new("income", 18000, "18000", -0.2), new("debt", 45, "45", -0.08), new("years", 6, "6", 0.1), new("caste", 1, "B", caste), new("pin", 3, "411001", -0.02),
    ]);

    [Fact]
    public void ForApplicant_Rejected_NamesTheReasonsInOrderWithShares()
    {
        ReasonLetter letter = new ApplicantReasons(s_wording).ForApplicant(Rejected());

        Assert.False(letter.MeetsThreshold);
        Assert.Equal(["income", "debt", "pin"], letter.Against.Select(reason => reason.Feature));
        Assert.Equal(0.2 / 0.3, letter.Against[0].Share, 1e-12);
        Assert.Equal("Your monthly income: 18,000 rupees. About 67 % of what counted against you.", letter.Against[0].Text);
        Assert.Equal("Your PIN code: 411001. About 7 % of what counted against you.", letter.Against[2].Text); // a text that looks like a number
        Assert.Equal(["years", "caste"], letter.InFavour.Select(reason => reason.Feature));
    }

    [Fact]
    public void ToString_Rejected_IsTheWholeLetter()
    {
        string letter = new ApplicantReasons(s_wording, new ReasonOptions { Subject = "loan application", Contact = "reviews@bank.example" }).ForApplicant(Rejected()).ToString();

        // By hand, from the rules in the documentation of ApplicantReasons.
        Assert.Equal("""
            HOW THE MODEL SCORED YOUR LOAN APPLICATION

            A computer model gave your loan application a score of 0.42 (probability of approved). It has to be at least 0.5, so it is not enough. Below is what the model weighed. It shows how the model works out its answer, not what causes what in life.

            What counted most against you

            1. Your monthly income: 18,000 rupees. About 67 % of what counted against you.
            2. Your share of income that goes into debts: 45 %. About 27 % of what counted against you.
            3. Your PIN code: 411001. About 7 % of what counted against you.

            What counted in your favour

            - Your years in your job: 6. About 83 % of what counted in your favour.
            - Your caste: B. About 17 % of what counted in your favour.

            How sure this is

            - The score is 0.08 away from the line of 0.5.
            - The reasons were worked out with exact SHAP and account for the whole score.
            - The model can be wrong about you: it knows only the facts it was given, and only how others with such facts fared.

            If you think this is wrong

            - Check the facts named above. If one of them is wrong, say so and ask for it to be corrected and for a new decision.
            - You can ask for a person to look at your loan application and to hear your side. Write to reviews@bank.example.

            """.ReplaceLineEndings(), letter);
    }

    [Fact]
    public void ForApplicant_SensitiveFeatureCounted_WarnsTheSenderNotTheReader()
    {
        ReasonLetter letter = new ApplicantReasons(s_wording).ForApplicant(Rejected());

        Assert.Contains("'caste'", Assert.Single(letter.WarningsForSender));
        Assert.DoesNotContain("sensitive", letter.ToString());
        Assert.Contains("Before sending", letter.ToMimeBundle()["text/markdown"]);
        Assert.Contains("\"warningsForSender\":[\"The sensitive", letter.ToJson());
    }

    [Fact]
    public void ForApplicant_AdviceThatNeedsWhatNobodyCanChange_IsLeftOut()
    {
        Counterfactual Change(string feature, double from, double to, string fromText, string toText) =>
            new([new FeatureChange(feature, from, to, fromText, toText)], 0.55, 1, []);
        var changes = new CounterfactualResult("probability of approved", 0.42, CounterfactualTarget.AtLeast(0.5),
            [Change("caste", 1, 0, "B", "A"), Change("income", 18000, 25000, "18000", "25000"), Change("pin", 3, 4, "411001", "411002")], null, 10, true);

        ReasonLetter letter = new ApplicantReasons(s_wording).ForApplicant(Rejected(), changes);

        Assert.Equal("If your monthly income were 25,000 rupees instead of 18,000 rupees, the score would be 0.55.", letter.Changes[0]);
        Assert.Equal(2, letter.Changes.Count);
        Assert.Contains("no promise", letter.Changes[1]);
        Assert.Contains(letter.WarningsForSender, warning => warning.StartsWith("2 of 3 counterfactuals", StringComparison.Ordinal));

        ReasonLetter none = new ApplicantReasons(s_wording).ForApplicant(Rejected(), changes with { Counterfactuals = [] });
        Assert.Contains("found none", Assert.Single(none.Changes));
    }

    [Fact]
    public void ForApplicant_LowerIsBetter_TurnsTheDirectionsRound()
    {
        var explanation = new Explanation("exact SHAP", "probability of defaulted", 0.2, 0.3, [new("income", 18000, "18000", 0.15), new("years", 6, "6", -0.05)]);

        ReasonLetter letter = new ApplicantReasons(s_wording, new ReasonOptions { HigherIsBetter = false, Threshold = 0.25 }).ForApplicant(explanation);

        Assert.False(letter.MeetsThreshold);
        Assert.Equal("income", Assert.Single(letter.Against).Feature);
        Assert.Contains("at most 0.25, so it is not enough", letter.Outcome);
        Assert.True(new ApplicantReasons(s_wording, new ReasonOptions { HigherIsBetter = false, Threshold = 0.3 }).ForApplicant(explanation).MeetsThreshold);
    }

    [Fact]
    public void ForApplicant_Approximation_SaysWhatIsLeftOver()
    {
        ReasonLetter letter = new ApplicantReasons(s_wording).ForApplicant(Rejected() with { Method = "LIME", Prediction = 0.35 });

        Assert.Contains("0.07 of the score is not accounted for", letter.ToString()); // 0.42 adds up, 0.35 was said
    }

    [Fact]
    public void ForApplicant_NothingCountedAgainst_WarnsThatNoReasonIsNamed()
    {
        var explanation = new Explanation("exact SHAP", "probability of approved", 0.2, 0.3, [new("income", 18000, "18000", 0.1)]);

        Assert.Contains("names no reason", Assert.Single(new ApplicantReasons(s_wording).ForApplicant(explanation).WarningsForSender));
    }

    // By hand: the model is linear with weight 1/100,000 on income and −0.01 on debt; the middle of the others is 30,000 and 30.
    private sealed class Linear : IExplainer
    {
        public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default) => new(
            "linear SHAP", "probability of approved", 0.5, new Matrix(x.RowCount, 2, x.Values.ToArray(), ["income", "debt"]),
            [0.5 + ((x[0, 0] - 30000) / 100000) - ((x[0, 1] - 30) / 100)],
            Matrix.FromRows([[(x[0, 0] - 30000) / 100000, -(x[0, 1] - 30) / 100]], ["income", "debt"]));
    }

    [Fact]
    public void ForApplicant_FeatureWithFormat_ComparesInTheSameFormat()
    {
        var comparison = Matrix.FromRows([[20000, 20], [30000, 30], [40000, 40]], ["income", "debt"]);
        var wording = new Dictionary<string, FeatureWording> { ["income"] = new("monthly income") { Format = "'about '#,0" }, ["debt"] = new("debt") };

        ReasonLetter letter = new ApplicantReasons(wording, new Linear(), comparison).ForApplicant([20000, 30]);

        Assert.StartsWith("Your monthly income: about 20,000. Half of the others have about 30,000 or more.", letter.Against[0].Text);
    }

    [Fact]
    public void ForApplicant_Row_ComparesWithOthersAndAdvises()
    {
        var comparison = Matrix.FromRows([[20000, 20], [30000, 30], [40000, 40]], ["income", "debt"]);
        var model = ExplainedModel.Of(["income", "debt"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => 0.5 + ((x[i, 0] - 30000) / 100000) - ((x[i, 1] - 30) / 100))]);
        var reasons = new ApplicantReasons(s_wording, new Linear(), comparison, new CounterfactualSearch(model, comparison));

        ReasonLetter letter = reasons.ForApplicant([20000, 40]);

        Assert.Equal("Your monthly income: 20,000 rupees. Half of the others have 30,000 or more. About 50 % of what counted against you.", letter.Against[0].Text);
        Assert.Contains("This is more than most applicants owe. About 50 %", letter.Against[1].Text);
        Assert.Contains("If your monthly income were 40,000 rupees instead of 20,000 rupees, the score would be 0.5.", letter.Changes);
        Assert.Equal(letter.ToString(), reasons.ForApplicant([20000, 40]).ToString());
        Assert.Throws<InvalidOperationException>(() => new ApplicantReasons(s_wording).ForApplicant([1.0, 2]));
    }

    [Fact]
    public void ToMarkdown_NamesWithMarks_StayText()
    {
        var explanation = new Explanation("exact SHAP", "score", 1, 0, [new("a*b_[x]", 1, "<b>", -1)]);

        string letter = new ApplicantReasons(new Dictionary<string, FeatureWording>()).ForApplicant(explanation).ToMarkdown();

        Assert.Contains(@"1. Your a\*b \[x\]: \<b\>.", letter);
        Assert.StartsWith("## How the model scored", letter);
    }
}
