using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.5")]
public sealed class DenseLayerTests : CodeTests<IDenseLayer>
{
    private static readonly double[][] s_weights = [[1, -1], [2, 0.5]];
    private static readonly double[] s_bias = [0, -1];

    [Fact, Points(0.5)]
    public void Forward_WorkedValue_SwitchesTheFirstNeuronOff() => AssertNear([[0, 2]], New(s_weights, s_bias).Forward([[1, 2]]), 1e-12);

    [Fact, Points(0.75)]
    public void Backward_WorkedValue_ReturnsTheGradientOfTheInputs()
    {
        IDenseLayer layer = New(s_weights, s_bias);
        layer.Forward([[1, 2]]);
        AssertNear([[4, 1]], layer.Backward([[3, 2]]), 1e-12);
    }

    [Fact, Points(0.75)]
    public void WeightGradient_WorkedValue_IsGradientTimesInput() => AssertNear([[0, 0], [2, 4]], AfterTheWorkedValue().WeightGradient, 1e-12);

    [Fact, Points(0.25)]
    public void BiasGradient_WorkedValue_IsTheGradientOfLiveNeurons() => AssertNear([[0, 2]], [AfterTheWorkedValue().BiasGradient], 1e-12);

    [Fact, Points(0.25)]
    public void Backward_BeforeForward_ThrowsInvalidOperationException()
    {
        Throws<InvalidOperationException>(() => New(s_weights, s_bias).Backward([[3, 2]]));
    }

    [Fact, Points(0.25)]
    public void Forward_CaseOfWrongWidth_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => New(s_weights, s_bias).Forward([[1, 2], [1]]));
        Throws<ArgumentException>(() => New(s_weights, s_bias).Forward([[1, 2, 3]]));
    }

    private IDenseLayer AfterTheWorkedValue()
    {
        IDenseLayer layer = New(s_weights, s_bias);
        layer.Forward([[1, 2]]);
        layer.Backward([[3, 2]]);
        return layer;
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
