using MlOps.Charts;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>The charts of a class report.</summary>
internal static class ClassFigures
{
    /// <summary>Fewer students than this are better read as a list.</summary>
    internal const int FewestStudents = 3;

    private const int Bins = 10;

    internal static Figure Totals(IReadOnlyList<double> totals)
    {
        string[] labels = [.. Enumerable.Range(0, Bins).Select(i => FormattableString.Invariant($"{i * 10}–{(i + 1) * 10}"))];
        double[] sorted = [.. totals.Order()];
        return Chart.Bar(labels, Counts(totals))
            .Titled($"Half of the class has {Amount.Percent(Median(sorted))} of the points or more", $"{Amount.Count(totals.Count, "student")} who handed in; a bar includes its lower end, the last one both")
            .XAxis("share of the points", "%").YAxis("students");
    }

    /// <summary>How many shares fall into each tenth; what is above 1 goes to the last.</summary>
    internal static double[] Counts(IReadOnlyList<double> shares)
    {
        double[] counts = new double[Bins];
        foreach (double share in shares)
        {
            counts[Math.Clamp((int)Math.Floor(share * Bins + 1e-9), 0, Bins - 1)]++; // 0.7 may be a hair below 7 / 10
        }

        return counts;
    }

    /// <summary>Null where no exercise has enough students.</summary>
    internal static Figure? Difficulty(ClassReport report)
    {
        ItemStatistics[] items = [.. report.Exercises.Where(item => item.Students >= FewestStudents)];
        if (items.Length == 0)
        {
            return null;
        }

        ItemStatistics hardest = items.MinBy(item => item.MeanShare)!;
        double[] percent = [.. items.Select(item => 100 * item.MeanShare)];
        double[] half = [.. items.Select(item => 100 * ItemStatistics.NormalQuantile * item.StandardError)];
        return Chart.HorizontalBar(Labels(report, items), percent)
            .WithErrors([.. half.Select((h, i) => Math.Max(0, Math.Min(h, percent[i])))], [.. half.Select((h, i) => Math.Min(h, Math.Max(0, 100 - percent[i])))])
            .Titled($"{hardest.Exercise} was the hardest: {Amount.Percent(hardest.MeanShare)} of its points on average", $"{Sizes(items)}; lines are about 95 % intervals of the mean")
            .XAxis("mean share of the points", "%", 0, Math.Max(100, percent.Max()))
            .Height(Height(items.Length));
    }

    /// <summary>Null where no exercise has a discrimination with an interval: without one, r says too much.</summary>
    internal static Figure? Discrimination(ClassReport report)
    {
        ItemStatistics[] items = [.. report.Exercises.Where(item => !double.IsNaN(item.Low))];
        if (items.Length == 0)
        {
            return null;
        }

        ItemStatistics lowest = items.MinBy(item => item.Discrimination)!;
        double[] values = [.. items.Select(item => item.Discrimination)];
        return Chart.HorizontalBar(Labels(report, items), values)
            .WithErrors([.. items.Select(item => item.Discrimination - item.Low)], [.. items.Select(item => item.High - item.Discrimination)])
            .Titled($"{lowest.Exercise} goes least with the rest of its week: r = {Amount.Signed(lowest.Discrimination)}", $"{Sizes(items)}; lines are about 95 % intervals")
            .XAxis("correlation with the other exercises of the week", min: Math.Min(-0.5, Math.Floor(items.Min(item => item.Low) * 4) / 4), max: 1)
            .Height(Height(items.Length));
    }

    internal static Figure Statuses(ClassReport report)
    {
        (string Id, ExerciseStatus[] Statuses)[] exercises =
        [
            .. from week in report.Weeks
               from exercise in week.Exercises
               select (exercise.Id, report.Statuses(week, exercise).ToArray()),
        ];
        string[] ids = [.. exercises.Select(exercise => exercise.Id)];
        (string Name, Values Values)[] series =
        [
            .. from status in Enum.GetValues<ExerciseStatus>()
               let shares = exercises.Select(exercise => 100.0 * exercise.Statuses.Count(s => s == status) / Math.Max(1, exercise.Statuses.Length)).ToArray()
               where shares.Any(share => share > 0)
               select (Wording.OfStatus(status), (Values)shares),
        ];
        double attempted = exercises.Average(exercise => exercise.Statuses.Length == 0 ? 0 : (double)exercise.Statuses.Count(status => status is ExerciseStatus.Graded or ExerciseStatus.AwaitsMarks or ExerciseStatus.DoesNotCompile) / exercise.Statuses.Length);
        return Chart.StackedBars(ids, series)
            .Titled($"{Amount.Percent(attempted)} of all exercises were attempted", $"{Amount.Count(report.Totals.Count, "student")} who handed in")
            .XAxis("exercise").YAxis("share of submissions", "%", 0, 100);
    }

    internal static double Median(double[] sorted) => sorted.Length == 0
        ? double.NaN
        : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static string[] Labels(ClassReport report, ItemStatistics[] items)
    {
        Dictionary<string, Exercise> byId = report.Weeks.SelectMany(week => week.Exercises).ToDictionary(exercise => exercise.Id);
        return [.. items.Select(item => $"{item.Exercise} {PlainText.Line(byId[item.Exercise].Title)}")];
    }

    private static string Sizes(ItemStatistics[] items)
    {
        (int least, int most) = (items.Min(item => item.Students), items.Max(item => item.Students));
        return least == most ? Amount.Count(most, "submission") : FormattableString.Invariant($"{least} to {most} submissions");
    }

    private static int Height(int bars) => 150 + 32 * bars;
}
