using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>Frameworks without the force of law.</summary>
internal static class FrameworkLists
{
    private const string Organisation = "organisation";

    internal static Checklist Nist() => new(
        "nist-ai-rmf",
        "NIST: AI Risk Management Framework",
        "AI Risk Management Framework 1.0, NIST AI 100-1, 26 January 2023",
        Regulations.AsOf,
        ["Voluntary. The four functions with their categories; the subcategories are in the framework and its playbook."],
        [
            Item("nist-govern-1", "Govern", "Govern 1", "Policies and procedures for mapping, measuring and managing AI risks exist and are followed."),
            Item("nist-govern-2", "Govern", "Govern 2", "It is settled who answers for what, and they are trained."),
            Item("nist-govern-3", "Govern", "Govern 3", "People of different kinds take part in deciding about risks."),
            Item("nist-govern-4", "Govern", "Govern 4", "Teams think critically and speak about risks."),
            Item("nist-govern-5", "Govern", "Govern 5", "People outside, those affected among them, are heard."),
            Item("nist-govern-6", "Govern", "Govern 6", "Risks of software and data of others are covered."),
            Item("nist-map-1", "Map", "Map 1", "The context is known: purpose, users, laws, assumptions."),
            Item("nist-map-2", "Map", "Map 2", "The system is categorised: what it does, and by which method."),
            Item("nist-map-3", "Map", "Map 3", "Capabilities, benefits and costs are compared with the alternatives."),
            Item("nist-map-4", "Map", "Map 4", "Risks and benefits of every component are mapped, also those of others."),
            Item("nist-map-5", "Map", "Map 5", "Impacts on people, groups and society are described."),
            Item("nist-measure-1", "Measure", "Measure 1", "Suitable methods and metrics are chosen, for the gravest risks first."),
            Item("nist-measure-2", "Measure", "Measure 2", "The system is evaluated for trustworthiness: valid, safe, secure, accountable, explainable, private, fair."),
            Item("nist-measure-3", "Measure", "Measure 3", "Known and new risks are followed over time."),
            Item("nist-measure-4", "Measure", "Measure 4", "It is checked whether the measuring works."),
            Item("nist-manage-1", "Manage", "Manage 1", "Risks are ranked and answered; going on or stopping is decided."),
            Item("nist-manage-2", "Manage", "Manage 2", "There are plans to get the benefits and to limit the harm, switching off among them."),
            Item("nist-manage-3", "Manage", "Manage 3", "Risks from third parties are managed."),
            Item("nist-manage-4", "Manage", "Manage 4", "Treatments, response, recovery and communication are documented and watched."),
        ]);

    internal static Checklist ModelRisk() => new(
        "sr-11-7",
        "US banks: model risk management",
        "SR 11-7 of the Federal Reserve (OCC Bulletin 2011-12), 4 April 2011; superseded by SR 26-2 (OCC Bulletin 2026-13) on 17 April 2026",
        Regulations.AsOf,
        ["SR 11-7 no longer stands; its three parts are still how many firms, and not only banks, organise model risk. A bank supervised in the US reads SR 26-2, which this list does not reproduce."],
        [
            Item("sr-development", "Development and use", "SR 11-7, part on development", "Purpose, theory, data and assumptions of the model are documented and suit its use."),
            Item("sr-testing", "Development and use", "SR 11-7, part on development", "It was tested over the range of inputs it will meet, stressed ones too."),
            Item("sr-use", "Development and use", "SR 11-7, part on use", "Users know its limits, and uncertainty is treated with caution."),
            Item("sr-validation", "Validation", "SR 11-7, part on validation", "People who did not build it, with competence and influence, have challenged it."),
            Item("sr-soundness", "Validation", "SR 11-7, part on validation", "Its concept is sound."),
            Item("sr-monitoring", "Validation", "SR 11-7, part on validation", "It is monitored while it runs, and compared with benchmarks."),
            Item("sr-outcomes", "Validation", "SR 11-7, part on validation", "Predictions are compared with outcomes."),
            Item("sr-vendor", "Validation", "SR 11-7, part on validation", "Models of vendors are validated too."),
            Item("sr-policy", "Governance", "SR 11-7, part on governance", "Board and management set policy, roles and controls."),
            Item("sr-inventory", "Governance", "SR 11-7, part on governance", "There is an inventory of all models with owner, use and state of validation."),
            Item("sr-audit", "Governance", "SR 11-7, part on governance", "Internal audit looks at the framework."),
            Item("sr-documentation", "Governance", "SR 11-7, part on governance", "Others could run and understand the model from its documentation."),
        ]);

    internal static Checklist IndiaAi() => new(
        "india-ai",
        "India: AI governance guidelines",
        "India AI Governance Guidelines, Ministry of Electronics and Information Technology, November 2025",
        Regulations.AsOf,
        ["Voluntary: seven principles (sutras). The guidelines lean on laws that exist and propose no act of their own. What a team does for each principle is our reading."],
        [
            Item("india-trust", "Principles", "Trust is the foundation", "Claims about the system can be verified."),
            Item("india-people", "Principles", "People first", "People oversee the system and can overrule it."),
            Item("india-innovation", "Principles", "Innovation over restraint", "Risks are limited without stopping what is useful: the benefit is written down too."),
            Item("india-fairness", "Principles", "Fairness and equity", "Outcomes were measured by group, and bias was treated."),
            Item("india-accountability", "Principles", "Accountability", "It is settled who answers for what along the chain, and how grievances are redressed."),
            Item("india-understandable", "Principles", "Understandable by design", "Decisions can be explained to users and people affected."),
            Item("india-safety", "Principles", "Safety, resilience and sustainability", "The system stands faults and attacks, and its use of resources is known."),
        ]);

    private static ChecklistItem Item(string id, string section, string article, string duty) => new(id, section, article, duty, Organisation);
}
