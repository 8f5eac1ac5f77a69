using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07.HeldBack;

[Exercise("7.4")]
public sealed class SoftmaxCrossEntropyHeldBackTests : CodeTests<ISoftmaxCrossEntropy>
{
    [Fact, Points(0.5), HeldBack("logits far from zero")]
    public void Results_LargeLogits_StayRight()
    {
        // By hand: p of 1000 and 998 is that of 2 and 0.
        double p = 1 / (1 + Math.Exp(-2));
        Assert.Equal(-Math.Log(1 - p), Student.Loss([1000, 998, -1000], 1), 1e-9);
        AssertNear([p, -p, 0], Student.Gradient([1000, 998, -1000], 1), 1e-12);
        Assert.Equal(Math.Log(2), Student.Loss([-1000, -1000], 0), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("a right class whose share is too small for a number")]
    public void Loss_HopelessClass_IsFinite()
    {
        // By hand: ln(1 + exp(−1000)) + 1000.
        Assert.Equal(1000, Student.Loss([1000, 0], 1), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("five classes, against PyTorch")]
    public void Results_FiveClasses_AgreeWithPyTorch()
    {
        // PyTorch 1.13.0, torch.nn.functional.cross_entropy and its gradient.
        double[] logits = [1.5, -0.3, 2.2, 0.7, -1.1];
        Assert.Equal(2.1090498970896654, Student.Loss(logits, 3), 1e-10);
        AssertNear([0.2700765350267833, 0.044643350974665666, 0.54386735363443, -0.878646790284047, 0.02005955064816807], Student.Gradient(logits, 3), 1e-10);
    }

    [Fact, Points(0.25), HeldBack("logits that are none")]
    public void Arguments_NotANumberOrNone_Throw()
    {
        Throws<ArgumentException>(() => Student.Loss([], 0));
        Throws<ArgumentException>(() => Student.Loss([1, double.NaN], 0));
        Throws<ArgumentException>(() => Student.Gradient([1, double.PositiveInfinity], 0));
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
