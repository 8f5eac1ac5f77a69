using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09.HeldBack;

[Exercise("9.5")]
public sealed class GatesHeldBackTests : CodeTests<IPromotion>
{
    [Fact, Points(0.25), HeldBack("a candidate that is worse by a little")]
    public void Champions_SlightlyWorse_IsPromoted() => Assert.Equal(["promoted, champion 1", "promoted, champion 2"], Student.Champions([[0.85, 0.7, 0.86], [0.84, 0.9, 0.85]]));

    [Fact, Points(0.25), HeldBack("a model that knows its rows by heart")]
    public void Champions_LearnedByHeart_IsRefused() => Assert.Equal(["promoted, champion 1", "refused, champion 1"], Student.Champions([[0.80, 0.7, 0.75], [0.82, 0.7, 0.99]]));

    [Fact, Points(0.25), HeldBack("a metric that was not logged")]
    public void Champions_MetricMissing_IsRefused() => Assert.Equal(
        ["refused, champion none", "refused, champion none", "refused, champion none"],
        Student.Champions([[0.8, 0.7, double.NaN], [0.8, double.NaN, 0.8], [double.NaN, 0.7, 0.8]]));

    [Fact, Points(0.5), HeldBack("who promoted, and why")]
    public void Log_PromotedAttempt_TellsWhoAndWhy() => Assert.Equal(["AliasSet champion 1 by asha: attempt 1"], Student.Log([[0.8, 0.7, 0.8]]));

    [Fact, Points(0.25), HeldBack("a refused attempt in the log")]
    public void Log_RefusedAttempt_StandsInTheLog() => Assert.Equal(
        ["AliasSet champion 1 by asha: attempt 1", "Refused champion 2 by asha: attempt 2"],
        Student.Log([[0.8, 0.7, 0.8], [0.5, 0.7, 0.8]]));
}
