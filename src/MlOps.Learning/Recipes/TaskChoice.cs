using MlOps.Data;

namespace MlOps.Learning.Recipes;

/// <summary>What a label column asks for, and why.</summary>
/// <param name="Task">Classes or numbers.</param>
/// <param name="Reason">A clause that goes on after "because": <c>'price' holds 12.5, which is no whole number</c>.</param>
public sealed record TaskChoice(LearningTask Task, string Reason)
{
    // As many classes as a person can still list, or one in twenty rows: beyond both, whole numbers are taken for amounts.
    private const int FewNumbers = 20;
    private const double FewShare = 0.05;

    /// <summary>Looks at a label column.</summary>
    /// <remarks>Text and truth values are classes. Numbers are amounts if one is not whole, or if there are more than 20 different ones and more than one in twenty rows.</remarks>
    /// <exception cref="ArgumentException">The column holds times, or no value at all.</exception>
    public static TaskChoice Of(Column label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (label.MissingCount == label.Count)
        {
            throw new ArgumentException($"Label column '{label.Name}' holds no value{(label.Count == 0 ? ": the table has no rows" : "")}.", nameof(label));
        }

        return label switch
        {
            StringColumn => new TaskChoice(LearningTask.Classification, $"'{label.Name}' holds text"),
            Column<bool> => new TaskChoice(LearningTask.Classification, $"'{label.Name}' holds truth values"),
            Column<long> whole => OfWhole(label, whole.Present().Distinct().Count()),
            Column<double> numbers => OfNumbers(numbers),
            _ => throw new ArgumentException($"Label column '{label.Name}' holds times; classes are text, truth values or whole numbers, and a regression predicts numbers.", nameof(label)),
        };
    }

    private static TaskChoice OfNumbers(Column<double> label)
    {
        double[] present = label.Present();
        int broken = Array.FindIndex(present, value => value != Math.Floor(value));
        return broken < 0
            ? OfWhole(label, present.Distinct().Count())
            : new TaskChoice(LearningTask.Regression, FormattableString.Invariant($"'{label.Name}' holds {present[broken]}, which is no whole number"));
    }

    private static TaskChoice OfWhole(Column label, int distinct)
    {
        int present = label.Count - label.MissingCount;
        bool many = distinct > FewNumbers && distinct > FewShare * present;
        return new TaskChoice(
            many ? LearningTask.Regression : LearningTask.Classification,
            FormattableString.Invariant($"'{label.Name}' holds {distinct} different whole numbers in {present} rows"));
    }
}
