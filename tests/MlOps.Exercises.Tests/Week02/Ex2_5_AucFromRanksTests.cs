using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.5")]
public sealed class AucFromRanksTests : CodeTests<IAucFromRanks>
{
    [Fact, Points(0.75)]
    public void Auc_WorkedExample_IsThatOfTheStatement()
    {
        // By hand: of six pairs three are won and one is tied.
        Assert.Equal(3.5 / 6, Student.Auc([true, false, true, false, true], [0.9, 0.7, 0.6, 0.4, 0.4]), 1e-9);
    }

    [Fact, Points(0.5)]
    public void Auc_PerfectAndReversedOrder_AreOneAndZero()
    {
        Assert.Equal(1, Student.Auc([false, false, true, true], [0.1, 0.2, 0.3, 0.4]), 1e-12);
        Assert.Equal(0, Student.Auc([true, true, false, false], [0.1, 0.2, 0.3, 0.4]), 1e-12);
    }

    [Fact, Points(0.25)]
    public void Auc_AllScoresEqual_IsOneHalf() => Assert.Equal(0.5, Student.Auc([true, false, false, true, false], [0.7, 0.7, 0.7, 0.7, 0.7]), 1e-12);

    [Fact, Points(0.25)]
    public void Auc_ScoresSquared_IsTheSame()
    {
        // By hand: only 0.55 against 0.58 is lost, and squaring keeps the order.
        bool[] actual = [true, false, true, false, true];
        double[] scores = [0.9, 0.2, 0.6, 0.58, 0.55];
        Assert.Equal(5 / 6.0, Student.Auc(actual, scores), 1e-9);
        Assert.Equal(5 / 6.0, Student.Auc(actual, [.. scores.Select(score => score * score)]), 1e-9);
    }

    [Fact, Points(0.25)]
    public void Auc_OneClassOnly_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => Student.Auc([true, true], [0.1, 0.2]));
        Throws<ArgumentException>(() => Student.Auc([false, false], [0.1, 0.2]));
    }
}
