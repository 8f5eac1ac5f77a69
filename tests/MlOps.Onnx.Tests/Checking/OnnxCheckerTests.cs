using Google.Protobuf;
using MlOps.Onnx.Checking;

namespace MlOps.Onnx.Tests.Checking;

public sealed class OnnxCheckerTests
{
    public static TheoryData<string> Files() => TestFiles.All();

    // Oracle: make.py runs onnx.checker.check_model (onnx 1.12) on these files before it writes them.
    [Theory]
    [MemberData(nameof(Files))]
    public void Check_FileThatPythonsCheckerPasses_HasNoError(string name) =>
        Assert.DoesNotContain(OnnxChecker.Check(TestFiles.Load(name)), finding => finding.Severity == OnnxSeverity.Error);

    [Fact]
    public void Check_OwnGraph_HasNoFinding() => Assert.Empty(OnnxChecker.Check(Dense()));

    [Fact]
    public void Check_NodeReadsUnknownValue_NamesNodeAndValue()
    {
        OnnxFile file = Dense();
        file.Graph.NodesOf("Add")[0].Input[1] = "bais";
        OnnxFinding finding = Errors(file)[0];
        Assert.Equal("Add 'add'", finding.Place);
        Assert.Contains("'bais', which nothing makes", finding.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Advice);
    }

    [Fact]
    public void Check_NodesOutOfOrder_SaysWhoMakesIt()
    {
        OnnxFile file = Dense();
        OnnxNode first = file.Graph.Node[0];
        file.Graph.Node.RemoveAt(0);
        file.Graph.Node.Add(first);
        Assert.Contains("before MatMul 'matmul' makes it", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
        file.Graph.Sort();
        Assert.Empty(Errors(file));
    }

    [Fact]
    public void Check_Cycle_NamesItsNodesOnly()
    {
        OnnxFile file = Dense();
        file.Graph.NodesOf("MatMul")[0].Input[0] = file.Graph.NodesOf("Relu")[0].Output[0];
        OnnxFinding finding = Assert.Single(Errors(file));
        Assert.Contains("circle: MatMul 'matmul', Add 'add', Relu 'relu'.", finding.Reason, StringComparison.Ordinal);
        Assert.Throws<OnnxException>(file.Graph.Sort);
    }

    [Theory]
    [InlineData("Rellu", "", "Is 'Relu' meant?")]
    [InlineData("Relu", "ai.onnx.ml", "There is no operator")]
    [InlineData("Relu", "my.company", "domain 'my.company' is unknown")]
    [InlineData("Gelu", "", "from version 20 on; the model imports version 17")]
    public void Check_OperatorThatIsNotThere_IsTold(string operation, string domain, string told)
    {
        OnnxFile file = Dense();
        file.OpsetImport.Add(new OnnxOperatorSet { Domain = "ai.onnx.ml", Version = 3 });
        OnnxNode relu = file.Graph.NodesOf("Relu")[0];
        (relu.OpType, relu.Domain) = (operation, domain);
        Assert.Contains(told, string.Join('\n', Errors(file)), StringComparison.Ordinal);
        Assert.Contains("'relu'", Assert.Throws<OnnxException>(() => OnnxModel.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DomainNotImported_IsTold()
    {
        OnnxFile file = Dense();
        file.Graph.NodesOf("Relu")[0].OpType = "Scaler";
        file.Graph.NodesOf("Scaler")[0].Domain = "ai.onnx.ml";
        Assert.Contains("does not import the operator set 'ai.onnx.ml'", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Attributes_MissingUnknownAndOfAnotherKind_AreTold()
    {
        OnnxFile file = Dense();
        OnnxNode node = file.Graph.NodesOf("Relu")[0];
        node.OpType = "Cast";
        Assert.Contains("'to' is missing", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
        node.Set(OnnxAttribute.Of("to", 1f));
        Assert.Contains("'to' holds Float; Int is needed", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
        node.Set(OnnxAttribute.Of("to", 1));
        node.Set(OnnxAttribute.Of("too", 1));
        Assert.Contains("no attribute 'too'", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Relu", 2, "It has 2 inputs; the operator has 1.")]
    [InlineData("Add", 1, "It has 1 inputs; the operator has 2.")]
    [InlineData("Concat", 0, "It has 0 inputs; the operator has at least 1.")]
    public void Check_WrongNumberOfInputs_IsTold(string operation, int inputs, string told)
    {
        OnnxFile file = Dense();
        OnnxNode node = file.Graph.NodesOf("Relu")[0];
        string input = node.Input[0];
        node.OpType = operation;
        node.Input.Clear();
        node.Input.AddRange(Enumerable.Repeat(input, inputs));
        Assert.Contains(told, Errors(file).Select(finding => finding.Reason));
    }

    [Fact]
    public void Check_TwoMakersOfOneValue_IsTold()
    {
        OnnxFile file = Dense();
        file.Graph.NodesOf("Relu")[0].Output[0] = "matmul";
        file.Graph.Node[^1].Input[0] = "matmul";
        Assert.Contains("It makes 'matmul', which is there already.", Errors(file).Select(finding => finding.Reason));
    }

    [Fact]
    public void Check_UnusedNodeConstantAndInput_AreWarnings()
    {
        OnnxFile file = Dense();
        var idle = new OnnxNode { Name = "idle", OpType = "Neg" };
        idle.Input.Add("x");
        idle.Output.Add("nobody");
        file.Graph.Node.Add(idle);
        file.Graph.Initializer.Add(OnnxTensor.Of("spare", [1f]));
        file.Graph.Input.Add(OnnxValue.Tensor("extra", OnnxElementType.Float, -1, 1));
        IReadOnlyList<OnnxFinding> findings = OnnxChecker.Check(file);
        Assert.All(findings, finding => Assert.Equal(OnnxSeverity.Warning, finding.Severity));
        Assert.Equal(["Neg 'idle'", "constant 'spare'", "input 'extra'"], findings.Select(finding => finding.Place));
        Assert.Equal(2, file.Graph.RemoveUnused());
        Assert.Single(OnnxChecker.Check(file)); // the input belongs to the model's interface and stays
    }

    [Theory]
    [InlineData(1_000_000_000_000)]
    [InlineData(-2)]
    [InlineData(7)]
    public void Check_ConstantWithWrongDims_IsToldAndDoesNotRun(long dim)
    {
        OnnxFile file = Dense();
        file.Graph.Constant("b")!.Dims[0] = dim;
        Assert.Contains("'b'", Assert.Single(Errors(file)).Place, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<OnnxException>(() => OnnxModel.Open(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 17, "no format version")]
    [InlineData(99, 17, "format version is 99")]
    [InlineData(8, 99, "version 99 of the operator set ai.onnx")]
    public void Check_VersionsThatAreNotRead_AreTold(long format, long operators, string told)
    {
        OnnxFile file = Dense();
        file.IrVersion = format;
        file.OpsetImport[0].Version = operators;
        Assert.Contains(told, string.Join('\n', Errors(file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OnnxChecker.NewestFormat, 17, 3)]
    [InlineData(8, OnnxChecker.NewestOperators, 3)]
    [InlineData(8, 17, OnnxChecker.NewestMachineLearning)]
    public void Check_NewestVersions_AreThoseThatOnnxRuntimeReads(long format, long operators, long machineLearning)
    {
        OnnxFile Versions(long more)
        {
            OnnxFile file = Dense();
            file.IrVersion = format == 8 ? 8 : format + more;
            file.OpsetImport[0].Version = operators == 17 ? 17 : operators + more;
            file.OpsetImport.Add(new OnnxOperatorSet { Domain = "ai.onnx.ml", Version = machineLearning == 3 ? 3 : machineLearning + more });
            return file;
        }

        Assert.Empty(Errors(Versions(0)));
        OnnxModel.Open(Versions(0)).Dispose();
        Assert.NotEmpty(Errors(Versions(1)));
        Assert.Throws<OnnxException>(() => OnnxModel.Open(Versions(1)));
    }

    [Fact]
    public void Check_NestedGraphReadsUnknownValue_IsTold()
    {
        OnnxFile file = TestFiles.Load("branch.onnx");
        file.Graph.FindNode("if")!.GetGraph("then_branch").Node[0].Input[0] = "y2";
        Assert.Contains(Errors(file), finding => finding.Place == "Neg 'neg'" && finding.Reason.Contains("'y2'", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_TreesWithListsOfUnequalLength_IsTold()
    {
        var graph = new GraphBuilder("trees");
        string x = graph.Input("x", OnnxElementType.Float, 1);
        string y = graph.Add(GraphBuilder.MachineLearning, "TreeEnsembleRegressor", [x], 1, OnnxAttribute.Of("nodes_treeids", 0L, 0L, 0L), OnnxAttribute.Of("nodes_values", 1f, 2f))[0];
        Assert.Contains("'nodes_treeids' has 3 values, 'nodes_values' has 2", Assert.Single(Errors(graph.Output("y", y, OnnxElementType.Float, 1).Build())).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoGraphNoOutput_AreTold()
    {
        Assert.Contains(Errors(new OnnxFile { IrVersion = 8 }), finding => finding.Reason.Contains("no graph", StringComparison.Ordinal));
        OnnxFile file = Dense();
        file.Graph.Output.Clear();
        Assert.Contains("no output", Assert.Single(Errors(file)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DeepNesting_EndsWithAFinding()
    {
        var graph = new OnnxGraph { Name = "core" };
        for (int i = 0; i < 70; i++)
        {
            var node = new OnnxNode { Name = $"if{i}", OpType = "If" };
            node.Attribute.Add(new OnnxAttribute { Name = "then_branch", Type = OnnxAttributeType.Graph, G = graph });
            graph = new OnnxGraph { Name = $"level{i}" };
            graph.Node.Add(node);
        }

        var file = new OnnxFile { IrVersion = 8, Graph = graph };
        file.OpsetImport.Add(new OnnxOperatorSet { Version = 17 });
        Assert.Contains(Errors(file), finding => finding.Reason.Contains("64 deep", StringComparison.Ordinal));
        Assert.Throws<InvalidProtocolBufferException>(() => OnnxFile.Parser.ParseFrom(file.ToByteArray()));
    }

    private static IReadOnlyList<OnnxFinding> Errors(OnnxFile file) => [.. OnnxChecker.Check(file).Where(finding => finding.Severity == OnnxSeverity.Error)];

    private static OnnxFile Dense()
    {
        var graph = new GraphBuilder("dense");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string product = graph.Add("MatMul", [x, graph.Constant("w", [1f, 2, 3, 4], 2, 2)]);
        string relu = graph.Add("Relu", [graph.Add("Add", [product, graph.Constant("b", [1f, -1])])]);
        return graph.Output("y", relu, OnnxElementType.Float, 2).Build();
    }
}
