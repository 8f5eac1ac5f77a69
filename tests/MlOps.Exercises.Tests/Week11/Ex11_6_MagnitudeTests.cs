using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.6")]
public sealed class MagnitudeTests : CodeTests<IMagnitude>
{
    [Fact, Points(1)]
    public void Prune_WorkedExample_TakesTheWeakestOfAllLayers() =>
        Assert.Equal([[0.5, 0], [0.3, 0, 0.9]], Student.Prune([[0.5, -0.1], [0.3, -0.2, 0.9]], 0.4));

    [Fact, Points(0.5)]
    public void Prune_OneWeakLayer_LosesAll() => Assert.Equal([[0, 0], [5, -6]], Student.Prune([[0.1, 0.2], [5, -6]], 0.5));

    [Fact, Points(0.25)]
    public void Prune_CountBetweenTwo_IsRounded()
    {
        // By hand: 0.55 · 5 = 2.75, three weights.
        Assert.Equal([[0, 0, 0, 4, 5]], Student.Prune([[1, 2, 3, 4, 5]], 0.55));
    }

    [Fact, Points(0.25)]
    public void Prune_AmountOutside_Throws()
    {
        Throws<ArgumentException>(() => Student.Prune([[1]], -0.1));
        Throws<ArgumentException>(() => Student.Prune([[1]], 1.5));
        Throws<ArgumentException>(() => Student.Prune([[1]], double.NaN));
    }

    [Fact, Points(0.25)]
    public void Prune_NaN_Throws() => Throws<ArgumentException>(() => Student.Prune([[1], [double.NaN, 2]], 0.5));
}
