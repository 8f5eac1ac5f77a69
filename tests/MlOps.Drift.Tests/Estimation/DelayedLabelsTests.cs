using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

public sealed class DelayedLabelsTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FixedClock _clock = new(Start.AddDays(400));

    [Fact]
    public void AddLabel_EveryOutcome_IsToldAndCounted()
    {
        var labels = new DelayedLabels(new DelayedLabelsOptions { LateAfter = TimeSpan.FromDays(30) }, _clock);
        Assert.Equal(PredictionOutcome.Accepted, labels.LogPrediction("a", Start.AddDays(2), 0.9));
        Assert.Equal(PredictionOutcome.AcceptedOutOfOrder, labels.LogPrediction("b", Start, 0.2));
        Assert.Equal(PredictionOutcome.Duplicate, labels.LogPrediction("a", Start.AddDays(3), 0.1));
        Assert.Equal(PredictionOutcome.InvalidScore, labels.LogPrediction("c", Start, double.NaN));
        Assert.Equal(PredictionOutcome.InFuture, labels.LogPrediction("d", Start.AddDays(500), 0.5));
        Assert.Equal(LabelOutcome.Joined, labels.AddLabel("a", Start.AddDays(10), true));
        Assert.Equal(LabelOutcome.Duplicate, labels.AddLabel("a", Start.AddDays(11), true));
        Assert.Equal(LabelOutcome.Contradictory, labels.AddLabel("a", Start.AddDays(12), false));
        Assert.Equal(LabelOutcome.JoinedLate, labels.AddLabel("b", Start.AddDays(31), false));
        Assert.Equal(LabelOutcome.Waiting, labels.AddLabel("e", Start.AddDays(5), true));
        Assert.Equal(LabelOutcome.Duplicate, labels.AddLabel("e", Start.AddDays(5), true));
        Assert.Equal(LabelOutcome.InFuture, labels.AddLabel("b", Start.AddDays(500), true));
        Assert.Equal(PredictionOutcome.Accepted, labels.LogPrediction("f", Start.AddDays(6), 0.4));
        Assert.Equal(LabelOutcome.BeforePrediction, labels.AddLabel("f", Start.AddDays(5), true));

        LabelCounts counts = labels.Counts;
        Assert.Equal(counts.Labels, counts.Joined + counts.Waiting + counts.Dropped + counts.Duplicates + counts.Contradictory + counts.BeforePrediction + counts.FutureLabels);
        Assert.Equal(counts.Received, counts.Kept + counts.Evicted + counts.DuplicatePredictions + counts.InvalidScores + counts.FuturePredictions);
        Assert.True(labels.Predictions.First().Label); // the first label stays
        Assert.Equal(10, counts.Problems().Count);
    }

    [Fact]
    public void LogPrediction_LabelCameFirst_IsJoined()
    {
        var labels = new DelayedLabels(null, _clock);
        labels.AddLabel("a", Start.AddDays(5), true);
        labels.LogPrediction("a", Start, 0.7);

        Assert.Equal((1, 0), (labels.Counts.Joined, labels.Counts.Waiting));
    }

    [Fact]
    public void Limits_Memory_GiveUpTheOldestAndCountIt()
    {
        var labels = new DelayedLabels(new DelayedLabelsOptions { MaxPredictions = 10, MaxWaiting = 5 }, _clock);
        for (int i = 0; i < 100; i++)
        {
            labels.LogPrediction($"p{i}", Start.AddHours(i), 0.5);
            labels.AddLabel($"w{i}", Start, true);
            labels.AddLabel($"p{i}", Start.AddHours(i + 1), true);
        }

        Assert.Equal((10, 90), (labels.Counts.Kept, labels.Counts.Evicted));
        Assert.Equal((5, 95), (labels.Counts.Waiting, labels.Counts.Dropped));
        Assert.Equal("p90", labels.Predictions.First().Id);
    }

    [Fact]
    public void Save_Load_GoesOnExactly()
    {
        var random = new Random(3);
        var labels = new DelayedLabels(new DelayedLabelsOptions { MaxPredictions = 50, MaxWaiting = 20 }, _clock);
        Feed(labels, random, 200, 0);
        var loaded = DelayedLabels.FromJson(labels.ToJson(), _clock);
        Feed(labels, new Random(4), 200, 150);
        Feed(loaded, new Random(4), 200, 150);

        Assert.Equal(labels.ToJson(), loaded.ToJson());
        Assert.Equal(labels.Counts, loaded.Counts);
        Assert.Equal("json", Assert.Throws<ArgumentException>(() => DelayedLabels.FromJson("{}")).ParamName);
        Assert.Equal("json", Assert.Throws<ArgumentException>(() => DelayedLabels.FromJson("no json")).ParamName);
    }

    [Fact]
    public void Report_AsOf_UsesNoLaterLabel()
    {
        var random = new Random(6);
        (double[] scores, bool[] truth) = Draw(random, 2000, r => r.NextDouble(), s => s);
        var estimator = ConfidenceBasedEstimator.Fit(scores, truth, new ConfidenceBasedOptions { Replicates = 20 });
        var labels = new DelayedLabels(new DelayedLabelsOptions { MinimumLabels = 50 }, _clock);
        for (int i = 0; i < 1200; i++)
        {
            double score = random.NextDouble();
            DateTimeOffset time = Start.AddDays(i % 90);
            labels.LogPrediction($"{i}", time, score, i % 2 == 0 ? "even" : "odd");
            labels.AddLabel($"{i}", time.AddDays(20), random.NextDouble() < score);
        }

        DelayedLabelsReport early = labels.Report(estimator, ChunkPeriod.Month, Start.AddDays(60));
        DelayedLabelsReport late = labels.Report(estimator, ChunkPeriod.Month);

        Assert.Equal(["2024-01", "2024-02", "2024-03"], early.Performance.Periods.Select(period => period.Label)); // 60 days after 1 January is 1 March
        Assert.Equal(1, early.LabelledShares[0]);
        Assert.InRange(early.LabelledShares[1], 0.2, 0.5);
        Assert.NotNull(early.Performance.Periods[0][PerformanceMetric.Accuracy].Realised);
        Assert.Null(early.Performance.Periods[2][PerformanceMetric.Accuracy].Realised);
        Assert.Equal([1, 1, 1], late.LabelledShares);
        Assert.True(late.Performance.Coverage(PerformanceMetric.Accuracy) > 0.6);
        Assert.Contains("came out of the order of time", late.ToString(), StringComparison.Ordinal);
        Assert.Contains("labels that came first", early.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Oracle: the remission times under 6-MP of Freireich et al. (1963) with their published Kaplan–Meier estimate.</summary>
    [Fact]
    public void Delay_PublishedExample_IsTheKaplanMeierEstimate()
    {
        double[] days = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
        bool[] open = [false, false, false, true, false, true, false, true, true, false, false, true, true, true, false, false, true, true, true, true, true];
        var delay = LabelDelay.Estimate(days, Array.ConvertAll(open, censored => censored ? (bool?)null : true));

        double[] published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448];
        Assert.Equal([6.0, 7, 10, 13, 16, 22, 23], delay.Points.Select(point => point.Days));
        Assert.All(published.Zip(delay.Points), pair => Assert.Equal(1 - pair.First, pair.Second.KnownShare, 0.0005));
        Assert.Equal([21, 17, 15, 12, 11, 7, 6], delay.Points.Select(point => point.AtRisk));
        Assert.Equal(22, delay.DaysUntil(0.4));
        Assert.Equal(double.NaN, delay.DaysUntil(0.9));
        double greenwood = 0.448 * Math.Sqrt((3.0 / (21 * 18)) + (1.0 / (17 * 16)) + (1.0 / (15 * 14)) + (1.0 / (12 * 11)) + (1.0 / (11 * 10)) + (1.0 / (7 * 6)) + (1.0 / (6 * 5)));
        Assert.InRange(greenwood, 0.134, 0.135); // published: 0.135
        Assert.InRange(delay.Points[^1].KnownShare, delay.Points[^1].Lower, delay.Points[^1].Upper);
    }

    [Fact]
    public void Delay_DefaultsComeEarly_ShowsTheBias()
    {
        var random = new Random(8);
        double[] days = new double[3000];
        bool?[] known = new bool?[3000];
        for (int i = 0; i < days.Length; i++)
        {
            bool defaulted = random.NextDouble() < 0.2;
            double delay = defaulted ? 30 + (60 * random.NextDouble()) : 180 + (120 * random.NextDouble()); // repaid loans are known last
            double watched = 400 * random.NextDouble();
            days[i] = Math.Min(delay, watched);
            known[i] = delay <= watched ? defaulted : null;
        }

        var curve = LabelDelay.Estimate(days, known);
        double naive = known.Count(label => label == true) / (double)known.Count(label => label is not null);

        Assert.Equal(1, curve.Points[0].PositiveShare); // what comes first is all default
        Assert.Equal(0.2, curve.Points[^1].PositiveShare, 0.03); // the truth, in spite of open ends
        Assert.True(naive > 0.27); // which counting what is known gets wrong
        Assert.Contains("labels known", curve.Chart().ToPlotlyJson(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => LabelDelay.Estimate([1, 2], [null, null]).Chart());
    }

    private static void Feed(DelayedLabels labels, Random random, int count, int from)
    {
        for (int i = 0; i < count; i++)
        {
            labels.LogPrediction($"{from + random.Next(300)}", Start.AddHours(random.Next(2000)), random.NextDouble(), "s");
            labels.AddLabel($"{from + random.Next(300)}", Start.AddHours(random.Next(4000)), random.Next(2) == 0);
        }
    }
}
