using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class ModelAnswersTests
{
    /// <summary>Oracle: the scores that PyTorch wrote beside the file, and their largest.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("transformer")]
    public void Of_TorchFile_IsWhatTorchSays(string name)
    {
        var (inputs, outputs, labels) = Models.Sample(name);
        using OnnxModel model = OnnxModel.Open(Models.Load(name));

        var answers = ModelAnswers.Of(model, new ModelData([inputs], labels.Length, labels));

        double[] torch = outputs[answers.Output].ToDoubles();
        int width = torch.Length / labels.Length;
        string[] largest = [.. torch.Chunk(width).Select(row => Array.IndexOf(row, row.Max()).ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(largest, answers.Classes);
        Assert.Equal(torch.Length, answers.Numbers.Length);
        Assert.All(torch.Zip(answers.Numbers), pair => Assert.Equal(pair.First, pair.Second, 1e-4)); // float32 on either side
        Assert.Equal((double)largest.Zip(labels).Count(pair => pair.First == pair.Second) / labels.Length, answers.Accuracy(labels));
    }

    [Fact]
    public void Of_FixedBatch_LeavesFillersOut()
    {
        ModelData data = Models.Data("mlp-fixed-batch", 21, 5);
        using OnnxModel fixedBatch = OnnxModel.Open(Models.Load("mlp-fixed-batch"));
        var answers = ModelAnswers.Of(fixedBatch, data);

        Assert.Equal(21, answers.Rows);
        Assert.Equal(21, answers.Classes!.Count);
        Assert.Equal(21 * 4, answers.Numbers.Length);
    }

    [Fact]
    public void Of_ModelWithLabels_ReadsThem()
    {
        var (inputs, outputs, labels) = Models.Sample("sklearn-linear");
        using OnnxModel model = OnnxModel.Open(Models.Load("sklearn-linear"));

        var answers = ModelAnswers.Of(model, new ModelData([inputs], labels.Length, labels));

        Assert.Equal(outputs["label"].ToLongs().Select(label => label.ToString(System.Globalization.CultureInfo.InvariantCulture)), answers.Classes);
    }

    [Fact]
    public void Accuracy_LabelsInAnotherSpelling_AreRefused()
    {
        var answers = new ModelAnswers("scores", 2, [0.1, 0.9, 0.8, 0.2], ["1", "0"], null);

        Assert.Equal(0.5, answers.Accuracy(["1", "1"]));
        Assert.Equal(0, answers.Accuracy(["0", "1"]));
        Assert.Contains("Name its classes", Assert.Throws<ArgumentException>(() => answers.Accuracy(["oak", "elm"])).Message, StringComparison.Ordinal);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => answers.Accuracy(["1"])).ParamName);
    }

    /// <summary>Oracle: by hand. y = [1, 2, 3], ŷ = [1, 2, 4]: noise 1, signal 14, Σ(y − 2)² = 2.</summary>
    [Fact]
    public void Compare_Numbers_HandValues()
    {
        var one = new ModelAnswers("y", 3, [1, 2, 3], null, null);

        var comparison = AnswerComparison.Of(one, one with { Numbers = [1, 2, 4] });

        Assert.Null(comparison.Agreement);
        Assert.Equal(1, comparison.LargestDifference);
        Assert.Equal(10 * Math.Log10(14), comparison.SignalToNoise!.Value, 1e-12);
        Assert.Equal(0.5, comparison.RSquared);
        Assert.Equal(double.PositiveInfinity, AnswerComparison.Of(one, one).SignalToNoise);
        Assert.Equal(0.5, one.RSquared([1, 2, 3]) - 0.5);
        Assert.Throws<ArgumentException>(() => AnswerComparison.Of(one, one with { Rows = 2 }));
    }

    [Fact]
    public void Compare_Classes_IsTheShareOfEqualOnes()
    {
        var one = new ModelAnswers("s", 4, [], ["a", "b", "c", "d"], null);

        Assert.Equal(0.75, AnswerComparison.Of(one, one with { Classes = ["a", "b", "c", "a"] }).Agreement);
    }
}
