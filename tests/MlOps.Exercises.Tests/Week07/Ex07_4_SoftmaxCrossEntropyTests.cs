using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.4")]
public sealed class SoftmaxCrossEntropyTests : CodeTests<ISoftmaxCrossEntropy>
{
    [Fact, Points(0.5)]
    public void Loss_WorkedValue_IsThatOfTheStatement()
    {
        // PyTorch 1.13.0, torch.nn.functional.cross_entropy in double precision: 0.417030016.
        Assert.Equal(0.417030016, Student.Loss([2.0, 1.0, 0.1], 0), 1e-8);
    }

    [Fact, Points(0.5)]
    public void Gradient_WorkedValue_IsThatOfTheStatement()
    {
        // PyTorch 1.13.0, the gradient of the same call.
        AssertNear([-0.340998861, 0.242432971, 0.098565890], Student.Gradient([2.0, 1.0, 0.1], 0), 1e-8);
    }

    [Fact, Points(0.25)]
    public void Gradient_AnyLogits_AddsUpToZero()
    {
        // The shares add up to 1, and 1 is taken away.
        Assert.Equal(0, Student.Gradient([0.3, -1.2, 2.5, 0.0, 1.1], 1).Sum(), 1e-12);
    }

    [Fact, Points(0.25)]
    public void Loss_EqualLogits_IsTheLogarithmOfTheirNumber()
    {
        // By hand: every share is 1/4.
        Assert.Equal(Math.Log(4), Student.Loss([0.7, 0.7, 0.7, 0.7], 2), 1e-12);
    }

    [Fact, Points(0.25)]
    public void Label_Outside_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => Student.Loss([1, 2], 2));
        Throws<ArgumentException>(() => Student.Gradient([1, 2], -1));
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
