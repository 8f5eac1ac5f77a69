using System.Text.Json;
using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

/// <summary>Oracle: PyTorch 1.13 in double precision (References/neural.py). Ours is single precision.</summary>
public sealed class PyTorchAgreementTests
{
    [Theory]
    [InlineData("dense")]
    [InlineData("activations")]
    [InlineData("convolution")]
    [InlineData("stride and padding")]
    [InlineData("pooling")]
    [InlineData("batch norm")]
    public void Network_LossGradientAndOutputs_EqualPyTorchs(string name)
    {
        JsonElement reference = References.Named(References.PyTorch.GetProperty("networks"), name);
        NetworkBuilder builder = Architectures[name];
        Network network = builder.Build();
        network = network.With(References.Floats(reference.GetProperty("weights")), OutputActivation.None);
        float[] x = References.Floats(reference.GetProperty("x"));
        int[] codes = [.. reference.GetProperty("y").EnumerateArray().Select(code => code.GetInt32())];
        var images = new Tensor(codes.Length, network.InputShape, x);
        var labels = new Labels(codes, [.. Enumerable.Range(0, network.OutputShape.Size).Select(c => $"{c}")]);

        NetworkGradient gradient = network.Gradient(new TrainingData(images, labels), new CrossEntropy());
        Assert.Equal(reference.GetProperty("loss").GetDouble(), gradient.Loss, 1e-6);
        Close(References.Numbers(reference.GetProperty("gradient")), gradient.Values, 2e-6);

        Network after = network.With(References.Floats(reference.GetProperty("after")), OutputActivation.None);
        Close(References.Numbers(reference.GetProperty("predicted")), after.Forward(images).Values, 3e-6);
    }

    [Fact]
    public void Fit_OneStepWithBatchNorm_KeepsPyTorchsRunningStatistics()
    {
        JsonElement reference = References.Named(References.PyTorch.GetProperty("networks"), "batch norm");
        Network network = Architectures["batch norm"].Build().With(References.Floats(reference.GetProperty("weights")), OutputActivation.None);
        int[] codes = [.. reference.GetProperty("y").EnumerateArray().Select(code => code.GetInt32())];
        var data = new TrainingData(new Tensor(codes.Length, network.InputShape, References.Floats(reference.GetProperty("x"))), new Labels(codes, ["0", "1"]));
        Network trained = new Trainer(new CrossEntropy(), new Sgd(1e-9), new TrainingOptions { Epochs = 1 }).Fit(network, data).Network;

        double[] after = References.Numbers(reference.GetProperty("after"));
        Assert.Equal(4, trained.Parameters.Count(parameter => parameter.IsStatistic));
        foreach (Parameter statistic in trained.Parameters.Where(parameter => parameter.IsStatistic))
        {
            Close(after.AsSpan(statistic.Offset, statistic.Values.Length).ToArray(), statistic.Values.Span, 1e-6);
        }
    }

    [Theory]
    [InlineData("mean squared error")]
    [InlineData("huber")]
    [InlineData("cross-entropy")]
    [InlineData("cross-entropy, smoothed")]
    [InlineData("cross-entropy, weighted")]
    [InlineData("binary cross-entropy")]
    [InlineData("focal")]
    [InlineData("distillation")]
    public void Loss_ValueAndGradient_EqualPyTorchs(string name)
    {
        JsonElement reference = References.Named(References.PyTorch.GetProperty("losses"), name);
        Loss loss = Losses[name];
        int length = reference.GetProperty("targetLength").GetInt32();
        var outputs = new Tensor(6, TensorShape.Vector(4), References.Floats(reference.GetProperty("outputs")));
        var targets = new Tensor(6, TensorShape.Vector(length), References.Floats(reference.GetProperty("targets")));
        double[]? weights = reference.GetProperty("weights").ValueKind == JsonValueKind.Null ? null : References.Numbers(reference.GetProperty("weights"));

        Assert.Equal(reference.GetProperty("loss").GetDouble(), loss.Mean(outputs, targets, weights), 2e-6 * (1 + reference.GetProperty("loss").GetDouble())); // targets in single precision

        double[] expected = References.Numbers(reference.GetProperty("gradient"));
        double total = weights?.Sum() ?? 6;
        float[] slopes = new float[4];
        for (int i = 0; i < 6; i++)
        {
            loss.Sample(outputs[i], targets[i], slopes);
            for (int c = 0; c < 4; c++)
            {
                Assert.Equal(expected[(4 * i) + c], slopes[c] * (weights?[i] ?? 1) / total, 1e-6 * (1 + Math.Abs(expected[(4 * i) + c])));
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Optimizer_SixSteps_FollowPyTorchs(string name)
    {
        JsonElement reference = References.PyTorch.GetProperty("optimizers");
        Optimizer optimizer = Optimizers[name];
        float[] parameters = References.Floats(reference.GetProperty("start"));
        OptimizerState state = optimizer.Begin(parameters.Length);
        JsonElement path = References.Named(reference.GetProperty("cases"), name).GetProperty("path");
        for (int step = 0; step < path.GetArrayLength(); step++)
        {
            state.Step(parameters, References.Floats(reference.GetProperty("gradients")[step]), optimizer.LearningRate);
            Close(References.Numbers(path[step]), parameters, 2e-6);
        }

        Assert.Equal(6, state.Steps);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("cosine")]
    [InlineData("plateau")]
    public void Schedule_TwelveEpochs_FollowsPyTorchs(string name)
    {
        JsonElement reference = References.PyTorch.GetProperty("schedules");
        double[] losses = References.Numbers(reference.GetProperty("losses"));
        double[] rates = References.Numbers(References.Named(reference.GetProperty("cases"), name).GetProperty("rates"));
        LearningRateSchedule schedule = name switch
        {
            "step" => new StepDecay(3, 0.5),
            "cosine" => new CosineDecay(0.01),
            _ => new ReduceOnPlateau(0.5, 2),
        };
        for (int epoch = 0; epoch < rates.Length; epoch++)
        {
            Assert.Equal(rates[epoch], schedule.Rate(0.4, new SchedulePosition(epoch, epoch * 10, rates.Length, 10, losses[..epoch])), 1e-8);
        }
    }

    [Fact]
    public void WarmUp_FirstSteps_RiseInAStraightLine()
    {
        // By hand: 4 steps to the full rate of 0.2, then the halving of the third epoch (2 steps an epoch).
        var schedule = new WarmUp(4, new StepDecay(2, 0.5));
        double[] rates = [.. Enumerable.Range(0, 6).Select(step => schedule.Rate(0.2, new SchedulePosition(step / 2, step, 3, 2, [])))];
        Assert.Equal([0.05, 0.1, 0.15, 0.2, 0.1, 0.1], rates, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    private static Dictionary<string, NetworkBuilder> Architectures => new()
    {
        ["dense"] = new NetworkBuilder(TensorShape.Vector(5)).Dense(4).Sigmoid().Dense(3, bias: false),
        ["activations"] = new NetworkBuilder(TensorShape.Vector(5)).Dense(6).ReLU().Dense(6).LeakyReLU(0.1).Dense(6).Gelu().Dense(6).Tanh().Dense(6).Softmax().Dense(3),
        ["convolution"] = new NetworkBuilder(TensorShape.Image(2, 6, 7)).Conv2D(3, 3).ReLU().MaxPool(2).Flatten().Dense(3),
        ["stride and padding"] = new NetworkBuilder(TensorShape.Image(2, 9, 8)).Conv2D(4, 3, 2, 1).Tanh().Conv2D(3, 4, 3, 2, bias: false).GlobalAveragePool().Dense(2),
        ["pooling"] = new NetworkBuilder(TensorShape.Image(1, 7, 9)).Conv2D(2, 3, 1, 1).MaxPool(3, 2).AveragePool(2, 1).Flatten().Dense(2),
        ["batch norm"] = new NetworkBuilder(TensorShape.Image(1, 6, 6)).Conv2D(3, 3).BatchNorm().ReLU().Flatten().Dense(4).BatchNorm(0.3, 1e-3).Dense(2),
    };

    private static Dictionary<string, Loss> Losses => new()
    {
        ["mean squared error"] = new MeanSquaredError(),
        ["huber"] = new HuberLoss(1.5),
        ["cross-entropy"] = new CrossEntropy(),
        ["cross-entropy, smoothed"] = new CrossEntropy(0.1),
        ["cross-entropy, weighted"] = new CrossEntropy(),
        ["binary cross-entropy"] = new BinaryCrossEntropy(),
        ["focal"] = new FocalLoss(),
        ["distillation"] = new DistillationLoss(3, 0.7),
    };

    private static Dictionary<string, Optimizer> Optimizers => new()
    {
        ["sgd"] = new Sgd(0.1, weightDecay: 0.01),
        ["momentum"] = new Sgd(0.1, 0.9, weightDecay: 0.01),
        ["nesterov"] = new Sgd(0.1, 0.9, nesterov: true),
        ["rmsprop"] = new RmsProp(0.02, 0.9, weightDecay: 0.01),
        ["adam"] = new Adam(0.05, weightDecay: 0.01),
        ["adamw"] = new AdamW(0.05, weightDecay: 0.1),
    };

    private static void Close(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"place {i}: {expected[i]} expected, {actual[i]} found");
        }
    }
}
