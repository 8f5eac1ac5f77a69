using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

public sealed class TrainerTests
{
    private static readonly (Tensor X, Labels Y, double Score) Digits = References.Digits();

    [Fact]
    public void Fit_RealDigits_IsAsGoodAsScikitLearn()
    {
        // Oracle: scikit-learn 1.2.1's MLPClassifier on the same rows, 98.05 %.
        (TrainingData training, Tensor held, Labels truth) = Split();
        Network network = new NetworkBuilder(Digits.X.Shape).Conv2D(16, 3, padding: 1).ReLU().Conv2D(16, 3, padding: 1).ReLU().MaxPool(2).Dropout(0.3).Flatten().Dense(10).Build(1);
        TrainingResult result = new Trainer(new CrossEntropy(), new Adam(0.005), new TrainingOptions { Epochs = 12, BatchSize = 32, Seed = 1, Schedule = new CosineDecay() })
            .Fit(network, training, new TrainingData(held, truth));
        double accuracy = Accuracy(result.Network, held, truth);
        Assert.True(accuracy >= Digits.Score - 0.01, $"accuracy {accuracy}");
        Assert.Equal(accuracy, result.History.Epochs[^1].ValidationAccuracy!.Value, 1e-12);
        Assert.True(result.History.Epochs[^1].Loss < result.History.Epochs[0].Loss / 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_EveryNumberOfThreads_GivesEqualBits(int workers)
    {
        (TrainingData training, _, _) = Split();
        training = training.Take([.. Enumerable.Range(0, 150)]);
        Network network = new NetworkBuilder(Digits.X.Shape).Conv2D(6, 3).BatchNorm().Gelu().AveragePool(2).Dropout(0.2).Flatten().Dense(40).Sigmoid().Dense(10).Build(1);
        float[][] weights =
        [
            .. new[] { 1, 2, 7 }.Select(threads => new Trainer(new CrossEntropy(0.1), new Adam(), new TrainingOptions { Epochs = 2, ClipNorm = 0.5, Workers = workers, MaxDegreeOfParallelism = threads, Seed = 5 })
                .Fit(network, training).Network.Values.ToArray()),
        ];
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void GradientAveraging_AnyWorkers_IsTheGradientOfTheBatch(int workers)
    {
        Network network = new NetworkBuilder(Digits.X.Shape).Conv2D(6, 3).ReLU().MaxPool(2).Dropout(0.3).Flatten().Dense(10).Build(1);
        int[] samples = [.. Enumerable.Range(0, 50)];
        double[] weights = [.. samples.Select(i => (i % 4) * 0.5)];
        var batch = new TrainingData(Digits.X.Take(samples), Digits.Y.Take(samples), weights);
        NetworkGradient one = network.Gradient(batch, new CrossEntropy(), seed: 3);
        GradientAveraging averaged = GradientAveraging.Compute(network, batch, new CrossEntropy(), workers, seed: 3);

        Assert.Equal(workers, averaged.Parts.Count);
        Assert.Equal(one.Loss, averaged.Average.Loss, 1e-12);
        for (int i = 0; i < one.Values.Length; i++)
        {
            Assert.Equal(one.Values[i], averaged.Average.Values[i], 1e-6f); // the order of sums differs
        }
    }

    [Fact]
    public void Fit_Workers_TrainsLikeOne()
    {
        (TrainingData training, Tensor held, Labels truth) = Split();
        Network network = new NetworkBuilder(Digits.X.Shape).Conv2D(8, 3).BatchNorm().ReLU().MaxPool(2).Flatten().Dense(10).Build(1);
        Network trained = new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 6, BatchSize = 32, Workers = 4 }).Fit(network, training).Network;
        Assert.True(Accuracy(trained, held, truth) > 0.9);
        Assert.All(trained.Layers[1].Parameters[3].Values.ToArray(), variance => Assert.NotEqual(1f, variance));
    }

    [Fact]
    public void Fit_EarlyStopping_ReturnsTheWeightsOfTheBestEpoch()
    {
        // Labels that follow no rule: the validation loss must rise soon.
        Network network = new NetworkBuilder(TensorShape.Vector(6)).Dense(40).ReLU().Dense(3).Build(1);
        var training = new TrainingData(References.Random(40, network.InputShape, 1), References.RandomLabels(40, 3, 2));
        var validation = new TrainingData(References.Random(40, network.InputShape, 3), References.RandomLabels(40, 3, 4));
        TrainingResult result = new Trainer(new CrossEntropy(), new Adam(0.02), new TrainingOptions { Epochs = 200, BatchSize = 10, EarlyStopping = new EarlyStopping(4) }).Fit(network, training, validation);

        Assert.True(result.History.StoppedEarly);
        Assert.Equal(result.History.Best.Epoch + 4, result.History.Epochs.Count);
        Assert.Equal(result.History.Best.ValidationLoss!.Value, new CrossEntropy().Mean(result.Network.Forward(validation.X), validation.Targets), 1e-12);
        Assert.Equal(result.History.Epochs.Count, result.History.ToTable().RowCount);
        Assert.Contains("best epoch", result.History.Chart().ToPlotlyJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SampleOfWeightZero_IsAsIfItWereNotThere()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(3)).Dense(2).Build(1);
        Tensor x = References.Random(9, network.InputShape, 1);
        Labels y = References.RandomLabels(9, 2, 2);
        int[] kept = [0, 1, 2, 3, 4, 5];
        var options = new TrainingOptions { Epochs = 20 };
        Network weighted = new Trainer(new CrossEntropy(), new Sgd(0.1), options).Fit(network, new TrainingData(x, y, [1, 1, 1, 1, 1, 1, 0, 0, 0])).Network;
        Network without = new Trainer(new CrossEntropy(), new Sgd(0.1), options).Fit(network, new TrainingData(x.Take(kept), y.Take(kept))).Network;
        Assert.All(weighted.Values.ToArray().Zip(without.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Fit_ClipNorm_LimitsTheStep()
    {
        // By hand: with η = 1 a step is the gradient, cut to length 0.01.
        Network network = new NetworkBuilder(TensorShape.Vector(3)).Dense(2).Build(1);
        var data = new TrainingData(References.Random(9, network.InputShape, 1), References.RandomLabels(9, 2, 2));
        Network trained = new Trainer(new CrossEntropy(), new Sgd(1), new TrainingOptions { Epochs = 1, ClipNorm = 0.01 }).Fit(network, data).Network;
        double moved = Math.Sqrt(network.Values.ToArray().Zip(trained.Values.ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.Equal(0.01, moved, 1e-6);
    }

    [Fact]
    public void Fit_Distillation_BringsTheStudentToTheTeacher()
    {
        // The teacher alone (α = 1) is learned exactly by a student of its own kind, so KL goes to 0.
        Network teacher = new NetworkBuilder(TensorShape.Vector(3)).Dense(3).Build(1);
        Network student = new NetworkBuilder(TensorShape.Vector(3)).Dense(3).Build(2);
        Tensor x = References.Random(60, teacher.InputShape, 1);
        Tensor targets = DistillationLoss.Targets(Tensor.OneHot(References.RandomLabels(60, 3, 2)), teacher.Forward(x));
        TrainingResult result = new Trainer(new DistillationLoss(2, 1), new Adam(0.05), new TrainingOptions { Epochs = 150, BatchSize = 60 }).Fit(student, new TrainingData(x, targets));
        Assert.True(result.History.Epochs[^1].Loss < 1e-4, $"{result.History.Epochs[^1].Loss}");
    }

    [Fact]
    public void Fit_TooLargeARate_SaysStepAndLoss()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(3)).Dense(8).ReLU().Dense(1).Build(1);
        var data = new TrainingData(References.Random(32, network.InputShape, 1), References.Random(32, TensorShape.Vector(1), 2));
        DivergenceException e = Assert.Throws<DivergenceException>(() => new Trainer(new MeanSquaredError(), new Sgd(1e6), new TrainingOptions { Epochs = 200, BatchSize = 8 }).Fit(network, data));
        Assert.True(e.Step > 1);
        Assert.False(double.IsFinite(e.Loss));
        Assert.Contains("learning rate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        var seen = new List<EpochRecord>();
        var progress = new Call(record =>
        {
            seen.Add(record);
            cancel.Cancel();
        });
        Network network = new NetworkBuilder(TensorShape.Vector(3)).Dense(2).Build(1);
        var data = new TrainingData(References.Random(9, network.InputShape, 1), References.RandomLabels(9, 2, 2));
        Assert.Throws<OperationCanceledException>(() => new Trainer(new CrossEntropy()).Fit(network, data, data, progress, cancel.Token));
        Assert.Equal(1, Assert.Single(seen).Epoch);
        Assert.NotNull(seen[0].ValidationLoss);
    }

    [Fact]
    public void Fit_BadInput_IsToldAtTheDoor()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(2)).Dense(2).Build(1);
        Labels y = References.RandomLabels(4, 2, 1);
        Tensor x = References.Random(4, network.InputShape, 1);
        var trainer = new Trainer(new CrossEntropy());
        Assert.Equal("X", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(x.Take([]), y.Take([])))).ParamName);
        Assert.Equal("Targets", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(x, y.Take([0, 1])))).ParamName);
        Assert.Equal("Targets", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(x, References.RandomLabels(4, 3, 1)))).ParamName);
        Assert.Equal("Weights", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(x, y, [1, 2]))).ParamName);
        Assert.Equal("Weights", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(x, y, [0, 0, 0, 0]))).ParamName);
        Assert.Equal("Weights", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(network, new TrainingData(x, y, [1, -1, 0, 0]))).ParamName);
        Assert.Contains("Sample 1", Assert.Throws<ArgumentException>(() => trainer.Fit(network, new TrainingData(new Tensor(4, x.Shape, [1, 1, float.NaN, 1, 1, 1, 1, 1]), y))).Message, StringComparison.Ordinal);
        Assert.Contains("frozen", Assert.Throws<ArgumentException>(() => trainer.Fit(network.Freeze(1), new TrainingData(x, y))).Message, StringComparison.Ordinal);
        Assert.Equal("validation", Assert.Throws<ArgumentException>(() => new Trainer(new CrossEntropy(), null, new TrainingOptions { EarlyStopping = new EarlyStopping() }).Fit(network, new TrainingData(x, y))).ParamName);
        Assert.Contains("scores", Assert.Throws<ArgumentException>(() => trainer.Fit(network.Extend().Softmax().Build(), new TrainingData(x, y))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GradientAveraging.Compute(network, new TrainingData(x, y), new CrossEntropy(), 5));
    }

    private static (TrainingData Training, Tensor Held, Labels Truth) Split()
    {
        int[] kept = References.Kept(Digits.Y.Count);
        int[] held = References.Held(Digits.Y.Count);
        return (new TrainingData(Digits.X.Take(kept), Digits.Y.Take(kept)), Digits.X.Take(held), Digits.Y.Take(held));
    }

    private static double Accuracy(Network network, Tensor x, Labels y) => network.Classify(x).Zip(y.Codes.ToArray(), (a, b) => a == b ? 1.0 : 0).Average();

    private sealed class Call(Action<EpochRecord> action) : IProgress<EpochRecord>
    {
        public void Report(EpochRecord value) => action(value);
    }
}
