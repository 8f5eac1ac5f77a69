using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;
using MlOps.Quantization.Distillation;

namespace MlOps.Quantization.Tests.Distillation;

public sealed class TeacherScoresTests
{
    private static readonly Tensor s_x = Tensor.Of(new Matrix(5, 2, [0, 1, 1, 0, 2, -1, -3, 0.5, 1, 1]));

    [Fact]
    public void Of_NetworkAndItsOnnxFile_GiveTheSameProbabilities()
    {
        Network teacher = Trained(3);
        var own = TeacherScores.Of(teacher, s_x, ["a", "b", "c"]);
        using var model = OnnxModel.Open(OnnxExport.Export(teacher, new ExportOptions { ClassNames = ["a", "b", "c"] }));
        var read = TeacherScores.Of(model, s_x);
        Assert.Equal(["a", "b", "c"], read.Classes!);
        using var nameless = OnnxModel.Open(OnnxExport.Export(teacher));
        Assert.Equal(read.Scores.Values.ToArray(), TeacherScores.Of(nameless, s_x).Scores.Values.ToArray());
        Assert.Equal(teacher.ParameterCount, own.Parameters);
        Assert.Equal(own.Codes(), read.Codes());
        for (int i = 0; i < s_x.Count; i++)
        {
            // log-probabilities are scores less a number that is the same for all classes of a sample
            Assert.Equal(own.Scores[i][1] - own.Scores[i][0], read.Scores[i][1] - read.Scores[i][0], 1e-4f);
            Assert.Equal(own.Scores[i][2] - own.Scores[i][0], read.Scores[i][2] - read.Scores[i][0], 1e-4f);
        }
    }

    /// <summary>The scores that PyTorch itself has for these rows are in the file's JSON.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("mlp-fixed-batch")]
    public void Of_ModelOfPyTorch_TakesItsScoresAsTheyAre(string name)
    {
        (IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyDictionary<string, OnnxTensor> outputs, _) = Models.Sample(name);
        OnnxTensor input = inputs.Values.Single();
        double[] expected = outputs.Values.Single().ToDoubles();
        using var teacher = OnnxModel.Load(Models.At(name));
        int rows = (int)input.Dims[0];
        var scores = TeacherScores.Of(teacher, new Matrix(rows, (int)(input.ElementCount / rows), input.ToDoubles()));
        Assert.Null(scores.Classes);
        Assert.Equal(expected.Length, scores.Scores.Values.Length);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], scores.Scores.Values[i], 1e-4));
    }

    [Fact]
    public void Of_SingleOutput_IsAPairOfScores()
    {
        Network teacher = new NetworkBuilder(TensorShape.Vector(2)).Dense(1).Build(4).WithActivation(OutputActivation.Sigmoid);
        var scores = TeacherScores.Of(teacher, s_x);
        Assert.Equal(2, scores.ClassCount);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(0f, scores.Scores[i][0]));
        Assert.Equal(teacher.Forward(s_x).Values.ToArray(), Enumerable.Range(0, 5).Select(i => scores.Scores[i][1]));
    }

    [Fact]
    public void Of_NetworkThatEndsWithSoftmax_TakesTheScoresBeforeIt()
    {
        Network teacher = new NetworkBuilder(TensorShape.Vector(2)).Dense(3).Softmax().Build(4);
        Assert.Equal(teacher.Take(1).Forward(s_x).Values.ToArray(), TeacherScores.Of(teacher, s_x).Scores.Values.ToArray());
    }

    [Fact]
    public void Of_Function_IsCalledInBatchesOnceASample()
    {
        var calls = new List<int>();
        var scores = TeacherScores.Of(
            batch =>
            {
                calls.Add(batch.Count);
                return new Tensor(batch.Count, TensorShape.Vector(2), batch.Values.ToArray());
            },
            s_x,
            rowsPerBatch: 2);
        Assert.Equal([2, 2, 1], calls);
        Assert.Equal(s_x.Values.ToArray(), scores.Scores.Values.ToArray());
    }

    [Fact]
    public void OfProbabilities_Zero_CountsAsTheSmallestNormalNumber()
    {
        var scores = TeacherScores.OfProbabilities(new Tensor(1, TensorShape.Vector(2), [0, 1]));
        Assert.Equal(-126 * Math.Log(2), scores.Scores[0][0], 1e-5); // 1.17549435e-38 is 2 to the −126
        Assert.Equal(0f, scores.Scores[0][1]);
    }

    [Fact]
    public void InOrder_MovesColumns()
    {
        var scores = TeacherScores.Of(new Tensor(1, TensorShape.Vector(3), [1, 2, 3]), ["a", "b", "c"]);
        Assert.Equal([3f, 1f, 2f], scores.InOrder(["c", "a", "b"]).Scores.Values.ToArray());
        Assert.Contains("knows 3 classes (a, b, c); the labels have 2: a, b", Assert.Throws<ArgumentException>("classes", () => scores.InOrder(["a", "b"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("classes", () => scores.InOrder(["a", "b", "x"]));
    }

    [Fact]
    public void Of_BadTeachers_AreRefused()
    {
        Assert.Contains("score 1 of sample 0", Assert.Throws<ArgumentException>("scores", () => TeacherScores.Of(new Tensor(1, TensorShape.Vector(2), [1, float.NaN]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("scores", () => TeacherScores.Of(new Tensor(0, TensorShape.Vector(2), [])));
        Assert.Throws<ArgumentException>("scores", () => TeacherScores.Of(new Tensor(1, TensorShape.Vector(1), [1])));
        Assert.Throws<ArgumentException>("probabilities", () => TeacherScores.OfProbabilities(new Tensor(1, TensorShape.Vector(2), [1.5f, 0])));
        Assert.Throws<ArgumentException>("classes", () => TeacherScores.Of(new Tensor(1, TensorShape.Vector(2), [1, 2]), ["a", "a"]));
        Assert.Throws<ArgumentException>("teacher", () => TeacherScores.Of(new NetworkBuilder(TensorShape.Vector(2)).Dense(1).Build(), s_x));
        Assert.Throws<ArgumentException>("teacher", () => TeacherScores.Of(new NetworkBuilder(TensorShape.Vector(2)).Dense(3).Sigmoid().Build(), s_x));
        Assert.Throws<ArgumentException>("teacher", () => TeacherScores.Of(batch => new Tensor(1, TensorShape.Vector(2), [0, 0]), s_x));
        Assert.Contains("predicts numbers", Assert.Throws<ArgumentException>("predictions", () => TeacherScores.Of(new Predictions(null, null, false, [1]))).Message, StringComparison.Ordinal);
        Assert.Contains("gives no scores", Assert.Throws<ArgumentException>("predictions", () => TeacherScores.Of(new Predictions(Labels.Of(["a", "b"]), null, false, null))).Message, StringComparison.Ordinal);
    }

    private static Network Trained(int classes) => new NetworkBuilder(TensorShape.Vector(2)).Dense(6).ReLU().Dense(classes).Build(5).WithActivation(OutputActivation.Softmax);
}
