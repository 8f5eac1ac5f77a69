using MlOps.Learning;
using MlOps.Onnx.Export;

namespace MlOps.Onnx.Tests;

/// <summary>What the exporter does around the nodes of a model; the exports of the estimators have tests of their own.</summary>
public sealed class OnnxExportTests
{
    private static readonly Matrix s_x = new(3, 2, [1, 2, 30, -1, -2, 0.1]);

    [Fact]
    public void Describe_Facts_AreInTheFile()
    {
        OnnxFile file = Classifier(1, ["no", "yes"]);
        OnnxExport.Describe(file, new ExportOptions { Description = "loans", TrainingDataHash = "ab", Parameters = new Dictionary<string, string> { ["l2"] = "1" } }, new ModelFacts { Kind = "Linear", Features = ["a", "b"], Classes = ["no", "yes"] });
        using var model = OnnxModel.Open(file);
        Assert.Equal(["a", "b"], model.Facts.Features);
        Assert.Equal(["no", "yes"], model.Facts.Classes);
        Assert.Equal(("Linear", "ab", "1"), (model.Facts.Kind, model.Facts.TrainingDataHash, model.Facts.Parameters["l2"]));
        Assert.Equal(("loans", "MlOpsCourse"), (file.DocString, file.ProducerName));
        Predictions said = model.Predict(new Data.Table(Data.Column.Of("b", 2.0), Data.Column.Of("a", 1.0)));
        Assert.Equal("yes", said.Labels![0]);
        Assert.False(said.AreProbabilities);
    }

    [Fact]
    public void AddOutputs_OtherClassNames_AreSaid()
    {
        using var model = OnnxModel.Open(Classifier(1, ["low", "high"]));
        Assert.Equal(["high", "high", "low"], model.Labels(s_x));
        Assert.Throws<ArgumentException>(() => Classifier(1, ["low"]));
        Assert.Throws<ArgumentException>(() => Classifier(1, ["low", "low"]));
    }

    [Fact]
    public void Difference_SameModel_IsThatOfFloats() => Assert.InRange(ExportVerification.Difference(Classifier(1, null), new Two(), s_x), 0, 1e-7);

    [Fact]
    public void Difference_AnotherModel_IsSeen()
    {
        double difference = ExportVerification.Difference(Classifier(1.001, null), new Two(), s_x);
        Assert.InRange(difference, 0.0009, 0.0011); // relative for scores above 1
        OnnxFile file = Classifier(1.001, null);
        string message = Assert.Throws<OnnxException>(() => OnnxExport.NoteDifference(file, new ExportOptions(), 3, difference)).Message;
        Assert.Contains("on 3 rows ONNX Runtime and the C# model differ by up to 0.001; 1E-05 is tolerated", message, StringComparison.Ordinal);
        OnnxExport.NoteDifference(file, new ExportOptions { Tolerance = 0.01 }, 3, difference);
        Assert.Equal((3, difference), (file.Facts.VerifiedRows, file.Facts.VerifiedDifference));
    }

    [Fact]
    public void Difference_LabelOfALesserScore_IsSeen()
    {
        OnnxFile file = Classifier(1, null);
        file.Graph.NodesOf("ArgMax")[0].OpType = "ArgMin";
        Assert.True(ExportVerification.Difference(file, new Two(), s_x) > 0.1);
    }

    [Theory]
    [InlineData(new double[] { 1, double.NaN, double.PositiveInfinity }, new double[] { 1, double.NaN, double.PositiveInfinity }, 0)]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, double.NaN }, double.PositiveInfinity)]
    [InlineData(new double[] { 1, 2 }, new double[] { 1 }, double.PositiveInfinity)]
    [InlineData(new double[] { 0.5, 1010 }, new double[] { 0.5, 1000 }, 0.01)]
    [InlineData(new double[] { 0.25 }, new double[] { 0.5 }, 0.25)]
    public void Difference_Numbers_ByHand(double[] said, double[] expected, double difference) =>
        Assert.Equal(difference, ExportVerification.Difference(said, expected), 1e-15);

    [Fact]
    public void Export_ModelWithoutExport_IsTold() => Assert.Contains("Two", Assert.Throws<ArgumentException>(() => OnnxExport.Export(new Two())).Message, StringComparison.Ordinal);

    /// <summary>The nodes of <see cref="Two"/>, with a factor.</summary>
    private static OnnxFile Classifier(double factor, string[]? names)
    {
        var graph = new GraphBuilder("two");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string scores = graph.Add("MatMul", [x, graph.Constant("w", [(float)-factor, (float)factor, 0, (float)factor], 2, 2)]);
        OnnxExport.AddOutputs(graph, new Two(), new ModelOutput.Classes(scores, AreProbabilities: false), names);
        OnnxFile file = graph.Build();
        file.Facts = new ModelFacts { Classes = names ?? ["no", "yes"] };
        return file;
    }

    /// <summary>Scores −a and a + b.</summary>
    private sealed class Two : IClassifier
    {
        public IReadOnlyList<string> FeatureNames => ["a", "b"];

        public IReadOnlyList<string> Classes => ["no", "yes"];

        public Matrix Scores(Matrix x) => new(x.RowCount, 2, [.. Enumerable.Range(0, x.RowCount).SelectMany(i => new[] { -x[i, 0], x[i, 0] + x[i, 1] })]);

        public int[] Predict(Matrix x) => throw new NotSupportedException();
    }
}
