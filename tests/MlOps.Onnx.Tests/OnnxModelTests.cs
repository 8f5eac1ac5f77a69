using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Onnx.Tests;

public sealed class OnnxModelTests
{
    // NumPy 1.24 by hand: softmax(X·Wᵀ + b) with the weights of make.py's classifier.
    private static readonly Matrix s_x = new(3, 2, [1, 2, 3, -1, -2, -2], ["length", "width"]);
    private static readonly double[] s_probabilities = [0.18164622, 0.81408187, 0.00427191, 0.96260373, 0.02906811, 0.00832815, 0.00192063, 0.00316659, 0.99491278];

    [Theory]
    [InlineData("zipmap.onnx", new[] { "0", "1", "2" })]
    [InlineData("strings.onnx", new[] { "setosa", "versicolor", "virginica" })]
    public void Predict_ClassifierAsScikitLearnsConverterWritesIt_GivesClassesAndProbabilities(string name, string[] classes)
    {
        using var model = OnnxModel.Load(TestFiles.At(name));
        Predictions said = model.Predict(new Table(Column.Of("length", 1.0, 3, -2), Column.Of("width", 2L, -1, -2)));
        Assert.Equal(classes, said.Labels!.Classes);
        Assert.Equal([1, 0, 2], said.Labels.Codes.ToArray());
        Assert.True(said.AreProbabilities);
        Assert.Equal(classes, said.Scores!.ColumnNames);
        Assert.Equal(s_probabilities, said.Scores.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Null(said.Values);
        using var open = OnnxModel.Open(TestFiles.Load(name));
        Assert.Equal(said.Scores.Values.ToArray(), open.Predict(s_x).Scores!.Values.ToArray());
    }

    [Fact]
    public void Predict_ModelThatNamesNoColumns_NeedsATableOfJustThem()
    {
        using var model = OnnxModel.Load(TestFiles.At("strings.onnx"));
        var table = new Table(Column.Of("id", 1.0), Column.Of("width", 2.0), Column.Of("length", 1.0));
        Assert.Empty(model.Columns);
        Assert.Contains("takes 2 numbers a row and the model does not say which", Assert.Throws<ArgumentException>(() => model.Predict(table)).Message, StringComparison.Ordinal);
        using var told = OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { Features = ["length", "width"] });
        Assert.Equal("versicolor", told.Predict(table).Labels![0]);
        Assert.Equal([("length", false), ("width", false)], told.Columns);
    }

    [Fact]
    public void Predict_FeaturesInMetadata_AreTakenByNameInAnyOrder()
    {
        OnnxFile file = TestFiles.Load("strings.onnx");
        file.Facts = new ModelFacts { Features = ["length", "width"], Classes = ["a", "b", "c"] };
        using var model = OnnxModel.Open(file, new OnnxModelOptions { Classes = ["setosa", "versicolor", "virginica"] });
        Table table = new(Column.Of("width", 2, -1, -2), Column.Of("city", "Pune", "Goa", null), Column.Of("length", 1, 3, -2));
        Assert.Equal([1, 0, 2], model.Predict(table).Labels!.Codes.ToArray());
        Assert.Contains("needs column 'width', which the table lacks. It has: city, length.", Assert.Throws<ArgumentException>(() => model.Predict(table.Drop("width"))).Message, StringComparison.Ordinal);
        Table text = table.With(Column.Of("width", "2", "-1", "-2"));
        Assert.Contains("Column 'width' holds text; input 'X' takes numbers", Assert.Throws<ArgumentException>(() => model.Predict(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_LabelThatIsNoClass_IsTold()
    {
        using var model = OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { Classes = ["a", "b", "c"] });
        Assert.Contains("'versicolor', which is none of its classes", Assert.Throws<OnnxException>(() => model.Predict(s_x)).Message, StringComparison.Ordinal);
        using var fewer = OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { Classes = ["a", "b"] });
        Assert.Contains("has 3 columns; 2 classes are named", Assert.Throws<OnnxException>(() => fewer.Predict(s_x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OneInputAColumn_TakesColumnsByNameWithMissingValues()
    {
        using var model = OnnxModel.Load(TestFiles.At("columns.onnx"));
        var table = new Table(Column.Of("rooms", 1L, 2, 3), Column.Of("city", "Pune", null, "Goa"), Column.Of("income", 100.5, 200, double.NaN), Column.Of("other", true, false, true));
        // By hand: Pune 10, missing −5, others 0; a missing income counts 0.
        Assert.Equal([111.5, 197, 3], model.Predict(table).Values!);
        Assert.Equal([("income", false), ("city", true), ("rooms", false)], model.Columns);
        Assert.Equal([111.5], model.Predict(table.Take(0).With(Column.Of("rooms", 1.0))).Values!); // a whole number, read as a double
    }

    [Theory]
    [InlineData("rooms", 1.5, "Row 0 has 1.5 in column 'rooms'; input 'rooms' takes Int64")]
    [InlineData("rooms", double.NaN, "Row 0 has NaN in column 'rooms'")]
    [InlineData("income", 1e300, "Row 0 has 1E+300 in column 'income'; input 'income' takes Float")]
    public void Predict_ValueThatDoesNotFit_NamesRowAndColumn(string column, double value, string told)
    {
        using var model = OnnxModel.Load(TestFiles.At("columns.onnx"));
        Table table = new Table(Column.Of("rooms", 1L), Column.Of("city", "Pune"), Column.Of("income", 1.0)).With(Column.Of(column, value));
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => model.Predict(table)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_ColumnOfAnotherKind_IsToldByName()
    {
        using var model = OnnxModel.Load(TestFiles.At("columns.onnx"));
        var table = new Table(Column.Of("rooms", 1L), Column.Of("city", "Pune"), Column.Of("income", 1.0));
        Assert.Contains("Column 'city' holds Int64; input 'city' takes text", Assert.Throws<ArgumentException>(() => model.Predict(table.With(Column.Of("city", 411001L)))).Message, StringComparison.Ordinal);
        Assert.Contains("Column 'income' holds times", Assert.Throws<ArgumentException>(() => model.Predict(table.With(Column.Of("income", DateTime.UnixEpoch)))).Message, StringComparison.Ordinal);
        Assert.Contains("needs columns 'city', 'rooms'", Assert.Throws<ArgumentException>(() => model.Predict(table.Select("income"))).Message, StringComparison.Ordinal);
        // A block of a file in which nothing is there may have been read as any type.
        Assert.Equal([-4], model.Predict(table.With(Column.Of("city", double.NaN), Column.Of("income", (string?)null))).Values!);
        Assert.Contains("has 3 inputs", Assert.Throws<ArgumentException>(() => model.Predict(s_x)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Predict_AnyBlockSize_GivesTheSame(int rowsPerBlock)
    {
        var random = new Random(1);
        var x = new Matrix(100, 2, [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())]);
        using var whole = OnnxModel.Load(TestFiles.At("zipmap.onnx"));
        using var blocks = OnnxModel.Load(TestFiles.At("zipmap.onnx"), new OnnxModelOptions { RowsPerBlock = rowsPerBlock, Threads = 1 });
        Assert.Equal(whole.Predict(x).Scores!.Values.ToArray(), blocks.Predict(x).Scores!.Values.ToArray());
        Assert.Equal(whole.Predict(x).Labels!.Codes.ToArray(), blocks.Predict(x).Labels!.Codes.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Predict_FixedBatch_IsFilledUpAndCut(int rows)
    {
        using var model = OnnxModel.Load(TestFiles.At("fixed-batch.onnx"));
        var x = new Matrix(rows, 2, [.. Enumerable.Range(0, 2 * rows).Select(i => (double)i)]);
        double[] sums = [.. Enumerable.Range(0, rows).Select(i => (4.0 * i) + 1)];
        Assert.Equal(sums, model.Predict(x).Values!);
        Assert.Equal(sums, model.Run(x, "y").Values.ToArray());
        Assert.Equal(sums, model.Predict(new Table(Column.Of("a", x.Column(0)), Column.Of("b", x.Column(1)))).Values!);
    }

    [Fact]
    public void Predict_NoRows_GivesNone()
    {
        using var regressor = OnnxModel.Load(TestFiles.At("columns.onnx"));
        Assert.Empty(regressor.Predict(new Table(Column.Of("rooms", Array.Empty<long>()), Column.Of("city", Array.Empty<string>()), Column.Of("income", Array.Empty<double>()))).Values!);
        using var classifier = OnnxModel.Load(TestFiles.At("strings.onnx"));
        Predictions none = classifier.Predict(new Matrix(0, 2, []));
        Assert.Equal((0, 3, 0), (none.Labels!.Count, none.Scores!.ColumnCount, none.Scores.RowCount));
    }

    [Fact]
    public void Predict_ProgressAndCancellation_AreHeard()
    {
        using var model = OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { RowsPerBlock = 1 });
        Table table = new(Column.Of("length", 1.0, 3, -2), Column.Of("width", 2.0, -1, -2));
        var shares = new Shares();
        model.Predict(table, shares);
        Assert.Equal([1 / 3.0, 2 / 3.0, 1], shares.All);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Predict(table, null, cancel.Token));
    }

    [Fact]
    public void Predict_ManyThreads_ShareAModel()
    {
        using var model = OnnxModel.Load(TestFiles.At("zipmap.onnx"));
        double[] expected = model.Predict(s_x).Scores!.Values.ToArray();
        Parallel.For(0, 200, _ => Assert.Equal(expected, model.Predict(s_x).Scores!.Values.ToArray()));
    }

    [Fact]
    public void Predict_NeitherClassesNorANumberARow_SaysWhatTheModelGives()
    {
        var graph = new GraphBuilder("features");
        OnnxFile file = graph.Output("features", graph.Add("Neg", [graph.Input("x", OnnxElementType.Float, 2)]), OnnxElementType.Float, 2).Build();
        using var model = OnnxModel.Open(file);
        Assert.Contains("features: float[N, 2]: neither classes nor one number a row", Assert.Throws<OnnxException>(() => model.Predict(s_x)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Softmax", true)]
    [InlineData("Identity", false)]
    public void Predict_ScoresAlone_NumbersTheClassesAndSeesWhetherTheyAreProbabilities(string last, bool probabilities)
    {
        var graph = new GraphBuilder("network");
        OnnxFile file = graph.Output("out", graph.Add(last, [graph.Input("image", OnnxElementType.Float, 1, 2, 1)]), OnnxElementType.Float, 1, 2, 1).Build();
        file.Graph.Output[0].Type = OnnxValue.Tensor("out", OnnxElementType.Float, -1, 2).Type;
        file.Graph.Node[^1].OpType = "Flatten";
        file.Graph.Node[0].Attribute.Clear();
        if (last == "Softmax")
        {
            file.Graph.Node[0].Attribute.Add(OnnxAttribute.Of("axis", 2));
        }

        using var model = OnnxModel.Open(file);
        Predictions said = model.Predict(s_x); // rows of two columns go into images of 1 × 2 × 1
        Assert.Equal(["0", "1"], said.Labels!.Classes);
        Assert.Equal([1, 0, 0], said.Labels.Codes.ToArray());
        Assert.Equal(probabilities, said.AreProbabilities);
    }

    [Fact]
    public void Predict_LabelWithoutScores_IsAPredictionToo()
    {
        OnnxFile file = TestFiles.Load("strings.onnx");
        file.Graph.Output.RemoveAt(1);
        using var model = OnnxModel.Open(file);
        Predictions said = model.Predict(s_x);
        Assert.Equal("versicolor setosa virginica", string.Join(" ", said.ToTable().Texts("prediction")));
        Assert.Single(said.ToTable().Columns);
        Assert.Null(said.Scores);
    }

    [Fact]
    public void Run_RowsThatTheModelFailsOn_NamesTheNodeAndNoSourceCode()
    {
        var graph = new GraphBuilder("reshape");
        string x = graph.Input("x", OnnxElementType.Float, -1);
        using var model = OnnxModel.Open(graph.Output("y", graph.Add("Reshape", [x, graph.Constant("shape", [3L, 5L])]), OnnxElementType.Float, 5).Build());
        string message = Assert.Throws<OnnxException>(() => model.Run(s_x, "y")).Message;
        Assert.Contains("Name:'reshape'", message, StringComparison.Ordinal);
        Assert.Contains("requested shape:{3,5}", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".h:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Matrix_WrongWidthOrOutput_IsTold()
    {
        using var model = OnnxModel.Load(TestFiles.At("strings.onnx"));
        Assert.Contains("takes float[?, 2], so 2 columns; there are 3", Assert.Throws<ArgumentException>(() => model.Run(new Matrix(1, 3, [1, 2, 3]), "output_probability")).Message, StringComparison.Ordinal);
        Assert.Contains("There are: output_label, output_probability.", Assert.Throws<ArgumentException>(() => model.Run(s_x, "y")).Message, StringComparison.Ordinal);
        Assert.Contains("no number", Assert.Throws<OnnxException>(() => model.Run(s_x, "output_label")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Tensors_OfAnyType()
    {
        using var model = OnnxModel.Load(TestFiles.At("columns.onnx"));
        IReadOnlyDictionary<string, OnnxTensor> said = model.Run(new Dictionary<string, OnnxTensor>
        {
            ["income"] = OnnxTensor.Of("income", [1f, 2f], 2, 1), ["city"] = OnnxTensor.Of("city", ["Pune", "Goa"], 2, 1), ["rooms"] = OnnxTensor.Of("rooms", [3L, 4L], 2, 1),
        });
        Assert.Equal([14f, 6f], said["variable"].ToFloats());
        Assert.Equal([2L, 1L], said["variable"].Dims);
        Assert.Contains("city: string[?, 1]", Assert.Throws<ArgumentException>(() => model.Run(new Dictionary<string, OnnxTensor>())).Message, StringComparison.Ordinal);
        using var branch = OnnxModel.Load(TestFiles.At("branch.onnx"));
        Assert.Contains("branch.onnx", Assert.Throws<OnnxException>(() => branch.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [1.0, 2.0], 1, 2) })).Message, StringComparison.Ordinal);
        using var types = OnnxModel.Load(TestFiles.At("types.onnx"));
        OnnxFile file = TestFiles.Load("types.onnx");
        Assert.All(types.Run(new Dictionary<string, OnnxTensor>()), output => Assert.Equal(file.Graph.Constant(output.Key[4..])!.ToDoubles(), output.Value.ToDoubles()));
    }

    [Fact]
    public void Run_FunctionOfTheFile_Runs()
    {
        using var model = OnnxModel.Load(TestFiles.At("function.onnx"));
        Assert.Equal([6], model.Predict(new Matrix(1, 1, [3])).Values!);
    }

    [Fact]
    public void Load_DescribesInputsOutputsAndItself()
    {
        using var model = OnnxModel.Load(TestFiles.At("columns.onnx"));
        Assert.Equal(["income: float[?, 1]", "city: string[?, 1]", "rooms: int64[?, 1]"], model.Inputs.Select(input => $"{input.Name}: {input.Describe()}"));
        Assert.Equal(["variable: float[?, 1]"], model.Outputs.Select(output => $"{output.Name}: {output.Describe()}"));
        using var zip = OnnxModel.Load(TestFiles.At("zipmap.onnx"));
        Assert.StartsWith("float[", zip.Outputs[1].Describe(), StringComparison.Ordinal); // a matrix in place of the list of dictionaries
    }

    [Fact]
    public void Load_ProviderThatIsNotThere_RunsOnTheCpuAndSaysSo()
    {
        using var cpu = OnnxModel.Load(TestFiles.At("strings.onnx"));
        Assert.Equal(("cpu", null), (cpu.Provider, cpu.Notice));
        bool cuda = OnnxRuntimeInfo.Current().Providers.Contains("cuda");
        using var wanted = OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { Providers = ["cuda", "cpu"] });
        if (!cuda)
        {
            Assert.Equal(("cpu", "CUDA is not in this ONNX Runtime; running on the CPU."), (wanted.Provider, wanted.Notice));
        }

        Assert.Equal([1, 0, 2], wanted.Predict(s_x).Labels!.Codes.ToArray());
        if (cuda && wanted.Provider == "cpu")
        {
            Assert.Matches(@"^CUDA could not be started \(.+\); running on the CPU\.$", wanted.Notice);
        }

        Assert.Contains("There are: cpu, cuda", Assert.Throws<ArgumentException>(() => OnnxModel.Load(TestFiles.At("strings.onnx"), new OnnxModelOptions { Providers = ["gpu"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OperatorThatOnnxRuntimeLacks_NamesTheNode()
    {
        var graph = new GraphBuilder("images");
        string pixels = graph.Add("ImageDecoder", [graph.Input("bytes", OnnxElementType.Uint8)]);
        OnnxFile file = graph.Output("y", pixels, OnnxElementType.Uint8, -1, -1).Build();
        file.OpsetImport[0].Version = 20;
        Assert.Empty(Onnx.Checking.OnnxChecker.Check(file)); // it is in the standard
        Assert.Contains("imagedecoder", Assert.Throws<OnnxException>(() => OnnxModel.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Current_NamesSourceVersionAndProviders()
    {
        OnnxRuntimeInfo info = OnnxRuntimeInfo.Current();
        Assert.Contains(info.Source, new[] { "package", "sources" });
        Assert.Matches(@"^\d+\.\d+", info.Version);
        Assert.Contains("cpu", info.Providers);
        Assert.True(info.LibraryPath is null || File.Exists(info.LibraryPath));
    }

    [Fact]
    public void ProviderTrial_Cpu_ComputesAndComesLast()
    {
        IReadOnlyList<ProviderTrial> trials = ProviderTrial.All();
        Assert.Equal(new ProviderTrial("cpu", null), trials[^1]);
        Assert.Equal("cpu: computes", trials[^1].ToString());
        Assert.Superset(OnnxRuntimeInfo.Current().Providers.ToHashSet(), trials.Select(trial => trial.Name).ToHashSet());
        Assert.Null(DefaultProviders.Notice());
    }

    [Fact]
    public void Machine_IsShownAsATableWithWhatDoesNotCompute()
    {
        Machine machine = Machine.Current() with { Providers = [new ProviderTrial("cuda", "no <driver>"), new ProviderTrial("cpu", null)] };
        string[] lines = machine.ToString().Split('\n');
        Assert.Equal(machine.Hardware.ToString().Split('\n'), lines[..5]);
        Assert.Equal([$"ONNX Runtime    {machine.Runtime}", "models run on   cpu", "not on cuda     no <driver>"], lines[5..]);
        IReadOnlyDictionary<string, string> bundle = machine.ToMimeBundle();
        Assert.Equal(machine.ToString(), bundle["text/plain"]);
        Assert.Contains("scope=\"row\">not on cuda</th><td style=\"text-align:left\">no &lt;driver&gt;</td>", bundle["text/html"], StringComparison.Ordinal);
    }

    private sealed class Shares : IProgress<double>
    {
        public List<double> All { get; } = [];

        public void Report(double value) => All.Add(value);
    }
}
