using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

/// <summary>Oracle: the loss itself, a little to the left and to the right.</summary>
public sealed class NumericalGradientTests
{
    // Four points: the error of the formula is h⁴, and single precision leaves about 1e-7 / h.
    private const float H = 1f / 256;

    public static TheoryData<string> Layers => new(Middles.Keys);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradient_EveryLayer_EqualsCentralDifferences(string name)
    {
        // The layer stands between two that learn, so its way back is tested for parameters and for inputs.
        NetworkBuilder builder = new NetworkBuilder(TensorShape.Image(2, 5, 5)).Conv2D(3, 2);
        Network network = Middles[name](builder).Flatten().Dense(3).Build(seed: 3);
        var data = new TrainingData(References.Random(6, network.InputShape, 5), References.RandomLabels(6, 3, 6), [1, 2, 0.5, 1, 0, 3]);
        Check(network, data, new CrossEntropy());
    }

    [Fact]
    public void Gradient_VectorLayers_EqualsCentralDifferences()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(4)).Dense(5).BatchNorm().Tanh().Dropout(0.4).Dense(4).Softmax().Dense(2).Build(seed: 3);
        Check(network, new TrainingData(References.Random(7, network.InputShape, 5), References.Random(7, TensorShape.Vector(2), 6)), new MeanSquaredError());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Sample_EveryLoss_HasTheGradientOfItsValue(int which)
    {
        Loss loss = new Loss[] { new MeanSquaredError(), new HuberLoss(0.7), new CrossEntropy(0.2), new BinaryCrossEntropy(), new FocalLoss(1.5), new DistillationLoss(2.5, 0.6) }[which];
        for (int seed = 0; seed < 20; seed++)
        {
            float[] output = References.Random(1, TensorShape.Vector(3), seed).Values.ToArray();
            float[] target = References.Random(1, TensorShape.Vector(loss.TargetLength(3)), seed + 100).Values.ToArray();
            for (int c = 0; c < 3; c++)
            {
                target[c] = which switch
                {
                    2 or 4 or 5 => c == seed % 3 ? 1 : 0,
                    3 => Math.Abs(target[c]),
                    _ => target[c],
                };
            }

            float[] slopes = new float[3];
            loss.Sample(output, target, slopes);
            for (int c = 0; c < 3; c++)
            {
                float[] moved = [.. output];
                double Value(float by)
                {
                    moved[c] = output[c] + by;
                    return loss.Sample(moved, target, default);
                }

                float step = 1f / 1024; // a power of two: what is added is what was meant, to rounding
                double up = Value(step), down = Value(-step);
                double width = (double)(output[c] + step) - (output[c] - step);
                Assert.Equal((up - down) / width, slopes[c], 1e-5);
            }
        }
    }

    private static Dictionary<string, Func<NetworkBuilder, NetworkBuilder>> Middles => new()
    {
        ["Conv2D"] = b => b.Conv2D(2, 3, 2, 1),
        ["Conv2D without bias"] = b => b.Conv2D(4, 2, bias: false),
        ["MaxPool"] = b => b.MaxPool(2),
        ["MaxPool that overlaps"] = b => b.MaxPool(2, 1),
        ["AveragePool"] = b => b.AveragePool(3, 1),
        ["GlobalAveragePool"] = b => b.GlobalAveragePool(),
        ["BatchNorm"] = b => b.BatchNorm(),
        ["Dropout"] = b => b.Dropout(0.3),
        ["Flatten"] = b => b.Flatten(),
        ["ReLU"] = b => b.ReLU(),
        ["LeakyReLU"] = b => b.LeakyReLU(0.2),
        ["Sigmoid"] = b => b.Sigmoid(),
        ["Tanh"] = b => b.Tanh(),
        ["Gelu"] = b => b.Gelu(),
    };

    private static void Check(Network network, TrainingData data, Loss loss)
    {
        ReadOnlySpan<float> gradient = network.Gradient(data, loss, seed: 9).Values;
        int kinks = 0;
        foreach (Parameter parameter in network.Parameters.Where(parameter => !parameter.IsStatistic))
        {
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Values.Length; i++)
            {
                double Value(float by)
                {
                    float[] values = network.Values.ToArray();
                    values[i] += by;
                    return network.With(values, OutputActivation.None).Gradient(data, loss, seed: 9).Loss;
                }

                double near = (Value(H) - Value(-H)) / (2 * H);
                double far = (Value(2 * H) - Value(-2 * H)) / (4 * H);
                double numerical = ((4 * near) - far) / 3;
                if (Math.Abs(near - far) > 1e-3)
                {
                    kinks++; // a rectifier or a maximum changed its mind in between: there the formula does not hold
                    continue;
                }

                Assert.True(Math.Abs(numerical - gradient[i]) < 2e-3, $"{parameter.Name}[{i - parameter.Offset}]: {numerical} by differences, {gradient[i]} by the way back");
            }
        }

        Assert.True(kinks < network.ParameterCount / 5, $"{kinks} of {network.ParameterCount} parameters lie at kinks");
    }
}
