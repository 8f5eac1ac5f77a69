using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.6")]
public sealed class ThreePlayersTests : CodeTests<IThreePlayers>
{
    [Fact, Points(1)]
    public void Values_WorkedExample_AreThoseOfTheStatement()
    {
        // By hand, sixths: (2·0.10 + 0.20 + 0.05 + 2·0.05)/6, (2·(−0.05) + 0.05 − 0.10 + 2·(−0.10))/6, (2·(−0.20) − 0.25 − 0.25 + 2·(−0.40))/6.
        double[] values = Student.Values([0.60, 0.70, 0.55, 0.75, 0.40, 0.45, 0.30, 0.35]);
        Assert.Equal(0.55 / 6, values[0], 1e-12);
        Assert.Equal(-0.35 / 6, values[1], 1e-12);
        Assert.Equal(-1.70 / 6, values[2], 1e-12);
    }

    [Fact, Points(0.5)]
    public void Values_OnlyCMatters_GetsItAll() => Near([0, 0, 5], Student.Values([1, 1, 1, 1, 6, 6, 6, 6]));

    [Fact, Points(0.25)]
    public void Values_SevenWorths_Throws() => Throws<ArgumentException>(() => Student.Values([1, 2, 3, 4, 5, 6, 7]));

    [Fact, Points(0.25)]
    public void Values_NaN_Throws() => Throws<ArgumentException>(() => Student.Values([1, 2, 3, double.NaN, 5, 6, 7, 8]));

    private static void Near(double[] expected, double[] values) => Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
