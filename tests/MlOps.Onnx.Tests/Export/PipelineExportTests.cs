using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Linear;
using MlOps.Learning.Preprocessing;
using MlOps.Onnx.Checking;
using MlOps.Onnx.Export;

namespace MlOps.Onnx.Tests.Export;

/// <summary>Real ONNX Runtime on whole pipelines, with missing values and categories that the training rows lack; the C# pipeline is the oracle.</summary>
public sealed class PipelineExportTests
{
    private static readonly Table Train = Make(200, seed: 1, cities: 5);
    private static readonly Table Test = Make(150, seed: 2, cities: 9);

    private static readonly Dictionary<string, Pipeline> Pipelines = new()
    {
        ["auto"] = Pipeline.Auto(Train.Drop("k2"), "y"),
        ["untouched numbers"] = new Pipeline().Numbers(["a"]),
        ["mean, min-max"] = new Pipeline().Numbers(["a", "b", "c"], Impute.Mean(), new MinMaxScale()),
        ["indicators of numbers"] = new Pipeline().Numbers(["a", "b", "c"], Impute.Median(indicator: true), new RobustScale()),
        ["scaled before filled"] = new Pipeline().Numbers(["a", "b", "c"], new StandardScale(), Impute.Constant(0)),
        ["max-abs"] = new Pipeline().Numbers(["c", "b"], new MaxAbsScale()),
        ["log1p"] = new Pipeline().Numbers(["b", "c"], new Log1p()),
        ["polynomial"] = new Pipeline().Numbers(["a", "b", "c"], Impute.Median(), new StandardScale(), new Polynomial(3)),
        ["interactions"] = new Pipeline().Numbers(["a", "b", "c"], Impute.Median(), new Polynomial(3, interactionsOnly: true), new StandardScale()),
        ["bins"] = new Pipeline().Numbers(["a", "b", "k"], new Bins(6)),
        ["one-hot bins"] = new Pipeline().Numbers(["a", "b", "k"], new Bins(4, BinEdges.Uniform, oneHot: true)),
        ["one-hot"] = new Pipeline().Texts(["city", "kind"], new OneHot()),
        ["one-hot, first dropped"] = new Pipeline().Texts(["city", "kind"], Impute.MostFrequent(), new OneHot(dropFirst: true)),
        ["ordinal"] = new Pipeline().Texts(["city", "kind"], new Ordinal()),
        ["ordinal, filled and scaled"] = new Pipeline().Texts(["city", "kind"], Impute.Constant("nowhere"), new Ordinal(), new StandardScale()),
        ["indicators of text"] = new Pipeline().Texts(["city", "kind"], Impute.Constant("nowhere", indicator: true), new OneHot()),
        ["one column twice"] = new Pipeline().Numbers(["a"], Impute.Mean()).Numbers(["a", "b"], new Bins(3, oneHot: true)),
        ["flags"] = new Pipeline().Flags(["flag"], Impute.MostFrequent()).Texts(["kind"], new OneHot()),
    };

    public static TheoryData<string> Names => [.. Pipelines.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Export_Pipeline_EqualsTheFeatures(string name)
    {
        FittedPipeline fitted = Pipelines[name].Fit(Train);
        OnnxFile file = OnnxExport.Export(fitted);

        Assert.Equal(fitted.InputColumns.Select(column => column.Name), file.Graph.Input.Select(input => input.Name));
        foreach (Table table in new[] { Rounded(Test), Test, Train })
        {
            Close(fitted.Transform(table).Values, Run(file, fitted.InputColumns, table, "features"));
        }
    }

    [Fact]
    public void Export_PipelineWithItsModel_IsOneFile()
    {
        PipelineModel model = Pipelines["auto"].Fit(Train, "y", new Slope());

        OnnxFile file = PipelineExport.Build(model, (graph, x, slope) =>
            new ModelOutput.Numbers(graph.Add("ReduceSum", [x, graph.Constant("axis", [1L])])));

        Assert.Equal(["prediction"], file.Graph.Output.Select(output => output.Name));
        Close(model.Predict(Test).Values, Run(file, model.Pipeline.InputColumns, Test, "prediction"));
    }

    [Fact]
    public void Export_OneRow_RunsToo()
    {
        FittedPipeline fitted = Pipelines["polynomial"].Fit(Train);

        Close(fitted.Transform(Test.Rows(7..8)).Values, Run(OnnxExport.Export(fitted), fitted.InputColumns, Test.Rows(7..8), "features"));
    }

    [Fact]
    public void Export_ModelWithoutExport_NamesIt() =>
        Assert.Contains("SumModel", Assert.Throws<ArgumentException>(() => OnnxExport.Export(Pipelines["auto"].Fit(Train, "y", new Slope()))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("label")]
    [InlineData("probabilities")]
    [InlineData("prediction")]
    [InlineData("features")]
    [InlineData("x")]
    public void Export_ColumnCalledAsAnOutput_PredictsAsUnderAnyName(string name)
    {
        Table table = Train.Rename("a", name);
        Pipeline pipeline = new Pipeline().Numbers([name, "c"], Impute.Median(), new StandardScale());
        PipelineModel classes = pipeline.Fit(table.DropMissing("kind"), "kind", new LogisticRegression());
        PipelineModel numbers = pipeline.Fit(table, "y", new RidgeRegression());

        OnnxFile file = OnnxExport.Export(classes, new ExportOptions { VerifyTable = table });
        using var classifier = OnnxModel.Open(file);
        using var regression = OnnxModel.Open(OnnxExport.Export(numbers, new ExportOptions { VerifyTable = table }));

        Assert.Equal(classes.Predict(table).Labels!.Codes.ToArray(), classifier.Predict(table).Labels!.Codes.ToArray());
        Close(numbers.Predict(table).Values, regression.Predict(table).Values!);
        Assert.Equal([name, "c"], file.Facts.Columns);
        Assert.Equal(name is "label" or "probabilities" ? [$"{name}_output"] : [], file.Facts.Outputs.Values);
        Assert.Empty(OnnxChecker.Check(file));
    }

    [Fact]
    public void Export_FeaturesOfAColumnCalledFeatures_AreNamedOtherwise()
    {
        Table table = Train.Rename("a", "features");
        OnnxFile file = OnnxExport.Export(new Pipeline().Numbers(["features"], Impute.Median()).Fit(table), new ExportOptions { VerifyTable = table });

        Assert.Equal("features_output", Assert.Single(file.Facts.Outputs).Value);
        Assert.Equal(200, file.Facts.VerifiedRows);
    }

    [Fact]
    public void Export_WithOptions_SaysWhatIsKnownAndWhatWasCompared()
    {
        PipelineModel model = Pipelines["auto"].Fit(Train, "y", new RidgeRegression());
        OnnxFile file = OnnxExport.Export(model, new ExportOptions
        {
            Description = "made up",
            Parameters = new Dictionary<string, string> { ["l2"] = "1" },
            TrainingDataHash = TrainingDataHash.Of(Train),
            VerifyTable = Test,
        });

        Assert.Equal("made up", file.DocString);
        Assert.Equal("LinearRegressionModel", file.Facts.Kind);
        Assert.Equal(model.Pipeline.FeatureNames, file.Facts.Features);
        Assert.Equal(model.Pipeline.InputColumns.Select(column => column.Name), file.Facts.Columns);
        Assert.Equal("y", file.Facts.Label);
        Assert.Equal("1", file.Facts.Parameters["l2"]);
        Assert.Equal(64, file.Facts.TrainingDataHash!.Length);
        Assert.Equal(150, file.Facts.VerifiedRows);
        Assert.InRange(file.Facts.VerifiedDifference!.Value, 0, 1e-5);
    }

    [Fact]
    public void Export_OneTextColumn_PredictsATable()
    {
        PipelineModel model = new Pipeline().Texts(["city"], new OneHot()).Fit(Train, "y", new RidgeRegression());
        using var onnx = OnnxModel.Open(OnnxExport.Export(model, new ExportOptions { VerifyTable = Test }));

        Close(model.Predict(Test).Values, onnx.Predict(Test).Values!);
    }

    [Fact]
    public void Export_ClassNamesAndPositive_AreInTheFile()
    {
        PipelineModel model = Pipelines["flags"].Fit(Train.DropMissing("flag"), "k2", new LogisticRegression());
        OnnxFile file = OnnxExport.Export(model, new ExportOptions { ClassNames = ["no", "yes"], PositiveClass = "yes" });
        using var onnx = OnnxModel.Open(file);

        Assert.Equal("yes", file.Facts.PositiveClass);
        Assert.Equal(["no", "yes"], onnx.Predict(Test).Labels!.Classes);
        Assert.Throws<ArgumentException>(() => OnnxExport.Export(model, new ExportOptions { PositiveClass = "maybe" }));
        Assert.Throws<ArgumentException>(() => OnnxExport.Export(model, new ExportOptions { Verify = new Matrix(1, 1, [0]) }));
    }

    private static Table Make(int n, int seed, int cities)
    {
        var random = new Random(seed);
        int[] rows = [.. Enumerable.Range(0, n)];
        return new Table(
            Column.Of("a", [.. rows.Select(_ => random.Next(8) == 0 ? double.NaN : 100 + (50 * random.NextDouble()))]),
            Column.Of("b", [.. rows.Select(_ => random.Next(9) == 0 ? double.NaN : Math.Round(random.NextDouble(), 1))]),
            Column.Of("c", [.. rows.Select(_ => (long?)(random.Next(7) == 0 ? null : random.Next(100_000)))]),
            Column.Of("k", [.. rows.Select(_ => 0.1)]),
            Column.Of("city", [.. rows.Select(_ => random.Next(6) == 0 ? null : "city " + random.Next(cities))]),
            Column.Of("kind", [.. rows.Select(_ => (string?)("kind " + random.Next(3)))]),
            Column.Of("flag", [.. rows.Select(_ => (bool?)(random.Next(5) == 0 ? null : random.Next(2) == 0))]),
            Column.Of("y", [.. rows.Select(_ => random.NextDouble())]),
            Column.Of("k2", [.. rows.Select(row => row % 2 == 0)]));
    }

    /// <summary>Numbers as single precision has them: then only the arithmetic of the file can differ.</summary>
    private static Table Rounded(Table table) =>
        table.With(table.Columns.OfType<Column<double>>().Select(column => new Column<double>(column.Name, [.. column.Values.ToArray().Select(value => (double)(float)value)])));

    private static double[] Run(OnnxFile file, IReadOnlyList<InputColumn> columns, Table table, string output)
    {
        using var session = new InferenceSession(file.ToByteArray());
        var inputs = new Dictionary<string, OrtValue>();
        long[] shape = [table.RowCount, 1];
        foreach (InputColumn column in columns)
        {
            if (column.Kind == InputKind.Number)
            {
                inputs[column.Name] = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(table.Numbers(column.Name), value => (float)value), shape);
                continue;
            }

            inputs[column.Name] = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
            string?[] texts = table.Texts(column.Name);
            for (int i = 0; i < texts.Length; i++)
            {
                inputs[column.Name].StringTensorSetElementAt(texts[i] ?? "", i);
            }
        }

        try
        {
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, inputs, [output]);
            return Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), value => (double)value);
        }
        finally
        {
            foreach (OrtValue value in inputs.Values)
            {
                value.Dispose();
            }
        }
    }

    // 1e-5 relative to the size of the value, as float outputs have 7 digits. Scaling makes more of what was rounded on the way in:
    // column a lies at 125 ± 14, so that its rounding of 4e-6 is 3e-7 deviations, and three times that in a cube.
    private static void Close(ReadOnlySpan<double> expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            bool close = double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, FormattableString.Invariant($"Value {i}: {expected[i]:R} in C#, {actual[i]:R} in ONNX Runtime."));
        }
    }

    private sealed class Slope : IRegressorEstimator
    {
        public IRegressor Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) => new SumModel(x.ColumnNames);
    }

    /// <summary>Adds the features up.</summary>
    private sealed class SumModel(IReadOnlyList<string> names) : IRegressor
    {
        public IReadOnlyList<string> FeatureNames => names;

        public double[] Predict(Matrix x) => [.. Enumerable.Range(0, x.RowCount).Select(i => x.Row(i).ToArray().Sum())];
    }
}
