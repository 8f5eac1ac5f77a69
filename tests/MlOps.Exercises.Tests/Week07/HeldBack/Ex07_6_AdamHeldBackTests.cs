using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07.HeldBack;

[Exercise("7.6")]
public sealed class AdamHeldBackTests : CodeTests<IAdam>
{
    [Fact, Points(0.5), HeldBack("five steps with two weights, against PyTorch")]
    public void Step_FiveSteps_AgreeWithPyTorch()
    {
        // PyTorch 1.13.0, torch.optim.Adam(lr=0.1, betas=(0.9, 0.999), eps=1e-8) in double precision.
        double[][] gradients = [[0.5, -4], [0.1, 3], [-0.2, 0], [0.7, 0.01], [0, 0.001]];
        double[][] expected =
        [
            [0.900000002, -1.90000000025],
            [0.8196959063846518, -1.8910674995347354],
            [0.785260531835489, -1.8841626505970592],
            [0.7221018082671209, -1.8786230088672125],
            [0.6687182850580189, -1.8739516781561816],
        ];
        IAdam adam = New(0.1, 0.9, 0.999, 1e-8);
        double[] weights = [1, -2];
        for (int step = 0; step < gradients.Length; step++)
        {
            weights = adam.Step(weights, gradients[step]);
            AssertNear(expected[step], weights, 1e-9);
        }
    }

    [Fact, Points(0.25), HeldBack("an epsilon that is not small")]
    public void Step_LargeEpsilon_IsAddedAfterTheRoot()
    {
        // PyTorch 1.13.0, torch.optim.Adam(lr=0.01, betas=(0.5, 0.9), eps=0.1).
        IAdam adam = New(0.01, 0.5, 0.9, 0.1);
        double[] weights = adam.Step([1, -2], [0.5, -4]);
        AssertNear([0.9916666666666667, -1.9902439024390244], weights, 1e-10);
        AssertNear([0.9865008551169125, -1.9920909387024486], adam.Step(weights, [0.1, 3]), 1e-10);
    }

    [Fact, Points(0.25), HeldBack("calls that are refused")]
    public void Step_RefusedGradient_CountsForNothing()
    {
        IAdam adam = New(0.1, 0.9, 0.99, 1e-8);
        double[] weights = adam.Step([1], [4]);
        Throws<ArgumentException>(() => adam.Step(weights, [double.NaN]));
        Throws<ArgumentException>(() => adam.Step(weights, [double.NegativeInfinity]));
        Throws<ArgumentException>(() => adam.Step([1, 2], [1, 2]));
        AssertNear([0.8733301], adam.Step(weights, [-2]), 1e-6); // as in the worked value, which has no such calls
    }

    [Fact, Points(0.25), HeldBack("two optimisers side by side")]
    public void Step_TwoOptimisers_KeepApart()
    {
        IAdam one = New(0.1, 0.9, 0.99, 1e-8);
        IAdam other = New(0.1, 0.9, 0.99, 1e-8);
        double[] weights = one.Step([1], [4]);
        AssertNear([4.9], other.Step([5], [1]), 1e-6);
        AssertNear([0.8733301], one.Step(weights, [-2]), 1e-6);
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
