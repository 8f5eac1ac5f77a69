using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>The EU's AI Act as amended in 2026.</summary>
internal static class AiActList
{
    private const string Provider = "provider";
    private const string Deployer = "deployer";
    private const string Both = "provider and deployer";
    private const string Model = "provider of the model";
    private const string Earlier = "models on the market before 2 August 2025: by 2 August 2027, Art. 111(3)";
    private static readonly DateOnly s_first = new(2025, 2, 2);
    private static readonly DateOnly s_models = new(2025, 8, 2);
    private static readonly DateOnly s_general = new(2026, 8, 2);
    private static readonly DateOnly s_high = new(2027, 12, 2);

    /// <summary>From when the duties of high-risk systems that are products of Annex I apply.</summary>
    internal static readonly DateOnly Products = new(2028, 8, 2);

    internal const string Source = "Regulation (EU) 2024/1689, in force since 1 August 2024, as amended by Regulation (EU) 2026/1744 (the digital omnibus on AI), in force since 27 July 2026";

    internal static IReadOnlyList<string> Notes { get; } =
    [
        "Dates of Art. 113 as amended: 2 February 2025 prohibitions and literacy; 2 August 2025 general-purpose models, governance, penalties; 2 August 2026 the rest, transparency among it; 2 December 2026 the new prohibitions of Art. 5(1)(ba) and (bb); 2 December 2027 high-risk systems of Annex III (2 August 2026 before the amendment); 2 August 2028 high-risk products of Annex I (2 August 2027 before).",
        "The Commission proposed the amendment on 19 November 2025; what was written before 24 July 2026 gives the old dates.",
        "High-risk systems on the market before their date fall under the Act only once their design changes significantly, those for public authorities by 2 August 2030 (Art. 111(2)).",
    ];

    internal static IReadOnlyList<AiActDuty> Duties { get; } =
    [
        Duty(AiActScope.Every, "ai-act-4", "Everybody", "Art. 4", "Take measures that support the AI literacy of staff and of others who run the system, fitting what they know and on whom it is used.", Both, s_first),
        Duty(AiActScope.Every, "ai-act-5", "Everybody", "Art. 5", "Make sure that no prohibited practice is placed on the market, put into service or used.", Both, s_first, "points (ba) and (bb) of Art. 5(1) from 2 December 2026"),
        Duty(AiActScope.Exempted, "ai-act-6-4", "Annex III, but not high-risk", "Arts. 6(4), 49(2)", "Document before the market why an Annex III system is not high-risk, register it, and show the document to authorities on request.", Provider, s_high, "Art. 49 applies since 2 August 2026, Art. 6(4) from 2 December 2027: from when registration is owed is read differently"),
        Duty(AiActScope.High, "ai-act-9", "High risk: the system", "Art. 9", "Run a risk management system over the whole life: risks of use and foreseeable misuse, measures, tests against metrics fixed beforehand; mind people under 18.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-10", "High risk: the system", "Art. 10", "Govern training, validation and test data: origin, preparation, assumptions, biases found and treated, gaps; relevant, representative, as free of errors as can be.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-11", "High risk: the system", "Art. 11, Annex IV", "Write the technical documentation before the market and keep it current.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-12", "High risk: the system", "Art. 12", "Let the system record events by itself over its lifetime.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-13", "High risk: the system", "Art. 13", "Give deployers instructions for use: purpose, accuracy with its metrics, limits, performance by group where it matters, oversight, logs.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-14", "High risk: the system", "Art. 14", "Build it so that people can oversee it: understand it, resist leaning on it, overrule it, stop it.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-15", "High risk: the system", "Art. 15", "Reach a level of accuracy, robustness and security that fits, declare it, and stand attacks such as poisoned data and crafted inputs.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-17", "High risk: the provider", "Art. 17", "Have a quality management system in writing.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-18", "High risk: the provider", "Arts. 16(d), 18", "Keep the documentation for ten years.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-19", "High risk: the provider", "Arts. 16(e), 19", "Keep the logs under one's control for six months at least.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-20", "High risk: the provider", "Arts. 16(j), 20", "Correct, withdraw or recall a system that does not conform, and tell those concerned.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-22", "High risk: the provider", "Art. 22", "Providers outside the Union: appoint an authorised representative in it.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-43", "High risk: the provider", "Arts. 16(f), 43", "Have the conformity assessed: internal control for Annex III points 2–8, for biometrics (point 1) with a notified body unless harmonised standards are applied in full, products by their own law.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-47", "High risk: the provider", "Arts. 16(g), (h), 47, 48", "Sign the EU declaration of conformity and affix the CE marking.", Provider, s_high),
        Duty(AiActScope.HighAnnexIII, "ai-act-49", "High risk: the provider", "Arts. 16(i), 49(1)", "Register provider and system in the EU database.", Provider, s_high, "point 2 of Annex III nationally, Art. 49(5)"),
        Duty(AiActScope.High, "ai-act-72", "High risk: the provider", "Arts. 17(1)(h), 72", "Watch the system on the market by a plan.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-73", "High risk: the provider", "Arts. 17(1)(i), 73", "Report serious incidents to the authority at once, at the latest 15 days after learning of them; 10 days in the event of a death, 2 for a widespread infringement or a serious disruption of critical infrastructure.", Provider, s_high),
        Duty(AiActScope.High, "ai-act-26-use", "High risk: the deployer", "Art. 26(1)", "Use the system according to its instructions.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-oversight", "High risk: the deployer", "Art. 26(2)", "Give oversight to people with competence, training and authority.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-input", "High risk: the deployer", "Art. 26(4)", "See to it that input data under one's control is relevant and representative enough.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-monitor", "High risk: the deployer", "Art. 26(5)", "Watch it run; on a risk tell provider and authority and suspend it, on a serious incident tell the provider first.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-logs", "High risk: the deployer", "Art. 26(6)", "Keep the logs under one's control for six months at least.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-workers", "High risk: the deployer", "Art. 26(7)", "Tell workers and their representatives before using it at work.", Deployer, s_high),
        Duty(AiActScope.HighAnnexIII, "ai-act-26-authorities", "High risk: the deployer", "Arts. 26(8), 49(3)", "Public authorities: register the use, and do not use a system that is not registered.", Deployer, s_high),
        Duty(AiActScope.High, "ai-act-26-dpia", "High risk: the deployer", "Art. 26(9)", "Use the provider's information for the data protection impact assessment.", Deployer, s_high),
        Duty(AiActScope.HighAnnexIII, "ai-act-26-people", "High risk: the deployer", "Art. 26(11)", "Tell people that the system makes or helps to make decisions about them.", Deployer, s_high),
        Duty(AiActScope.HighAnnexIII, "ai-act-27", "High risk: the deployer", "Art. 27", "Assess the impact on fundamental rights before the first use, and notify the authority of the result.", Deployer, s_high, "owed by public bodies, private bodies that provide public services, and every deployer of points 5(b) and 5(c); not for point 2"),
        Duty(AiActScope.HighAnnexIII, "ai-act-86", "High risk: the deployer", "Art. 86", "On request, explain to a person the role of the system in a decision with legal or similarly significant effect, and its main elements.", Deployer, null, "not for point 2; presupposes a high-risk system in the sense of Art. 6, which applies from 2 December 2027"),
        Duty(AiActScope.Interaction, "ai-act-50-1", "Transparency", "Art. 50(1)", "Tell people that they deal with an AI system, unless that is obvious.", Provider, s_general),
        Duty(AiActScope.Synthetic, "ai-act-50-2", "Transparency", "Art. 50(2)", "Mark synthetic audio, images, video and text so that machines can tell.", Provider, s_general, "systems on the market before 2 August 2026: by 2 December 2026, Art. 111(4)"),
        Duty(AiActScope.EmotionOrCategorisation, "ai-act-50-3", "Transparency", "Art. 50(3)", "Tell people who are exposed to emotion recognition or biometric categorisation.", Deployer, s_general),
        Duty(AiActScope.DeepFakeOrText, "ai-act-50-4", "Transparency", "Art. 50(4)", "Disclose that a deep fake, or a text that informs the public on matters of public interest, was generated or manipulated; a text not if somebody reviewed it and answers for it.", Deployer, s_general),
        Duty(AiActScope.GeneralPurpose, "ai-act-53-documentation", "General-purpose models", "Art. 53(1)(a), Annex XI", "Document the model, its training, its tests, for the AI Office.", Model, s_models, $"not for free and open models without systemic risk; {Earlier}"),
        Duty(AiActScope.GeneralPurpose, "ai-act-53-downstream", "General-purpose models", "Art. 53(1)(b), Annex XII", "Inform those who build systems on it.", Model, s_models, $"not for free and open models without systemic risk; {Earlier}"),
        Duty(AiActScope.GeneralPurpose, "ai-act-53-copyright", "General-purpose models", "Art. 53(1)(c)", "Have a policy to keep Union copyright law and reservations of rights.", Model, s_models, Earlier),
        Duty(AiActScope.GeneralPurpose, "ai-act-53-summary", "General-purpose models", "Art. 53(1)(d)", "Publish a summary of the content used for training, by the AI Office's template.", Model, s_models, Earlier),
        Duty(AiActScope.GeneralPurpose, "ai-act-54", "General-purpose models", "Art. 54", "Providers outside the Union: appoint an authorised representative in it.", Model, s_models, Earlier),
        Duty(AiActScope.SystemicRisk, "ai-act-52", "General-purpose models", "Arts. 51, 52", "Notify the Commission within two weeks that the model has high-impact capabilities; presumed above 10^25 floating-point operations of training.", Model, s_models, Earlier),
        Duty(AiActScope.SystemicRisk, "ai-act-55", "General-purpose models", "Art. 55", "Evaluate and attack the model, assess and reduce systemic risks, report serious incidents, secure model and infrastructure.", Model, s_models, Earlier),
    ];

    internal static Checklist Create() => new("ai-act", "EU: AI Act", Source, Regulations.AsOf, Notes, [.. Duties.Select(duty => duty.Item)]);

    private static AiActDuty Duty(AiActScope scope, string id, string section, string article, string duty, string who, DateOnly? from, string? note = null)
    {
        string? products = scope == AiActScope.High ? "products of Annex I: from 2 August 2028" : null;
        return new AiActDuty(scope, new ChecklistItem(id, section, article, duty, who, from, note is null ? products : products is null ? note : $"{note}; {products}"));
    }
}
