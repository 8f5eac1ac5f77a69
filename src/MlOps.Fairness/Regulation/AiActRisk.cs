using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>Finds the risk class of a system under the EU's AI Act.</summary>
/// <remarks>The order of the Act: scope (Arts. 2, 3), prohibitions (Art. 5), products (Art. 6(1)), Annex III (Art. 6(2)) with the exemption of Art. 6(3), transparency (Art. 50). An
/// answer that is missing where it is needed leaves the class undetermined; it is never guessed.
/// <para>Source: Regulation (EU) 2024/1689 as amended by Regulation (EU) 2026/1744.</para></remarks>
public static class AiActRisk
{
    /// <summary>Classifies a system.</summary>
    /// <param name="answers">What is known of it.</param>
    public static AiActClassification Classify(SystemQuestions answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var steps = new List<ClassificationStep>();
        var missing = new List<string>();
        if (answers.IsAiSystem == false || answers.IsExcluded == true)
        {
            steps.Add(answers.IsAiSystem == false
                ? new ClassificationStep("Art. 3(1)", "it is no AI system")
                : new ClassificationStep("Art. 2", "the Act leaves this use out"));
            return Result(AiActRiskClass.OutOfScope, answers, steps, [], []);
        }

        Need(answers.IsAiSystem, "ai-system", missing);
        Need(answers.IsExcluded, "excluded", missing);
        bool inScope = missing.Count == 0;
        bool? prohibited = Prohibited(answers, steps, missing);
        if (inScope && prohibited == true)
        {
            return Result(AiActRiskClass.Prohibited, answers, steps, [], [AiActScope.Every]);
        }

        var needed = new List<string>();
        bool? product = Product(answers, steps, needed);
        (bool? annex, bool exempted) = AnnexIII(answers, steps, needed);
        bool? high = product == true || annex == true ? true : product == false && annex == false ? false : null;
        if (high != true)
        {
            missing.AddRange(needed);
        }

        bool determined = inScope && prohibited == false && high is not null;
        Need(answers.Transparency, "transparency", missing);
        Need(answers.ProvidesGeneralPurposeModel, "general-purpose-model", missing);
        if (answers.ProvidesGeneralPurposeModel == true)
        {
            Need(answers.HasSystemicRisk, "systemic-risk", missing);
        }

        if (!determined || (high == false && answers.Transparency is null))
        {
            steps.Add(new ClassificationStep("Art. 6", $"the class is undetermined until these are answered: {string.Join(", ", missing)}"));
            return Result(AiActRiskClass.Undetermined, answers, steps, missing, [AiActScope.Every]);
        }

        AiActScope[] transparency = [.. (answers.Transparency ?? []).Select(Scope).Distinct()];
        if (transparency.Length > 0)
        {
            steps.Add(new ClassificationStep("Art. 50", $"transparency is owed: {string.Join("; ", ArticlePoints.Triggers.Where(trigger => answers.Transparency!.Contains(trigger.Trigger)).Select(trigger => trigger.Text))}"));
        }

        if (high == true)
        {
            ClassificationStep decisive = steps.Last(step => step.Article.StartsWith(annex == true ? "Annex III" : "Art. 6(1)", StringComparison.Ordinal));
            steps.Remove(decisive);
            steps.Add(decisive); // the last step is the one that decides
            AiActScope[] duties = annex == true ? [AiActScope.Every, AiActScope.High, AiActScope.HighAnnexIII, .. transparency] : [AiActScope.Every, AiActScope.High, .. transparency];
            return Result(AiActRiskClass.High, answers, steps, missing, duties, productOnly: annex != true);
        }

        AiActScope[] rest = exempted ? [AiActScope.Every, AiActScope.Exempted, .. transparency] : [AiActScope.Every, .. transparency];
        if (transparency.Length == 0)
        {
            steps.Add(new ClassificationStep("Art. 4", "neither prohibited nor high-risk nor bound to transparency; AI literacy is owed all the same"));
        }

        return Result(transparency.Length > 0 ? AiActRiskClass.Transparency : AiActRiskClass.Minimal, answers, steps, missing, rest);
    }

    private static bool? Prohibited(SystemQuestions answers, List<ClassificationStep> steps, List<string> missing)
    {
        if (answers.Practices is null)
        {
            missing.Add("practices");
            return null;
        }

        bool unknown = false;
        var found = new List<ClassificationStep>();
        foreach ((ProhibitedPractice practice, string point, string text, string? exception) in ArticlePoints.Practices.Where(practice => answers.Practices.Contains(practice.Practice)))
        {
            string article = $"Art. 5(1)({point})";
            if (exception is not null && answers.PracticeExceptions is null)
            {
                unknown = true;
                steps.Add(new ClassificationStep(article, $"{text}: prohibited unless the exception holds ({exception})"));
            }
            else if (exception is not null && answers.PracticeExceptions!.Contains(practice))
            {
                steps.Add(new ClassificationStep(article, $"{text}: not prohibited, for the exception holds ({exception})"));
            }
            else
            {
                found.Add(new ClassificationStep(article, $"prohibited: {text}{(exception is null ? "" : $"; the exception ({exception}) does not hold")}"));
            }
        }

        steps.AddRange(found);
        if (found.Count > 0)
        {
            return true;
        }

        if (unknown)
        {
            missing.Add("practice-exceptions");
            return null;
        }

        steps.Add(new ClassificationStep("Art. 5", "no prohibited practice"));
        return false;
    }

    private static bool? Product(SystemQuestions answers, List<ClassificationStep> steps, List<string> needed)
    {
        if (answers.IsProductOrSafetyComponent == false || answers.NeedsThirdPartyAssessment == false)
        {
            steps.Add(new ClassificationStep("Art. 6(1)", answers.IsProductOrSafetyComponent == false ? "neither product nor safety component under Annex I" : "the product needs no third-party conformity assessment"));
            return false;
        }

        Need(answers.IsProductOrSafetyComponent, "product", needed);
        Need(answers.NeedsThirdPartyAssessment, "third-party-assessment", needed);
        if (answers.IsProductOrSafetyComponent is null || answers.NeedsThirdPartyAssessment is null)
        {
            return null;
        }

        steps.Add(new ClassificationStep("Art. 6(1)", "high-risk: a product under Annex I, or its safety component, with third-party conformity assessment (for products of Annex I Section B, machinery among them, the laws of the sector carry the duties, Art. 2(2))"));
        return true;
    }

    private static (bool? High, bool Exempted) AnnexIII(SystemQuestions answers, List<ClassificationStep> steps, List<string> needed)
    {
        if (answers.Areas is null)
        {
            needed.Add("annex-iii");
            return (null, false);
        }

        bool unknown = false;
        var listed = new List<(string Article, string Text)>();
        foreach ((AnnexIIIArea area, string point, string text, string? exclusion) in ArticlePoints.Areas.Where(area => answers.Areas.Contains(area.Area)))
        {
            string article = ArticlePoints.AnnexIII(point);
            if (exclusion is not null && answers.AreaExclusions is null)
            {
                unknown = true;
                steps.Add(new ClassificationStep(article, $"{text}: listed unless excluded ({exclusion})"));
            }
            else if (exclusion is not null && answers.AreaExclusions!.Contains(area))
            {
                steps.Add(new ClassificationStep(article, $"{text}: excluded, for {exclusion}"));
            }
            else
            {
                listed.Add((article, text));
            }
        }

        if (unknown)
        {
            needed.Add("annex-iii-exclusions");
        }

        if (listed.Count == 0)
        {
            if (!unknown)
            {
                steps.Add(new ClassificationStep("Art. 6(2)", "no use of Annex III"));
            }

            return (unknown ? null : false, false);
        }

        (bool? exempt, string reason) = Exempt(answers, needed);
        if (exempt == true && unknown)
        {
            return (null, false);
        }

        if (exempt != true)
        {
            string verdict = exempt == false ? "high-risk" : "high-risk unless Art. 6(3) exempts it";
            steps.AddRange(listed.Select(use => new ClassificationStep(use.Article, $"{verdict}: {use.Text}; {reason}")));
            return (exempt == false ? true : null, false);
        }

        steps.AddRange(listed.Select(use => new ClassificationStep(use.Article, $"listed: {use.Text}")));
        steps.Add(new ClassificationStep("Art. 6(3)", $"not high-risk: {reason}; Art. 6(4) wants that documented and registered"));
        return (false, true);
    }

    private static (bool? Exempt, string Reason) Exempt(SystemQuestions answers, List<string> needed)
    {
        if (answers.ProfilesPeople == true)
        {
            return (false, "it profiles people, so Art. 6(3) cannot exempt it");
        }

        if (answers.Conditions is { Count: 0 })
        {
            return (false, "no condition of Art. 6(3) is fulfilled");
        }

        if (answers.PosesSignificantRisk == true)
        {
            return (false, "it poses a significant risk or influences decisions, so Art. 6(3) does not exempt it");
        }

        Need(answers.ProfilesPeople, "profiling", needed);
        Need(answers.Conditions, "conditions", needed);
        Need(answers.PosesSignificantRisk, "significant-risk", needed);
        return answers.ProfilesPeople is null || answers.Conditions is null || answers.PosesSignificantRisk is null
            ? (null, "whether it does is not answered")
            : (true, $"it poses no significant risk, profiles nobody, and {string.Join("; ", ArticlePoints.Conditions.Where(condition => answers.Conditions.Contains(condition.Condition)).Select(condition => $"({condition.Point}) {condition.Text}"))}");
    }

    private static void Need<T>(T? answer, string key, List<string> missing)
    {
        if (answer is null)
        {
            missing.Add(key);
        }
    }

    private static AiActScope Scope(TransparencyTrigger trigger) => trigger switch
    {
        TransparencyTrigger.Interaction => AiActScope.Interaction,
        TransparencyTrigger.SyntheticContent => AiActScope.Synthetic,
        TransparencyTrigger.EmotionOrCategorisation => AiActScope.EmotionOrCategorisation,
        _ => AiActScope.DeepFakeOrText,
    };

    private static AiActClassification Result(AiActRiskClass riskClass, SystemQuestions answers, List<ClassificationStep> steps, IReadOnlyList<string> missing, IReadOnlyList<AiActScope> scopes, bool productOnly = false)
    {
        AiActScope[] models = answers.ProvidesGeneralPurposeModel != true ? []
            : answers.HasSystemicRisk == true ? [AiActScope.GeneralPurpose, AiActScope.SystemicRisk]
            : [AiActScope.GeneralPurpose];
        if (models.Length > 0)
        {
            steps.Insert(0, new ClassificationStep("Art. 53", answers.HasSystemicRisk == true ? "a general-purpose model with systemic risk: Arts. 53–55 on top" : "a general-purpose model: Arts. 53 and 54 on top"));
        }

        ChecklistItem[] items = [.. AiActList.Duties
            .Where(duty => scopes.Contains(duty.Scope) || models.Contains(duty.Scope))
            .Select(duty => productOnly && duty.Scope == AiActScope.High ? duty.Item with { AppliesFrom = AiActList.Products } : duty.Item)];
        return new AiActClassification(riskClass, steps, missing, answers.ProvidesGeneralPurposeModel, answers.ProvidesGeneralPurposeModel == true ? answers.HasSystemicRisk : null, Regulations.AiAct with { Title = "EU AI Act: the duties of this system", Items = items });
    }
}
