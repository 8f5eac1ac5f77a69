using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.6")]
public sealed class AdamTests : CodeTests<IAdam>
{
    [Fact, Points(0.5)]
    public void Step_First_MovesByTheLearningRate()
    {
        // By hand: m̂ = g and √v̂ = |g|, so the size of the gradient does not matter.
        AssertNear([0.9, 1.1], New(0.1, 0.9, 0.999, 1e-8).Step([1, 1], [4, -0.02]), 1e-6);
    }

    [Fact, Points(0.75)]
    public void Step_WorkedValue_GoesWhereTheStatementSays()
    {
        // By hand: 0.9 − 0.1 · (0.16 / 0.19) / √(0.1984 / 0.0199).
        IAdam adam = New(0.1, 0.9, 0.99, 1e-8);
        double[] weights = adam.Step([1], [4]);
        AssertNear([0.9], weights, 1e-6);
        AssertNear([0.8733301], adam.Step(weights, [-2]), 1e-6);
    }

    [Fact, Points(0.25)]
    public void Step_GradientOfZero_StaysPut() => AssertNear([3], New(0.1, 0.9, 0.99, 1e-8).Step([3], [0]), 0);

    [Fact, Points(0.25)]
    public void Step_LengthsThatDiffer_ThrowArgumentException() => Throws<ArgumentException>(() => New(0.1, 0.9, 0.99, 1e-8).Step([1, 2], [1]));

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
