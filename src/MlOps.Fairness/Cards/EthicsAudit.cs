using System.Globalization;

namespace MlOps.Fairness.Cards;

/// <summary>The ethics audit: what is asked of every model before it decides about people, and while it does.</summary>
/// <remarks>Items that a <see cref="FairnessReport"/> can decide are decided by it: met or not met, with the number as evidence. A person answers the rest, and cannot answer those.</remarks>
public static class EthicsAudit
{
    private const string FourFifths = "selection-rates";
    private const string Opportunity = "true-positive-rates";
    private const string Odds = "false-positive-rates";
    private const string SmallGroups = "group-sizes";
    private const double Rounding = 1e-12; // 0.4 − 0.3 is above 0.1 in doubles; the last digit must not decide

    /// <summary>The least ratio of selection rates that passes: four fifths, a rule of thumb of the US agencies (Uniform Guidelines, 29 CFR 1607.4(D), 1978), no proof of fairness.</summary>
    public const double LeastRatio = 0.8;

    /// <summary>The largest difference of true or false positive rates that passes: a convention of this list.</summary>
    public const double LargestDifference = 0.1;

    /// <summary>The least number of rows of a group whose rates are read: a convention of this list.</summary>
    public const long LeastRows = 30;

    private static readonly Checklist s_list = new(
        "ethics-audit",
        "Ethics audit of a model",
        "this course's audit",
        new DateOnly(2026, 11, 22),
        ["An item is met when somebody else can see that it is: give the file, the page or the number.", "Limits on rates are conventions; a lawyer and the people affected may want others."],
        [
            Item("representative", "Data", "Training data has the people the model will meet, in numbers that suffice for each group."),
            Item("imbalance", "Data", "Rare groups and rare outcomes are known, and what was done about them."),
            Item("consent", "Data", "Personal data was collected on a lawful ground, for this purpose, and consent can be withdrawn."),
            Item("labels", "Data", "The label means what the decision needs; it does not repeat an earlier unfair decision."),
            Item("lineage", "Data", "The version of the data is recorded, with its datasheet."),
            Item(SmallGroups, "Fairness", "Every group has enough rows for its rates to be read."),
            Item(FourFifths, "Fairness", "Selection rates of the groups are within four fifths of each other."),
            Item(Opportunity, "Fairness", "Those who deserve a positive decision get it about as often in every group."),
            Item(Odds, "Fairness", "Those who do not are selected about as often in every group."),
            Item("proxies", "Fairness", "Columns that stand for a sensitive one (PIN code, school, name, language) were looked for, and what was done about them."),
            Item("intersections", "Fairness", "Combinations of groups were looked at, not only one column at a time."),
            Item("trade-off", "Fairness", "Which notion of fairness was chosen, by whom, and what it costs, is written down."),
            Item("explanations", "Explanation", "A single decision can be explained, and the explanation was tested."),
            Item("plain-words", "Explanation", "A person affected gets the reasons in plain words and in their language."),
            Item("right-reasons", "Explanation", "It was checked that the model looks at what matters: the leaf, not the background."),
            Item("law", "Law", "It was determined which laws apply; their check-lists are filled in."),
            Item("impact", "Law", "The impact on people was assessed and signed."),
            Item("privacy", "Law", "Personal data is minimised, protected and deleted in time; leaks by the model were considered."),
            Item("oversight", "People", "A named person can overrule and stop the model, and is trained and has the time to."),
            Item("appeal", "People", "A person affected can object, and somebody answers."),
            Item("told", "People", "People are told that a model takes part in the decision."),
            Item("model-card", "Documentation", "There is a complete model card for this version."),
            Item("security", "Operation", "Attacks were considered: poisoned data, crafted inputs, stolen models."),
            Item("drift", "Operation", "Drift of inputs and outcomes is watched, with alerts that somebody answers."),
            Item("fairness-monitoring", "Operation", "Rates by group are measured again while it runs."),
            Item("rollback", "Operation", "Going back to the version before was tried."),
            Item("incidents", "Operation", "It is written down what happens when it hurts somebody, and who is told."),
            Item("retirement", "Operation", "It is decided when the model is looked at again or switched off."),
        ]);

    /// <summary>Makes the audit of answers and of a report.</summary>
    /// <param name="answers">What a person wrote; null for nothing yet.</param>
    /// <param name="report">What the model's decisions did to every group; null if that was not measured: then those items stay open.</param>
    /// <exception cref="CardFormatException">The answers are for another list, name an item that is not there, or set the status of an item that the report decides.</exception>
    public static Checklist Create(CardAnswers? answers = null, FairnessReport? report = null)
    {
        Checklist answered = s_list.With(answers ?? CardAnswers.None);
        return report is null ? answered : answered with { Items = [.. answered.Items.Select(item => Decide(item, report))] };
    }

    private static ChecklistItem Decide(ChecklistItem item, FairnessReport report)
    {
        if (item.Id is not (SmallGroups or FourFifths or Opportunity or Odds))
        {
            return item;
        }

        if (item.Status != ItemStatus.Open)
        {
            throw new CardFormatException($"'{item.Id}' is decided by the measured report; leave its status out and give reasons only.");
        }

        if (item.Id == SmallGroups)
        {
            string[] small = [.. report.Groups.Where(group => group.Counts.Total < LeastRows).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Group} ({group.Counts.Total} rows)"))];
            return item with
            {
                Status = small.Length == 0 ? ItemStatus.Met : ItemStatus.NotMet,
                Evidence = [.. item.Evidence, string.Create(CultureInfo.InvariantCulture, $"smallest group has {report.Groups.Min(group => group.Counts.Total):N0} rows")],
                Reason = small.Length == 0 ? item.Reason : Join(item.Reason, $"fewer than {LeastRows} rows: {string.Join(", ", small)}"),
            };
        }

        Func<OutcomeCounts, Rate> rate = item.Id switch
        {
            FourFifths => counts => counts.SelectionRate,
            Opportunity => counts => counts.TruePositiveRate,
            _ => counts => counts.FalsePositiveRate,
        };
        (string Group, double Value)[] defined = [.. report.Groups.Where(group => !group.IsSuppressed && rate(group.Counts).Value is not null).Select(group => (group.Group, rate(group.Counts).Value!.Value))];
        string[] undefined = [.. report.Groups.Where(group => !group.IsSuppressed && rate(group.Counts).Value is null).Select(group => group.Group)];
        if (defined.Length < 2 || (item.Id == FourFifths && defined.Max(group => group.Value) == 0))
        {
            return item with { Status = ItemStatus.NotMet, Reason = Join(item.Reason, defined.Length < 2 ? "fewer than two groups have this rate" : "nobody was selected, so there is no ratio") };
        }

        (string lowest, double least) = defined.MinBy(group => group.Value);
        (string highest, double most) = defined.MaxBy(group => group.Value);
        bool passes = item.Id == FourFifths ? least / most >= LeastRatio - Rounding : most - least <= LargestDifference + Rounding;
        string evidence = item.Id == FourFifths
            ? string.Create(CultureInfo.InvariantCulture, $"ratio {least / most:0.0000} (at least {LeastRatio}): {lowest} {least:0.0000}, {highest} {most:0.0000}")
            : string.Create(CultureInfo.InvariantCulture, $"difference {most - least:0.0000} (at most {LargestDifference}): {lowest} {least:0.0000}, {highest} {most:0.0000}");
        return item with
        {
            Status = passes ? ItemStatus.Met : ItemStatus.NotMet,
            Evidence = [.. item.Evidence, undefined.Length == 0 ? evidence : $"{evidence}; undefined for {string.Join(", ", undefined)}"],
        };
    }

    private static string Join(string? reason, string more) => string.IsNullOrEmpty(reason) ? more : $"{reason}; {more}";

    private static ChecklistItem Item(string id, string section, string duty) => new(id, section, "audit", duty, "owner of the model");
}
