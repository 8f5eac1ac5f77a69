using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>The EU's General Data Protection Regulation, the articles that a model meets.</summary>
internal static class GdprList
{
    private const string Controller = "controller";
    private static readonly DateOnly s_from = new(2018, 5, 25);

    internal static Checklist Create() => new(
        "gdpr",
        "EU: General Data Protection Regulation",
        "Regulation (EU) 2016/679, applied since 25 May 2018",
        Regulations.AsOf,
        [
            "The Commission's proposal of 19 November 2025 (the part of the digital omnibus on data) would change some articles, among them the time and threshold for telling a breach. This list gives the text without it; whether it was adopted is for the reader to check.",
            "Whether Arts. 13–15 and 22 give a right to an explanation of a single decision has been disputed; what they say outright is in the items.",
        ],
        [
            Item("gdpr-5-lawfulness", "Principles", "Art. 5(1)(a)", "Process lawfully, fairly and in a way the person can follow."),
            Item("gdpr-5-purpose", "Principles", "Art. 5(1)(b)", "Use data for the purpose it was collected for; say why training a model is compatible with it (Art. 6(4))."),
            Item("gdpr-5-minimisation", "Principles", "Art. 5(1)(c)", "Use no more data than the purpose needs: drop features that bring nothing."),
            Item("gdpr-5-accuracy", "Principles", "Art. 5(1)(d)", "Keep data accurate, and correct or erase what is not."),
            Item("gdpr-5-storage", "Principles", "Art. 5(1)(e)", "Keep data that identifies people no longer than needed."),
            Item("gdpr-5-accountability", "Principles", "Art. 5(2)", "Be able to show all of this."),
            Item("gdpr-6", "Ground", "Art. 6", "Name the lawful ground of each processing: of training and of deciding."),
            Item("gdpr-7", "Ground", "Arts. 4(11), 7", "Where it is consent: freely given, specific, informed, unambiguous, provable, as easy to withdraw as to give."),
            Item("gdpr-8", "Ground", "Art. 8", "Online services offered to children: consent of a parent below 16, or the lower age (13 at least) of the Member State."),
            Item("gdpr-9", "Ground", "Art. 9", "Do not process data on ethnic origin, opinions, religion, trade union membership, genes, biometrics, health or sex life unless an exception of Art. 9(2) holds; mind proxies.", note: "for finding and correcting bias see also Art. 4a of the AI Act"),
            Item("gdpr-10", "Ground", "Art. 10", "Process data on criminal convictions only under official authority or where law allows it."),
            Item("gdpr-12", "Information", "Art. 12", "Inform in plain words, and answer requests within a month."),
            Item("gdpr-13", "Information", "Arts. 13, 14", "Say who, why, on which ground, to whom and for how long; where Art. 22 decisions are made, meaningful information about the logic involved and what it may lead to (Arts. 13(2)(f), 14(2)(g))."),
            Item("gdpr-15", "Rights", "Art. 15", "Give access to the data, and to the logic of Art. 22 decisions (Art. 15(1)(h))."),
            Item("gdpr-16", "Rights", "Arts. 16, 17", "Correct and erase on request, in features and training sets too where they hold the person's data."),
            Item("gdpr-18", "Rights", "Arts. 18–20", "Restrict processing, pass corrections on, hand data over in a common format."),
            Item("gdpr-21", "Rights", "Art. 21", "Stop on objection where the ground is public or legitimate interest, unless compelling grounds prevail."),
            Item("gdpr-22", "Rights", "Art. 22", "Make no decision with legal or similarly significant effect by automated means alone, profiling included, unless a contract needs it, law allows it, or the person explicitly consents; then offer a human's intervention, a hearing and a way to contest it. Special categories only under Art. 22(4)."),
            Item("gdpr-25", "Organisation", "Art. 25", "Build data protection in, by design and by default."),
            Item("gdpr-28", "Organisation", "Arts. 26, 28", "Settle who answers for what with joint controllers, and bind processors by contract."),
            Item("gdpr-30", "Organisation", "Art. 30", "Keep a record of processing activities.", "controller and processor"),
            Item("gdpr-32", "Organisation", "Arts. 5(1)(f), 32", "Secure the data according to the risk: pseudonyms, encryption, tests.", "controller and processor"),
            Item("gdpr-33", "Organisation", "Art. 33", "Tell the supervisory authority of a breach within 72 hours of learning of it, unless a risk is unlikely; keep a record of it."),
            Item("gdpr-34", "Organisation", "Art. 34", "Tell the people affected without undue delay where the risk is high."),
            Item("gdpr-35", "Organisation", "Art. 35", "Assess the impact before processing that is likely to bring a high risk: always for systematic and extensive evaluation of people by automated means on which such decisions rest (Art. 35(3)(a)), and for special categories on a large scale."),
            Item("gdpr-36", "Organisation", "Art. 36", "Consult the authority first if a high risk remains."),
            Item("gdpr-37", "Organisation", "Arts. 37–39", "Appoint a data protection officer where public bodies, regular monitoring on a large scale or special categories on a large scale are involved.", "controller and processor"),
            Item("gdpr-44", "Transfer", "Arts. 44–49", "Transfer data out of the EEA only with an adequacy decision, suitable safeguards, or an exception of Art. 49.", "controller and processor"),
        ]);

    private static ChecklistItem Item(string id, string section, string article, string duty, string who = Controller, string? note = null) =>
        new(id, section, article, duty, who, s_from, note);
}
