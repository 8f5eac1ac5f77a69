using MlOps.Fairness.Cards;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Regulation;

/// <summary>India's DPDP Act, the GDPR and the AI Act side by side, with article numbers. Not legal advice.</summary>
public static class RegulationComparison
{
    /// <summary>Gets the aspects, in order.</summary>
    public static IReadOnlyList<RegulationAspect> Aspects { get; } =
    [
        new("What it governs", "personal data in digital form (ss. 2, 3)", "personal data, on paper in filing systems too (Art. 2)", "AI systems and general-purpose models, with or without personal data (Arts. 1–3)"),
        new("Where", "processing in India, and outside it when goods or services are offered to people in India (s. 3)", "establishments in the Union, and others who offer goods or services to people in it or watch their behaviour (Art. 3)", "who offers or uses AI in the Union, and others whose system's output is used in it (Art. 2(1))"),
        new("Whose duty", "data fiduciary; significant data fiduciary (s. 10); processors by contract (s. 8(2))", "controller and processor (Arts. 4, 24, 28)", "provider, deployer, importer, distributor (Arts. 16, 23, 24, 26)"),
        new("Idea", "consent, or one of listed legitimate uses (ss. 4, 6, 7)", "one of six lawful grounds (Art. 6); principles (Art. 5)", "duties by risk: prohibited, high, transparency, minimal (Arts. 5, 6, 50)"),
        new("Consent", "free, specific, informed, unconditional, unambiguous, by a clear act; as easy to withdraw (s. 6)", "freely given, specific, informed, unambiguous; explicit for special categories and Art. 22 (Arts. 4(11), 7, 9(2)(a))", "not its subject; for tests in the real world informed consent (Art. 61)"),
        new("Sensitive data", "no category of its own", "special categories prohibited with exceptions (Art. 9)", "allowed for finding and correcting bias under strict conditions (Art. 4a)"),
        new("Rights", "summary of data, correction, erasure, grievance, nomination (ss. 11–14)", "information, access, correction, erasure, restriction, portability, objection (Arts. 12–21)", "complaint (Art. 85), explanation of decisions of Annex III systems (Art. 86)"),
        new("Automated decisions", "no right against them; data must be complete, accurate and consistent (s. 8(3)), algorithmic software of significant fiduciaries checked (Rule 13)", "no decision by automated means alone, with exceptions and a human on request (Art. 22); meaningful information about the logic (Arts. 13(2)(f), 14(2)(g), 15(1)(h))", "human oversight (Arts. 14, 26(2)), people told (Art. 26(11)), explanation (Art. 86)"),
        new("Children", "below 18: a parent's verifiable consent, no tracking, no targeted advertising (s. 9)", "online services: a parent's consent below 16, or a Member State's lower age, 13 at least (Art. 8)", "exploiting age is prohibited (Art. 5(1)(b)); people under 18 are minded in risk management (Art. 9(9))"),
        new("Breach, incident", "Board and every person affected without delay, details within 72 hours (s. 8(6), Rule 7)", "authority within 72 hours (Art. 33), people if the risk is high (Art. 34)", "serious incidents to the authority, 15 days at the latest, 10 for a death, 2 for the gravest (Art. 73)"),
        new("Assessment", "significant data fiduciaries, every twelve months (s. 10(2)(c), Rule 13)", "before processing with a likely high risk (Art. 35)", "fundamental rights, before use, by some deployers (Art. 27)"),
        new("Officer", "significant data fiduciaries, based in India (s. 10(2)(a))", "in three cases (Art. 37)", "none"),
        new("Out of the country", "allowed except where the government restricts it (s. 16)", "adequacy, safeguards or exceptions (Arts. 44–49)", "none of its own; representative in the Union (Arts. 22, 54)"),
        new("Largest penalty", "₹250 crore for failing security safeguards, ₹200 crore for breaches untold and children, ₹150 crore for significant fiduciaries (s. 33, Schedule)", "€20 million or 4 % of worldwide turnover, whichever is higher (Art. 83(5)); €10 million or 2 % (Art. 83(4))", "€35 million or 7 % for Art. 5, €15 million or 3 % for most duties, €7.5 million or 1 % for wrong information (Art. 99); for small and medium enterprises the lower of the two"),
        new("Who enforces", "Data Protection Board of India (ss. 18–28)", "supervisory authorities (Art. 51)", "market surveillance authorities; the Commission's AI Office for models (Arts. 70, 74, 88)"),
        new("Applies", "duties eighteen months after 13 November 2025; shorter periods were proposed in January 2026", "since 25 May 2018", "in steps from 2 February 2025 to 2 August 2028 (Art. 113 as amended)"),
    ];

    /// <summary>Writes the comparison as Markdown.</summary>
    public static string ToMarkdown() => MarkdownText.Write(
    [
        new HeadingBlock(1, "DPDP Act, GDPR and AI Act"),
        new ParagraphBlock(Checklist.Notice, TextRole.Notice),
        new ParagraphBlock(FormattableString.Invariant($"As of {Regulations.AsOf:yyyy-MM-dd}.")),
        new TableBlock(["aspect", "DPDP Act, India", "GDPR, EU", "AI Act, EU"], [.. Aspects.Select(aspect => new[] { aspect.Aspect, aspect.Dpdpa, aspect.Gdpr, aspect.AiAct })]),
    ]);
}
