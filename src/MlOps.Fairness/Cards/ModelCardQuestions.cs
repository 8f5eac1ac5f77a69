using static MlOps.Fairness.Cards.CardTemplate;

namespace MlOps.Fairness.Cards;

/// <summary>The nine sections of a model card after Mitchell et al. (2019); owners, changes, formats, trade-offs and mitigations as the model card toolkit's schema names them.</summary>
internal static class ModelCardQuestions
{
    internal const string Details = "model-details";
    internal const string EvaluationData = "evaluation-data";
    internal const string TrainingData = "training-data";
    internal const string Analyses = "quantitative-analyses";
    internal const string Warnings = "quantitative-analyses.warnings";

    internal static CardTemplate Template { get; } = new("model-card",
    [
        Section(
            Details,
            "Model details",
            ("name", true, "What is the model called?"),
            ("version", true, "Which version is this?"),
            ("changes", false, "What is different from the version before?"),
            ("date", true, "When was it trained?"),
            ("owners", true, "Who built it and who answers for it?"),
            ("contact", true, "Where do questions and complaints go?"),
            ("type", true, "What kind of model is it, and how was it trained?"),
            ("inputs", true, "What does it take, in which form?"),
            ("outputs", true, "What does it return, and what does a value mean?"),
            ("training-run", false, "Which run trained it?"),
            ("file", false, "Which file is it (digest)?"),
            ("licence", true, "Under which licence may it be used?"),
            ("references", false, "Where is more written about it?"),
            ("citation", false, "How is it cited?")),
        Section(
            "intended-use",
            "Intended use",
            ("primary-uses", true, "Which decisions or tasks is it made for?"),
            ("primary-users", true, "Who is meant to use it?"),
            ("out-of-scope", true, "For what must it not be used, though somebody might?")),
        Section(
            "factors",
            "Factors",
            ("relevant", true, "Which groups of people, devices and surroundings may change how well it works?"),
            ("evaluated", true, "For which of them was it measured, and why not for the others?")),
        Section(
            "metrics",
            "Metrics",
            ("measures", true, "Which measures were chosen, and what does an error of each kind cost whom?"),
            ("thresholds", true, "Which decision thresholds are used, and who chose them?"),
            ("uncertainty", true, "How was the uncertainty of the numbers estimated?")),
        Section(
            EvaluationData,
            "Evaluation data",
            ("datasets", true, "On which data was it measured?"),
            ("motivation", true, "Why these?"),
            ("preprocessing", false, "How were they prepared?"),
            ("sensitive", true, "Which personal or sensitive columns do they hold?")),
        Section(
            TrainingData,
            "Training data",
            ("datasets", true, "On which data was it trained?"),
            ("preprocessing", false, "How were they prepared?"),
            ("sensitive", true, "Which personal or sensitive columns do they hold, and does the model see them?"),
            ("representation", true, "Who is missing or rare in them, compared with the people the model is used on?")),
        Section(
            Analyses,
            "Quantitative analyses",
            ("warnings", false, "What must be known before the numbers are read?"),
            ("findings", true, "What do the numbers say, by group and by combination of groups?")),
        Section(
            "ethical-considerations",
            "Ethical considerations",
            ("human-life", true, "Which decisions about people's health, freedom, money or work hang on it?"),
            ("risks", true, "Whom can it hurt, how, how likely and how badly?"),
            ("mitigations", true, "What was done against each of these risks?"),
            ("fraught-uses", false, "Which uses are known to be delicate?"),
            ("oversight", true, "Who can overrule it, and how does a person affected object?")),
        Section(
            "caveats",
            "Caveats and recommendations",
            ("limitations", true, "Where does it work badly or not at all?"),
            ("trade-offs", false, "What was given up for what: accuracy, fairness, speed, explainability?"),
            ("monitoring", true, "What is watched while it runs, and when is it switched off?"),
            ("recommendations", false, "What should be tested or improved next?")),
    ]);
}
