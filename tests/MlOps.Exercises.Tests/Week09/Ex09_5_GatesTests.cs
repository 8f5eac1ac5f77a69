using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.5")]
public sealed class GatesTests : CodeTests<IPromotion>
{
    // A row is auc, worst_group_recall, train_auc. What must become of it is by hand, from the statement.
    [Fact, Points(0.5)]
    public void Champions_WorkedExample_IsPromoted() => Assert.Equal(["promoted, champion 1"], Student.Champions([[0.80, 0.7, 0.85]]));

    [Fact, Points(0.5)]
    public void Champions_LowAuc_IsRefused() => Assert.Equal(["promoted, champion 1", "refused, champion 1"], Student.Champions([[0.76, 0.7, 0.80], [0.745, 0.7, 0.78]]));

    [Fact, Points(0.25)]
    public void Champions_WorstGroupForgotten_IsRefused() => Assert.Equal(["promoted, champion 1", "refused, champion 1"], Student.Champions([[0.80, 0.7, 0.85], [0.85, 0.4, 0.88]]));

    [Fact, Points(0.25)]
    public void Champions_MuchWorseThanChampion_IsRefused() => Assert.Equal(["promoted, champion 1", "refused, champion 1"], Student.Champions([[0.85, 0.7, 0.86], [0.80, 0.7, 0.82]]));
}
