using System.Text.Json;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Onnx.Tests.Export;

/// <summary>Oracle: ONNX Runtime. Real data from scikit-learn (tests/MlOps.Learning.Tests/References/neural.py).</summary>
public sealed class NeuralExportTests
{
    private static readonly JsonElement Data = Read();

    public static TheoryData<string> Layers => new(Networks.Keys);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Export_EveryLayer_GivesTheOutputsOfTheNetwork(string name)
    {
        // Trained a little, so that batch norm has seen data and no weight is where it began.
        (Tensor x, Labels y) = Digits();
        Network network = new Trainer(new CrossEntropy(), new Adam(0.003), new TrainingOptions { Epochs = 1, BatchSize = 16, Seed = 2 })
            .Fit(Networks[name](new NetworkBuilder(x.Shape)).Flatten().Dense(10).Build(1), new TrainingData(x, y)).Network;

        using var session = new InferenceSession(OnnxExport.Export(network, y.Classes).ToByteArray());
        foreach (int count in new[] { 200, 1 })
        {
            Tensor some = x.Take([.. Enumerable.Range(0, count)]);
            Close(network.Predict(some).Values, Run(session, some, "probabilities"));
            Assert.Equal(network.Classify(some).Select(code => y.Classes[code]), Labels(session, some));
        }
    }

    [Fact]
    public void Export_NetworksForNumbersAndYesOrNo_GiveTheirOutputs()
    {
        (Tensor x, _) = Digits();
        NetworkBuilder body() => new NetworkBuilder(x.Shape).Flatten().Dense(12).BatchNorm().Tanh();

        Network numbers = Trained(new MeanSquaredError(), body().Dense(3).Build(1), x);
        using var regression = new InferenceSession(OnnxExport.Export(numbers).ToByteArray());
        Close(numbers.Predict(x).Values, Run(regression, x, "prediction"));

        Network ownSoftmax = Trained(new MeanSquaredError(), body().Dense(3).Softmax().Build(1), x);
        using var softmax = new InferenceSession(OnnxExport.Export(ownSoftmax).ToByteArray());
        Close(ownSoftmax.Predict(x).Values, Run(softmax, x, "probabilities"));

        Network yesOrNo = Trained(new BinaryCrossEntropy(), body().Dense(1, bias: false).Build(1), x);
        using var binary = new InferenceSession(OnnxExport.Export(yesOrNo, ["no", "yes"]).ToByteArray());
        float[] probabilities = yesOrNo.Predict(x).Values.ToArray();
        Close(probabilities.SelectMany(p => new[] { 1 - p, p }).ToArray(), Run(binary, x, "probabilities"));
        Assert.Equal(yesOrNo.Classify(x).Select(code => code == 1 ? "yes" : "no"), Labels(binary, x));

        Network image = new NetworkBuilder(x.Shape).Conv2D(2, 3).Build(1);
        using var pixels = new InferenceSession(OnnxExport.Export(image).ToByteArray());
        Close(image.Predict(x).Values, Run(pixels, x, "prediction"));
        Assert.Equal("classNames", Assert.Throws<ArgumentException>(() => OnnxExport.Export(image, ["a", "b"])).ParamName);
    }

    [Fact]
    public void Export_ClassifierOnRawFeatures_EqualsTheModel()
    {
        JsonElement set = Data.GetProperty("cancer");
        Matrix x = Features(set);
        var y = MlOps.Learning.Labels.Of(set.GetProperty("y").EnumerateArray().Select(code => code.GetInt64()));
        MlpClassifierModel model = new MlpClassifier(new MlpOptions { Hidden = [32, 16], Epochs = 15, Dropout = 0.1 }).Fit(x, y);
        using var onnx = OnnxModel.Open(OnnxExport.Export(model));
        foreach (Matrix rows in new[] { x, Rounded(x) })
        {
            Close(model.PredictProbabilities(rows).Values, onnx.Run(rows, "probabilities").Values, 1e-5);
            Assert.Equal(model.Predict(rows).Select(code => y.Classes[code]), onnx.Labels(rows));
        }
    }

    [Fact]
    public void Export_RegressorOnRawFeatures_EqualsTheModel()
    {
        JsonElement set = Data.GetProperty("diabetes");
        Matrix x = Features(set);
        double[] y = Numbers(set.GetProperty("y"));
        MlpRegressorModel model = new MlpRegressor(new MlpOptions { Hidden = [24], Epochs = 15 }).Fit(x, y);
        using var onnx = OnnxModel.Open(OnnxExport.Export(model));
        foreach (Matrix rows in new[] { x, Rounded(x) })
        {
            Close(model.Predict(rows), onnx.Run(rows, "prediction").Values, 1e-5);
        }
    }

    private static Dictionary<string, Func<NetworkBuilder, NetworkBuilder>> Networks => new()
    {
        ["Conv2D, padding"] = b => b.Conv2D(4, 3, padding: 1).ReLU(),
        ["Conv2D, stride, no bias"] = b => b.Conv2D(4, 3, stride: 2, padding: 2, bias: false),
        ["MaxPool"] = b => b.Conv2D(4, 2).MaxPool(2),
        ["MaxPool that overlaps"] = b => b.MaxPool(3, 2),
        ["AveragePool"] = b => b.AveragePool(2).Conv2D(3, 2).AveragePool(2, 1),
        ["GlobalAveragePool"] = b => b.Conv2D(6, 3).GlobalAveragePool(),
        ["BatchNorm"] = b => b.Conv2D(4, 3).BatchNorm(0.3, 1e-3).ReLU().Flatten().Dense(12, bias: false).BatchNorm(),
        ["Dropout"] = b => b.Dropout(0.2).Flatten().Dense(12).Dropout(0.5),
        ["LeakyReLU"] = b => b.Flatten().Dense(12).LeakyReLU(0.2),
        ["Sigmoid"] = b => b.Flatten().Dense(12).Sigmoid(),
        ["Tanh"] = b => b.Flatten().Dense(12).Tanh(),
        ["Gelu"] = b => b.Flatten().Dense(12).Gelu(),
        ["Softmax"] = b => b.Flatten().Dense(12).Softmax(),
    };

    private static Network Trained(Loss loss, Network network, Tensor x)
    {
        var random = new Random(3);
        int outputs = network.OutputShape.Size;
        float[] targets = [.. Enumerable.Range(0, x.Count * outputs).Select(_ => random.NextSingle())];
        return new Trainer(loss, null, new TrainingOptions { Epochs = 1 }).Fit(network, new TrainingData(x, new Tensor(x.Count, TensorShape.Vector(outputs), targets))).Network;
    }

    private static (Tensor X, Labels Y) Digits()
    {
        JsonElement set = Data.GetProperty("digits");
        float[] x = [.. set.GetProperty("x").GetString()!.Take(400 * 64).Select(letter => (letter - 'a') / 16f)];
        int[] codes = [.. set.GetProperty("y").GetString()!.Take(400).Select(digit => digit - '0')];
        return (new Tensor(400, TensorShape.Image(1, 8, 8), x), new Labels(codes, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]));
    }

    private static Matrix Features(JsonElement set) => new(set.GetProperty("y").GetArrayLength(), set.GetProperty("features").GetInt32(), Numbers(set.GetProperty("x")));

    private static Matrix Rounded(Matrix x) => new(x.RowCount, x.ColumnCount, Array.ConvertAll(x.Values.ToArray(), value => (double)(float)value));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static float[] Run(InferenceSession session, Tensor x, string output)
    {
        using OrtValue input = Input(x);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static string[] Labels(InferenceSession session, Tensor x)
    {
        using OrtValue input = Input(x);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], ["label"]);
        return results[0].GetStringTensorAsArray();
    }

    private static OrtValue Input(Tensor x) =>
        OrtValue.CreateTensorValueFromMemory(x.Values.ToArray(), [x.Count, .. x.Shape.ToDimensions().Select(dimension => (long)dimension)]);

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Close(Array.ConvertAll(expected.ToArray(), value => (double)value), Array.ConvertAll(actual.ToArray(), value => (double)value), 1e-5);

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"place {i}: {expected[i]} here, {actual[i]} in ONNX Runtime");
        }
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(NeuralExportTests).Assembly.GetManifestResourceStream("neural-data.json") ?? throw new FileNotFoundException("neural-data.json");
        return JsonDocument.Parse(stream).RootElement;
    }
}
