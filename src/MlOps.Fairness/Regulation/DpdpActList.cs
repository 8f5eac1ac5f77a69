using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>India's Digital Personal Data Protection Act, 2023 (Act 22 of 2023) with the DPDP Rules, 2025.</summary>
internal static class DpdpActList
{
    private const string Fiduciary = "data fiduciary";
    private const string Significant = "significant data fiduciary";
    private static readonly DateOnly s_main = new(2027, 5, 13);
    private static readonly DateOnly s_consentManagers = new(2026, 11, 13);

    internal static Checklist Create() => new(
        "dpdpa",
        "India: Digital Personal Data Protection Act, 2023",
        "Act 22 of 2023 with the Digital Personal Data Protection Rules, 2025, notified on 13 November 2025 and published in the Gazette the day after",
        Regulations.AsOf,
        [
            "Commencement is in three steps: definitions, the Data Protection Board and the power to make rules (ss. 1, 2, 18–26, 35, 38–43, parts of s. 44) at once; consent managers (s. 6(9), Rule 4) after one year; the duties below (ss. 3–17, Rules 3, 5–16, 22, 23) after eighteen months.",
            "The dates below are counted from 13 November 2025; counted from the Gazette's publication they are a day later.",
            "In January 2026 the ministry proposed shorter periods, above all for significant data fiduciaries. Whether they were notified is for the reader to check.",
            "The Act gives no right to an explanation of an automated decision and has no counterpart of GDPR Art. 22.",
        ],
        [
            Item("dpdpa-4", "Ground", "s. 4", "Process personal data only for a lawful purpose, with consent or for one of the legitimate uses of s. 7."),
            Item("dpdpa-5", "Ground", "s. 5, Rule 3", "Give a notice that can be understood by itself: which data, which purpose, how to withdraw consent, use one's rights and complain to the Board; in English or a language of the Eighth Schedule."),
            Item("dpdpa-6", "Ground", "s. 6(1)–(3)", "Ask for consent that is free, specific, informed, unconditional and unambiguous, by a clear act, and only for data that the purpose needs."),
            Item("dpdpa-6-withdrawal", "Ground", "s. 6(4)–(6)", "Make withdrawing as easy as consenting, and stop processing within a reasonable time, processors too."),
            Item("dpdpa-6-proof", "Ground", "s. 6(10)", "Be able to prove notice and consent."),
            Item("dpdpa-6-manager", "Ground", "s. 6(9), Rule 4", "Be registered with the Board.", "consent manager", s_consentManagers),
            Item("dpdpa-7", "Ground", "s. 7", "Where there is no consent, name the legitimate use that covers the processing."),
            Item("dpdpa-8-processor", "Duties", "s. 8(1), (2)", "Answer for processors, and use one only under a valid contract."),
            Item("dpdpa-8-accuracy", "Duties", "s. 8(3)", "See to it that personal data is complete, accurate and consistent where a decision about the person is made from it or it is passed on: also what a model predicts."),
            Item("dpdpa-8-measures", "Duties", "s. 8(4)", "Have technical and organisational measures that make the Act be kept."),
            Item("dpdpa-8-security", "Duties", "s. 8(5), Rule 6", "Protect personal data by reasonable safeguards: encryption or masking, access control, logs that are looked at and kept for a year, backups, contracts with processors.", note: "penalty up to ₹250 crore"),
            Item("dpdpa-8-breach", "Duties", "s. 8(6), Rule 7", "Tell the Board and every person affected of a breach without delay, and give the Board the details within 72 hours of learning of it.", note: "penalty up to ₹200 crore"),
            Item("dpdpa-8-erasure", "Duties", "s. 8(7), Rule 8", "Erase personal data when consent is withdrawn or the purpose is served, unless a law wants it kept; processors too. Think of training sets and features."),
            Item("dpdpa-8-contact", "Duties", "s. 8(9), Rule 9", "Publish who answers questions about the processing."),
            Item("dpdpa-8-grievance", "Duties", "ss. 8(10), 13, Rule 14", "Have a working way to redress grievances, with a published time."),
            Item("dpdpa-9-consent", "Children", "s. 9(1), Rule 10", "Process a child's data (below 18) only with a parent's verifiable consent.", note: "penalty up to ₹200 crore; exemptions in Rule 12"),
            Item("dpdpa-9-wellbeing", "Children", "s. 9(2)", "Do nothing with a child's data that is likely to harm its well-being."),
            Item("dpdpa-9-tracking", "Children", "s. 9(3)", "Do not track or monitor the behaviour of children, and direct no advertising at them."),
            Item("dpdpa-10-officer", "Significant data fiduciaries", "s. 10(2)(a)", "Appoint a data protection officer based in India who answers to the board.", Significant, s_main, "only for those whom the government names under s. 10(1)"),
            Item("dpdpa-10-auditor", "Significant data fiduciaries", "s. 10(2)(b)", "Appoint an independent data auditor.", Significant),
            Item("dpdpa-10-assessment", "Significant data fiduciaries", "s. 10(2)(c), Rule 13", "Assess the impact and have an audit every twelve months, and report to the Board.", Significant),
            Item("dpdpa-10-algorithms", "Significant data fiduciaries", "Rule 13", "Verify with due diligence that technical measures, algorithmic software among them, are not likely to put people's rights at risk.", Significant),
            Item("dpdpa-11", "Rights", "s. 11", "On request, give a summary of the data, of what is done with it, and with whom it was shared."),
            Item("dpdpa-12", "Rights", "s. 12", "On request, correct, complete, update and erase."),
            Item("dpdpa-14", "Rights", "s. 14", "Let people nominate who acts for them after death or incapacity."),
            Item("dpdpa-16", "Transfer", "s. 16, Rule 15", "Transfer data out of India only where the government has not restricted it, and under the terms it sets; stricter laws of a sector stand."),
        ]);

    private static ChecklistItem Item(string id, string section, string article, string duty, string who = Fiduciary, DateOnly? from = null, string? note = null) =>
        new(id, section, article, duty, who, from ?? s_main, note);
}
