using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests.Registry;

public sealed class ModelSignatureTests
{
    private static readonly Table s_rows = new(
        Column.Of("income", 1.5, 2.5), Column.Of("age", 30L, 40L), Column.Of("owns", true, false), Column.Of("since", new DateTime(2026, 1, 1), new DateTime(2026, 1, 2)), Column.Of("job", "a", null));

    [Fact]
    public void Of_Table_HasMlflowsTypes()
    {
        ModelSignature signature = ModelSignature.Of(s_rows, new Table(Column.Of("risk", 0.5)));
        Assert.Equal("(income: double, age: long, owns: boolean, since: datetime, job: string?) → (risk: double)", signature.ToString());
    }

    [Fact]
    public void Of_NoColumns_Throws() => Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => ModelSignature.Of(new Table())).ParamName);

    [Fact]
    public void InputsJson_IsWhatMlflowWrites()
    {
        // MLflow 2.17: Schema([ColSpec("double", "x"), ColSpec("long", "n", required=False)]).to_json()
        var signature = new ModelSignature([new("x", "double"), new("n", "long", Required: false)], []);
        Assert.Equal("""[{"type":"double","name":"x","required":true},{"type":"long","name":"n","required":false}]""", signature.InputsJson);
        Assert.Equal("[]", signature.OutputsJson);
    }

    [Fact]
    public void Parse_MlflowsTensors_KeepShapeAndType()
    {
        // As in MLflow's documentation of tensor-based signatures.
        ModelSignature signature = ModelSignature.Parse("""[{"name": "images", "type": "tensor", "tensor-spec": {"dtype": "uint8", "shape": [-1, 28, 28, 1]}}]""", """[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 10]}}]""");
        Assert.Equal("(images: uint8 [-1, 28, 28, 1]) → (float32 [-1, 10])", signature.ToString());
        Assert.Equal(signature, ModelSignature.Parse(signature.InputsJson, signature.OutputsJson));
        using var json = JsonDocument.Parse(signature.OutputsJson);
        Assert.False(json.RootElement[0].TryGetProperty("name", out _));
    }

    [Fact]
    public void Parse_OlderAndNestedFields_AreUnderstood()
    {
        ModelSignature signature = ModelSignature.Parse("""[{"type": "double", "name": "a", "optional": true}, {"type": "array", "name": "b", "items": {"type": "string"}, "required": true}, {"type": "string", "name": 3}]""", null);
        Assert.Equal("(a: double?, b: array, 3: string) → ()", signature.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[3]")]
    [InlineData("""[{"name": "x"}]""")]
    [InlineData("""[{"type": "tensor"}]""")]
    public void Parse_NoFields_SaysWhich(string inputs) => Assert.Contains("inputs", Assert.Throws<FormatException>(() => ModelSignature.Parse(inputs, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_SameRows_Fits()
    {
        Assert.True(ModelSignature.Of(s_rows).Check(s_rows).Passed);
        Assert.True(ModelSignature.Of(s_rows).Check(s_rows.With(Column.Of("more", 1.0, 2.0))).Passed);
        Assert.True(ModelSignature.Of(s_rows).Check(s_rows.Drop("job")).Passed); // it had a missing value, so it need not be given
    }

    [Fact]
    public void Check_MissingAndOtherTypes_AreAllNamed()
    {
        var given = new Table(Column.Of("income", "much"), Column.Of("age", 30.5), Column.Of("owns", true), Column.Of("job", 3L));
        Assert.Equal(
            ["'income' needs double and is string", "'age' needs long and is double", "'since' (datetime) is missing", "'job' needs string and is long"],
            ModelSignature.Of(s_rows).Check(given).Problems);
    }

    [Fact]
    public void Check_WholeNumbers_PassForFractionsAndForThirtyTwoBitsIfTheyFit()
    {
        var signature = new ModelSignature([new("x", "double"), new("i", "integer"), new("f", "float")], []);
        Assert.True(signature.Check(new Table(Column.Of("x", 1L), Column.Of("i", (long)int.MaxValue), Column.Of("f", 0.5))).Passed);
        Assert.Equal(["'i' needs integer, and a value does not fit 32 bits"], signature.Check(new Table(Column.Of("x", 1L), Column.Of("i", int.MaxValue + 1L), Column.Of("f", 2L))).Problems);
    }

    [Fact]
    public void Check_Tensor_CountsNumberColumns()
    {
        var signature = new ModelSignature([new("X", "float32", [-1, 2])], []);
        Assert.True(signature.Check(new Table(Column.Of("a", 1.0), Column.Of("b", 2L))).Passed);
        Assert.Equal(["the model takes 2 columns, and the table has 1"], signature.Check(new Table(Column.Of("a", 1.0))).Problems);
        Assert.Equal(["'b' is string and the model takes numbers"], signature.Check(new Table(Column.Of("a", 1.0), Column.Of("b", "x"))).Problems);
        Assert.False(new ModelSignature([new("image", "float32", [-1, 28, 28])], []).Check(s_rows).Passed);
    }

    [Fact]
    public void CompareInputs_OrderDoesNotMatter_NewGoneAndChangedDo()
    {
        var inUse = new ModelSignature([new("a", "double"), new("b", "long"), new("c", "string", Required: false)], []);
        Assert.True(new ModelSignature([new("c", "string", Required: false), new("b", "long"), new("a", "double")], [new("other output", "double")]).CompareInputs(inUse).Passed);
        Assert.True(new ModelSignature([.. inUse.Inputs, new("d", "double", Required: false)], []).CompareInputs(inUse).Passed);
        Assert.Equal(
            ["'a' is float and was double", "'c' was optional and must be given now", "'d' is new (double), and callers do not give it", "'b' is gone"],
            new ModelSignature([new("a", "float"), new("c", "string"), new("d", "double")], []).CompareInputs(inUse).Problems);
    }

    [Fact]
    public void Equals_SameFieldsInTheSameOrder()
    {
        var one = new ModelSignature([new("x", "float32", [-1, 2])], []);
        Assert.Equal(one, new ModelSignature([new("x", "float32", [-1, 2])], []));
        Assert.Equal(one.GetHashCode(), new ModelSignature([new("x", "float32", [-1, 2])], []).GetHashCode());
        Assert.NotEqual(one, new ModelSignature([new("x", "float32", [-1, 3])], []));
        Assert.NotEqual(one, new ModelSignature([new("x", "float32")], []));
    }

    [Fact]
    public void ToMimeBundle_HostileName_IsEncoded() =>
        Assert.DoesNotContain("<script>", new ModelSignature([new("<script>", "double")], []).ToMimeBundle()["text/html"], StringComparison.Ordinal);

    [Fact]
    public void MlModelFile_AsMlflowWritesIt_IsRead()
    {
        // The shape of a file that MLflow 2.17 writes for a scikit-learn model with an input example.
        MlModelFile file = MlModelFile.Parse("""
            artifact_path: model
            flavors:
              python_function:
                loader_module: mlflow.sklearn
            mlflow_version: 2.17.2
            run_id: 0123456789abcdef0123456789abcdef
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              type: dataframe
            signature:
              inputs: '[{"type": "double", "name": "x", "required": true}]'
              outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
              params: null
            """);
        Assert.Equal("(x: double) → (int64 [-1])", file.Signature!.ToString());
        Assert.Equal("input_example.json", file.ExamplePath);
        Assert.Equal(new MlModelFile(null, null), MlModelFile.Parse("run_id: a\nsignature: null\n"));
        Assert.Equal("(x: double) → ()", MlModelFile.Parse("signature:\n  inputs: '[{\"type\": \"double\", \"name\": \"x\"}]'\n  outputs: null\n").Signature!.ToString());
    }

    [Theory]
    [InlineData("- a\n- b\n")]
    [InlineData("a: [1\n")]
    [InlineData("")]
    [InlineData("signature:\n  inputs: 'no'\n")]
    public void MlModelFile_Broken_SaysSo(string text) => Assert.Throws<FormatException>(() => MlModelFile.Parse(text));

    [Fact]
    public void InputExample_SplitTable_KeepsTypesAndMissingValues()
    {
        Table table = InputExample.Read("""{"columns": ["x", "n", "t", "b", "m"], "data": [[1.0, 1, "a", true, null], [2.5, null, null, false, null]]}""");
        Assert.Equal([typeof(double), typeof(long), typeof(string), typeof(bool), typeof(double)], table.Columns.Select(column => column.ValueType));
        Assert.Equal([1.0, 1L, "a", true, null], table.Columns.Select(column => column.GetValue(0)));
        Assert.Equal([2.5, null, null, false, null], table.Columns.Select(column => column.GetValue(1)));
        Assert.Equal(["0", "1"], InputExample.Read("""{"data": [[1, 2]]}""").Columns.Select(column => column.Name)); // an array without names
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"columns": ["a", "a"], "data": [[1, 2]]}""")]
    [InlineData("""{"columns": ["a"], "data": [[1, 2]]}""")]
    [InlineData("nothing")]
    public void InputExample_NoTable_SaysSo(string text) => Assert.Throws<FormatException>(() => InputExample.Read(text));
}
