using MlOps.Data;
using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

public sealed class SegmentPerformanceTests
{
    /// <summary>Oracle: SciPy 1.10.1, binomtest and chi2_contingency without correction.</summary>
    [Fact]
    public void Measure_Shares_EqualSciPy() =>
        Assert.All(Read<ShareCase[]>("shares"), known =>
        {
            // Accuracy: the score is 1 and the label says whether that was right.
            double[] scores = new double[known.N + known.OtherN];
            Array.Fill(scores, 1);
            bool[] labels = [.. Enumerable.Range(0, known.N).Select(i => i < known.Hits), .. Enumerable.Range(0, known.OtherN).Select(i => i < known.OtherHits)];
            string?[] group = [.. Enumerable.Range(0, scores.Length).Select(i => i < known.N ? "here" : "there")];
            SegmentResult here = SegmentPerformance.Measure(scores, labels, new Dictionary<string, string?[]> { ["group"] = group })
                .Segments.Single(segment => segment.Segment == "here");

            Assert.Equal(known.Lower, here.Lower, 1e-9);
            Assert.Equal(known.Upper, here.Upper, 1e-9);
            Assert.Equal(known.P, here.PValue!.Value, 1e-9);
        });

    [Fact]
    public void Measure_OneBadSegment_IsFirstAndFlagged()
    {
        var random = new Random(31);
        double[] scores = new double[4000];
        bool[] labels = new bool[4000];
        string?[] region = new string?[4000];
        for (int i = 0; i < 4000; i++)
        {
            region[i] = i % 100 == 0 ? null : i % 400 == 1 ? "tiny" : ((string[])["north", "south", "east", "west"])[i % 4];
            scores[i] = random.NextDouble();
            labels[i] = random.NextDouble() < (region[i] == "south" ? 0.5 : scores[i]); // nothing to learn in the south
        }

        foreach (PerformanceMetric metric in new[] { PerformanceMetric.Accuracy, PerformanceMetric.RocAuc, PerformanceMetric.Recall, PerformanceMetric.Precision })
        {
            var measured = SegmentPerformance.Measure(
                scores, labels, new Dictionary<string, string?[]> { ["region"] = region }, new SegmentOptions { Metric = metric });
            SegmentResult worst = measured.Segments[0];

            Assert.Equal("south", worst.Segment);
            Assert.True(worst.IsWorse);
            Assert.True(worst.Upper < worst.Rest);
            Assert.Equal(1, measured.Segments.Count(segment => segment.IsWorse));
            Assert.Contains(measured.Segments, segment => segment.Segment == "(missing)");
            Assert.True(measured.Segments.Single(segment => segment.Segment == "tiny") is { TooSmall: true, PValue: null });
            Assert.Contains("south", measured.Chart().ToString(), StringComparison.Ordinal);
            Assert.Contains("▲ worse", measured.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Measure_Table_CountsWhatIsMissingAndRefusesDecimals()
    {
        var table = new Table(
            Column.Of("score", 0.9, 0.1, null, 0.8),
            Column.Of("label", true, false, true, null),
            Column.Of("kind", "a", "b", "a", "b"),
            Column.Of("income", 1.5, 2.5, 3.5, 4.5));
        var measured = SegmentPerformance.Measure(table, "score", "label", ["kind"]);

        Assert.Equal((2, 2), (measured.RowCount, measured.Skipped));
        Assert.Contains("2 rows without score or label", measured.ToString(), StringComparison.Ordinal);
        Assert.Contains("bins", Assert.Throws<ArgumentException>(() => SegmentPerformance.Measure(table, "score", "label", ["income"])).Message, StringComparison.Ordinal);
        Assert.Equal("label", Assert.Throws<ArgumentException>(() => SegmentPerformance.Measure(table, "score", "income", ["kind"])).ParamName);
    }

    [Fact]
    public void Measure_OneCategory_HasNoRest()
    {
        var measured = SegmentPerformance.Measure(new double[50], new bool[50], new Dictionary<string, string?[]> { ["all"] = new string?[50] });

        SegmentResult only = Assert.Single(measured.Segments);
        Assert.Equal("(missing)", only.Segment);
        Assert.Null(only.PValue);
        Assert.Equal(double.NaN, only.Rest);
    }

    [Fact]
    public void Measure_OtherMetric_IsRefused() => Assert.Equal("Metric", Assert.Throws<ArgumentOutOfRangeException>(() => SegmentPerformance.Measure(
        [1], [true], new Dictionary<string, string?[]> { ["x"] = ["a"] }, new SegmentOptions { Metric = PerformanceMetric.LogLoss })).ParamName);
}
