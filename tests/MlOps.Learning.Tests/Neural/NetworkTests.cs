using MlOps.Data;
using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

public sealed class NetworkTests
{
    private static NetworkBuilder Digits => new NetworkBuilder(TensorShape.Image(1, 28, 28)).Conv2D(8, 3).ReLU().MaxPool(2).Conv2D(16, 3).ReLU().MaxPool(2).Flatten().Dense(10);

    [Fact]
    public void ParameterCount_WorkedExample_Is669706()
    {
        // By hand: 784·512 + 512 + 512·512 + 512 + 512·10 + 10 = 401,920 + 262,656 + 5,130.
        Network network = new NetworkBuilder(TensorShape.Vector(784)).Dense(512).ReLU().Dense(512).ReLU().Dense(10).Build();
        Assert.Equal(669_706, network.ParameterCount);
        Assert.Equal(669_706, network.TrainableParameterCount);
    }

    [Fact]
    public void ForImages_Digits_HasTheParametersOfItsLayers()
    {
        // By hand: 16·(9 + 1) + 32·(16·9 + 1) + 10·(32·7·7 + 1).
        Assert.Equal(160 + 4640 + 15_690, NetworkBuilder.ForImages(TensorShape.Image(1, 28, 28), 10).Build().ParameterCount);
        Assert.Throws<ArgumentException>(() => NetworkBuilder.ForImages(TensorShape.Image(1, 3, 3), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkBuilder.ForImages(TensorShape.Image(1, 8, 8), 1));
    }

    [Theory]
    [InlineData(28, 3, 1, 0, 26)]
    [InlineData(28, 5, 1, 2, 28)]
    [InlineData(28, 3, 2, 1, 14)]
    [InlineData(227, 11, 4, 0, 55)] // AlexNet's first layer
    public void OutputShape_Convolution_FollowsTheFormula(int size, int kernel, int stride, int padding, int expected) =>
        Assert.Equal(TensorShape.Image(6, expected, expected), new Conv2D(6, kernel, stride, padding).OutputShape(TensorShape.Image(3, size, size)));

    [Fact]
    public void Add_LayerThatDoesNotFit_SaysWhatItNeeds()
    {
        Assert.Contains("Flatten", Assert.Throws<ArgumentException>(() => new NetworkBuilder(TensorShape.Image(1, 4, 4)).Dense(2)).Message, StringComparison.Ordinal);
        Assert.Contains("1×4×4", Assert.Throws<ArgumentException>(() => new NetworkBuilder(TensorShape.Image(1, 4, 4)).Conv2D(2, 5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new NetworkBuilder(TensorShape.Vector(4)).MaxPool(2));
        Assert.Throws<ArgumentException>(() => new NetworkBuilder(TensorShape.Image(1, 4, 4)).Softmax());
        Assert.Throws<InvalidOperationException>(() => new NetworkBuilder(TensorShape.Vector(4)).Build());
        Assert.Throws<ArgumentException>(() => new NetworkBuilder(default(TensorShape)));
    }

    [Fact]
    public void Layer_BadHyperparameter_IsNamed()
    {
        Assert.Equal("Units", Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(0)).ParamName);
        Assert.Equal("Padding", Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 3, 1, 3)).ParamName);
        Assert.Equal("Rate", Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyReLU(-1));
        Assert.Throws<ArgumentException>(() => new Sgd(0.1, 0, nesterov: true));
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(double.NaN)).ParamName);
        Assert.Equal("Epochs", Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Epochs = 0 }).ParamName);
    }

    [Fact]
    public void Build_EqualSeeds_DrawsEqualWeights()
    {
        Assert.Equal(Digits.Build(3).Values.ToArray(), Digits.Build(3).Values.ToArray());
        Assert.NotEqual(Digits.Build(3).Values.ToArray(), Digits.Build(4).Values.ToArray());
    }

    [Theory]
    [InlineData(Initialization.HeNormal, 2.0 / 400)]
    [InlineData(Initialization.HeUniform, 2.0 / 400)]
    [InlineData(Initialization.GlorotNormal, 2.0 / 700)]
    [InlineData(Initialization.GlorotUniform, 2.0 / 700)]
    public void Build_Initialization_HasTheVarianceOfItsPaper(Initialization initialization, double variance)
    {
        Network network = new NetworkBuilder(TensorShape.Vector(400)).Add(new Dense(300, Initialization: initialization)).Build(1);
        float[] weights = network.Parameters.First().Values.ToArray();
        Assert.Equal(0, weights.Average(), 4 * Math.Sqrt(variance / weights.Length));
        Assert.Equal(variance, weights.Average(w => (double)w * w), 0.02 * variance);
    }

    [Fact]
    public void Predict_AfterCrossEntropy_GivesProbabilities()
    {
        Network network = Digits.Build(1).With(Digits.Build(1).Values.ToArray(), OutputActivation.Softmax);
        Tensor x = References.Random(300, network.InputShape, 2); // more than one batch
        Tensor probabilities = network.Predict(x);
        int[] codes = network.Classify(x);
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(1, probabilities[i].ToArray().Sum(p => (double)p), 1e-6);
            Assert.Equal(probabilities[i].ToArray().Max(), probabilities[i][codes[i]]);
        }

        Assert.Equal(network.Predict(x.Take([299])).Values.ToArray(), probabilities[299].ToArray());
    }

    [Fact]
    public void Predict_OtherShape_SaysBoth()
    {
        string message = Assert.Throws<ArgumentException>(() => Digits.Build().Predict(References.Random(2, TensorShape.Image(1, 27, 28), 1))).Message;
        Assert.Contains("1×28×28", message, StringComparison.Ordinal);
        Assert.Contains("1×27×28", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extend_FrozenBody_KeepsItsWeightsUnderTraining()
    {
        Network body = Digits.Build(1).Take(7).Freeze(7);
        Network other = body.Extend().Dense(3).Build(2);
        Assert.Equal(3 * 401, other.TrainableParameterCount); // 400 inputs and a bias each
        Assert.Equal(body.Values.ToArray(), other.Values[..body.Values.Length].ToArray());

        Network trained = new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 2, BatchSize = 8 })
            .Fit(other, new TrainingData(References.Random(20, other.InputShape, 3), References.RandomLabels(20, 3, 4))).Network;
        Assert.Equal(body.Values.ToArray(), trained.Values[..body.Values.Length].ToArray());
        Assert.NotEqual(other.Values.ToArray(), trained.Values.ToArray());
    }

    [Fact]
    public void Freeze_BatchNorm_KeepsItsStatistics()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(4)).Dense(5).BatchNorm().ReLU().Dense(2).Build(1).Freeze(2);
        Network trained = new Trainer(new CrossEntropy()).Fit(network, new TrainingData(References.Random(20, network.InputShape, 3), References.RandomLabels(20, 2, 4))).Network;
        Parameter[] before = [.. network.Layers[1].Parameters];
        Parameter[] after = [.. trained.Layers[1].Parameters];
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Summary_Convolution_ListsShapesAndParameters()
    {
        Table summary = Digits.Build().Freeze(1).Summary();
        Assert.Equal(["0 Conv2D", "1 ReLU", "2 MaxPool", "3 Conv2D", "4 ReLU", "5 MaxPool", "6 Flatten", "7 Dense"], Enumerable.Range(0, 8).Select(i => ((StringColumn)summary.Columns[0])[i]));
        Assert.Equal([80, 0, 0, 1168, 0, 0, 0, 4010], summary.Numbers("parameters"));
        Assert.Contains("5,258 parameters, 5,178 of them trainable", Digits.Build().Freeze(1).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_ValuesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Tensor(2, TensorShape.Vector(3), new float[5]));
        Assert.Throws<ArgumentException>(() => Tensor.FromBytes(TensorShape.Image(1, 2, 2), new byte[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TensorShape.Image(1, 0, 2));
        Assert.Equal([0f, 1f, 0.2f, 0.4f], Tensor.FromBytes(TensorShape.Image(1, 2, 2), [0, 255, 51, 102]).Values.ToArray());
    }
}
