using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07.HeldBack;

[Exercise("7.5")]
public sealed class DenseLayerHeldBackTests : CodeTests<IDenseLayer>
{
    private static readonly double[][] s_weights = [[0.5, -0.2, 0.1], [-0.3, 0.8, 0.4]];
    private static readonly double[] s_bias = [0.1, -0.2];
    private static readonly double[][] s_inputs = [[1, 2, -1], [0.5, -1, 3], [-2, 0.3, 1.2]];
    private static readonly double[][] s_gradient = [[0.3, -0.6], [1.1, 0.4], [-0.5, 0.9]];

    [Fact, Points(0.75), HeldBack("three inputs and three cases, against PyTorch")]
    public void Backward_ThreeCases_AgreesWithPyTorch()
    {
        // PyTorch 1.13.0: relu(x @ W.T + b).backward(gradient) in double precision.
        IDenseLayer layer = New(s_weights, s_bias);
        AssertNear([[0.1, 0.7], [0.85, 0.05], [0, 1.12]], layer.Forward(s_inputs), 1e-9);
        AssertNear([[0.33, -0.54, -0.21], [0.43, 0.1, 0.27], [-0.27, 0.72, 0.36]], layer.Backward(s_gradient), 1e-9);
        AssertNear([[0.85, -0.5, 3.0], [-2.2, -1.33, 2.88]], layer.WeightGradient, 1e-9);
        AssertNear([[1.4, 0.7]], [layer.BiasGradient], 1e-9);
    }

    [Fact, Points(0.25), HeldBack("a neuron at exactly zero")]
    public void Backward_NeuronExactlyAtZero_HasNoGradient()
    {
        // By hand: z = 2 · 1 − 2 = 0.
        IDenseLayer layer = New(new double[][] { [2] }, new double[] { -2 });
        layer.Forward([[1]]);
        AssertNear([[0]], layer.Backward([[5]]), 0);
        AssertNear([[0]], layer.WeightGradient, 0);
    }

    [Fact, Points(0.5), HeldBack("a second batch after the first")]
    public void Backward_SecondBatch_ReplacesTheGradients()
    {
        // A layer that has seen another batch must agree with a fresh one.
        IDenseLayer layer = New(s_weights, s_bias);
        IDenseLayer fresh = New(s_weights, s_bias);
        layer.Forward([[3, 1, 2], [0.4, 0.3, 2]]);
        layer.Backward([[1, 1], [1, 1]]);
        layer.Forward(s_inputs);
        fresh.Forward(s_inputs);
        AssertNear(fresh.Backward(s_gradient), layer.Backward(s_gradient), 1e-12);
        AssertNear(fresh.WeightGradient, layer.WeightGradient, 1e-12);
        AssertNear([fresh.BiasGradient], [layer.BiasGradient], 1e-12);
        AssertNear([[0.85, -0.5, 3.0], [-2.2, -1.33, 2.88]], layer.WeightGradient, 1e-9); // PyTorch, as above
    }

    [Fact, Points(0.5), HeldBack("every weight, against the slope of the loss")]
    public void WeightGradient_AnyWeight_IsTheNumericalSlope()
    {
        // The loss is the sum of gradient · output; its slope is a central difference, and ReLU has no corner nearby.
        IDenseLayer layer = New(s_weights, s_bias);
        layer.Forward(s_inputs);
        layer.Backward(s_gradient);
        double[][] backward = layer.WeightGradient;
        for (int j = 0; j < 2; j++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal((LossWith(j, i, 1e-5) - LossWith(j, i, -1e-5)) / 2e-5, backward[j][i], 1e-6);
            }
        }
    }

    [Fact, Points(0.25), HeldBack("a gradient that does not fit")]
    public void Backward_GradientOfWrongShape_ThrowsArgumentException()
    {
        IDenseLayer layer = New(s_weights, s_bias);
        layer.Forward(s_inputs);
        Throws<ArgumentException>(() => layer.Backward([[1, 1]]));
        Throws<ArgumentException>(() => layer.Backward([[1, 1], [1], [1, 1]]));
    }

    private double LossWith(int neuron, int input, double change)
    {
        double[][] moved = [.. s_weights.Select(row => row.ToArray())];
        moved[neuron][input] += change;
        return New(moved, s_bias).Forward(s_inputs).Zip(s_gradient, (y, g) => y.Zip(g, (a, b) => a * b).Sum()).Sum();
    }

    private static void AssertNear(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Select(row => row.Length), actual.Select(row => row.Length));
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
            {
                Assert.Equal(expected[i][j], actual[i][j], tolerance);
            }
        }
    }
}
