using static MlOps.Fairness.Cards.CardTemplate;

namespace MlOps.Fairness.Cards;

/// <summary>The seven sections of a datasheet after Gebru et al. (2021).</summary>
internal static class DatasheetQuestions
{
    internal const string Composition = "composition";
    internal const string Instances = "composition.instances";
    internal const string Missing = "composition.missing";
    internal const string Version = "distribution.version";

    internal static CardTemplate Template { get; } = new("datasheet",
    [
        Section(
            "motivation",
            "Motivation",
            ("purpose", true, "For which task was it made, and which gap did it fill?"),
            ("creators", true, "Who made it, on whose behalf?"),
            ("funding", false, "Who paid for it?")),
        Section(
            Composition,
            "Composition",
            ("instances", true, "What does a row stand for, and how many are there?"),
            ("sampling", true, "Is it everything or a sample; how was the sample drawn, and whom does it stand for?"),
            ("labels", true, "Is there a label, and what exactly does it mean?"),
            ("missing", true, "What is missing, and why?"),
            ("relations", false, "Do rows belong together (one person, one household, one day)?"),
            ("splits", false, "Which splits are recommended, and why?"),
            ("errors", true, "Which errors, noise and duplicates are known?"),
            ("external", false, "Does it hang on something outside it that may vanish?"),
            ("confidential", true, "Does it hold anything confidential?"),
            ("offensive", false, "Does it hold anything that may offend or frighten?"),
            ("subpopulations", true, "Which groups of people are in it, and how large are they?"),
            ("identification", true, "Can a person be recognised, directly or together with other data?"),
            ("sensitive", true, "Does it hold caste, religion, health, opinions, money, location or identity numbers, or something that stands for them?")),
        Section(
            "collection",
            "Collection process",
            ("how", true, "How was each value obtained: measured, told, derived by a model?"),
            ("who", false, "Who collected it, and how were they paid?"),
            ("when", true, "When was it collected, and from when are the events in it?"),
            ("review", false, "Did an ethics board look at it, and what did it say?"),
            ("notice", true, "Were the people told, by whom, in which words?"),
            ("consent", true, "On which lawful ground was it collected; how can consent be withdrawn?"),
            ("impact", false, "Was the effect on the people in it assessed?")),
        Section(
            "preprocessing",
            "Preprocessing, cleaning, labelling",
            ("steps", true, "What was done to the raw data?"),
            ("raw", false, "Is the raw data kept, and where?"),
            ("software", false, "With which software, and can others run it?")),
        Section(
            "uses",
            "Uses",
            ("used", true, "What has it been used for?"),
            ("repository", false, "Where are works that use it listed?"),
            ("other", false, "What else could it be used for?"),
            ("harm", true, "What in its making could make a use of it unfair or harmful, and what helps against it?"),
            ("unsuitable", true, "For what must it not be used?")),
        Section(
            "distribution",
            "Distribution",
            ("version", false, "Which version is this (digest)?"),
            ("recipients", true, "Who gets it, and how?"),
            ("licence", true, "Under which licence or terms?"),
            ("restrictions", false, "Do rights of others or export rules limit it?")),
        Section(
            "maintenance",
            "Maintenance",
            ("owner", true, "Who looks after it, and how are they reached?"),
            ("updates", true, "How often is it updated, by whom, and how do users hear of it?"),
            ("retention", true, "When must the data about people be deleted, and who sees to it?"),
            ("old-versions", false, "Are old versions kept?"),
            ("contributions", false, "How can others mend or extend it?")),
    ]);
}
