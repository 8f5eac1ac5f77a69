using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.7")]
public sealed class PrecisionAtRecallTests : CodeTests<IRecallFloor>
{
    private static readonly bool[] s_actual = [true, true, false, true, false, true, true, false];
    private static readonly double[] s_scores = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];

    [Fact, Points(0.75)]
    public void PrecisionAtRecall_WorkedExample_IsThatOfTheStatement()
    {
        // By hand: recall 0.8 is first reached with 4 of 6, later with 5 of 7. Recall 0.6 is first reached with 3 of 4.
        Assert.Equal(5 / 7.0, Student.PrecisionAtRecall(s_actual, s_scores, 0.8), 1e-9);
        Assert.Equal(0.75, Student.PrecisionAtRecall(s_actual, s_scores, 0.6), 1e-9);
    }

    [Fact, Points(0.25)]
    public void PrecisionAtRecall_FloorOfOne_FindsEverybody() => Assert.Equal(5 / 7.0, Student.PrecisionAtRecall(s_actual, s_scores, 1), 1e-9);

    [Fact, Points(0.25)]
    public void PrecisionAtRecall_FloorOfZero_IsTheLargestPrecision() =>
        Assert.Equal(2 / 3.0, Student.PrecisionAtRecall([false, true, true, false], [0.9, 0.8, 0.7, 0.6], 0), 1e-9);

    [Fact, Points(0.25)]
    public void PrecisionAtRecall_RowsInAnyOrder_IsTheSame() =>
        Assert.Equal(5 / 7.0, Student.PrecisionAtRecall([.. s_actual.Reverse()], [.. s_scores.Reverse()], 0.8), 1e-9);

    [Fact, Points(0.25)]
    public void PrecisionAtRecall_NoPedestrian_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.PrecisionAtRecall([false, false], [0.1, 0.2], 0.5));
}
