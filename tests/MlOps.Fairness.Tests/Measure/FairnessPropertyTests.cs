using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Fairness.Tests.Measure;

public sealed class FairnessPropertyTests
{
    private static readonly Arbitrary<(int Group, bool Label, bool Prediction)[]> s_rows = ArbMap.Default.GeneratorFor<bool>()
        .SelectMany(label => ArbMap.Default.GeneratorFor<bool>().SelectMany(prediction => Gen.Choose(0, 3).Select(group => (group, label, prediction))))
        .NonEmptyListOf()
        .Select(rows => rows.ToArray())
        .ToArbitrary();

    [Fact]
    public void Of_RowsInAnotherOrder_ChangesNothing() => Check.QuickThrowOnFailure(Prop.ForAll(s_rows, rows =>
        Of(rows).ToJson() == Of([.. rows.Reverse()]).ToJson()));

    [Fact]
    public void Of_RowsTwice_ChangesNoRate() => Check.QuickThrowOnFailure(Prop.ForAll(s_rows, rows =>
        Of(rows).Metrics.Zip(Of([.. rows, .. rows]).Metrics, (once, twice) => Near(once.Value, twice.Value)).All(same => same)));

    [Fact]
    public void Of_RenamedGroups_ChangesNoDifference() => Check.QuickThrowOnFailure(Prop.ForAll(s_rows, rows =>
        Of(rows).Metrics.Where(IsSymmetric).Zip(Of([.. rows.Select(row => (3 - row.Group, row.Label, row.Prediction))]).Metrics.Where(IsSymmetric), (one, other) => Near(one.Value, other.Value)).All(same => same)));

    [Fact]
    public void Of_SwappedClasses_SwapsTheRates() => Check.QuickThrowOnFailure(Prop.ForAll(s_rows, rows =>
    {
        FairnessReport swapped = Of([.. rows.Select(row => (row.Group, !row.Label, !row.Prediction))]);
        return Of(rows).Groups.Zip(swapped.Groups, (one, other) =>
            one.Counts.TruePositiveRate == other.Counts.TrueNegativeRate && one.Counts.PositivePredictiveValue == other.Counts.NegativePredictiveValue).All(same => same);
    }));

    [Fact]
    public void Metrics_Always_KeepTheirRange() => Check.QuickThrowOnFailure(Prop.ForAll(s_rows, rows =>
    {
        FairnessReport report = Of(rows);
        return report.Metrics.Where(metric => metric.Name.EndsWith("ParityDifference", StringComparison.Ordinal) && metric.Name[0] != 's').All(metric => metric.Value is null or (>= 0 and <= 1))
            && report.Metrics.Where(metric => metric.Name.EndsWith("Ratio", StringComparison.Ordinal)).All(metric => metric.Value is null or (>= 0 and <= 1))
            && report["equalizedOddsDifference"].Value is var odds && (odds is null || odds >= report["equalOpportunityDifference"].Value)
            && report["betweenGroupTheilShare"].Value is null or (>= -1e-12 and <= 1 + 1e-12)
            && report.Groups.All(group => group.Counts.SelectionRate.Wilson() is not { } interval
                || (interval.Low <= group.Counts.SelectionRate.Value && group.Counts.SelectionRate.Value <= interval.High && interval.Low >= 0 && interval.High <= 1));
    }));

    private static bool IsSymmetric(ParityMetric metric) =>
        metric.Name is not ("statisticalParityDifference" or "disparateImpact" or "averageOddsDifference" or "averageAbsoluteOddsDifference"); // ties between largest groups go by name

    private static bool Near(double? one, double? other) => one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) < 1e-12;

    private static FairnessReport Of((int Group, bool Label, bool Prediction)[] rows) => FairnessReport.Of(
        [.. rows.Select(row => row.Label)], [.. rows.Select(row => row.Prediction)], Groups.Of("g", rows.Select(row => "abcd"[row.Group].ToString())));
}
