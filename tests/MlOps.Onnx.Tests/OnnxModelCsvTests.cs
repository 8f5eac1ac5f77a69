using MlOps.Data;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Recipes;

namespace MlOps.Onnx.Tests;

/// <summary>Predictions of CSV files: part by part they are those of the whole table.</summary>
public sealed class OnnxModelCsvTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-csv-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("boosting", "class")]
    [InlineData("logistic", "class")]
    [InlineData("mlp", "y")]
    [InlineData("svm", "class")]
    public void PredictCsv_ManyParts_AreTheBytesOfThePredictionsOfTheTable(string model, string label)
    {
        Table table = Make(1300);
        table.WriteCsv(At("data.csv"));
        PipelineModel fitted = new TableTraining(label) { Model = model, Columns = ["a", "city"] }.Fit(table).Model;
        using var onnx = OnnxModel.Open(OnnxExport.Export(fitted), new OnnxModelOptions { RowsPerBlock = 8 });

        Assert.Equal(1300, onnx.PredictCsv(At("data.csv"), At("parts.csv"), ["code"]));
        Table said = onnx.Predict(table).ToTable();
        new Table([table["code"], .. said.Columns]).WriteCsv(At("whole.csv"));

        Assert.Equal(File.ReadAllBytes(At("whole.csv")), File.ReadAllBytes(At("parts.csv")));
        Assert.StartsWith("code,prediction", File.ReadLines(At("parts.csv")).First(), StringComparison.Ordinal);
        Assert.Equal(3, _folder.GetFiles().Length);
    }

    [Fact]
    public void PredictCsv_NoRows_WritesTheHeader()
    {
        Make(100).WriteCsv(At("data.csv"));
        using OnnxModel onnx = Classifier();
        File.WriteAllText(At("none.csv"), "a,city\n");

        Assert.Equal(0, onnx.PredictCsv(At("none.csv"), At("p.csv")));
        Assert.Equal("prediction,p_no,p_yes\n", File.ReadAllText(At("p.csv")));
    }

    [Fact]
    public void PredictCsv_KeptColumnCalledPrediction_IsTold()
    {
        File.WriteAllText(At("data.csv"), "a,city,prediction\n1,2,3\n");
        using OnnxModel onnx = Classifier();
        Assert.Contains("'prediction' is to be kept", Assert.Throws<ArgumentException>(() => onnx.PredictCsv(At("data.csv"), At("p.csv"), ["prediction"])).Message, StringComparison.Ordinal);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void ReadCsv_TextThatLooksLikeNumbers_IsText()
    {
        File.WriteAllText(At("data.csv"), "a,city,class,other\n1,7,no,x\n2,8,yes,x\n");
        using OnnxModel onnx = Classifier();
        Table table = onnx.ReadCsv(At("data.csv"), "class");

        Assert.Equal(["a", "city", "class"], table.Columns.Select(column => column.Name));
        Assert.Equal(["7", "8"], table.Texts("city").OfType<string>());
        Assert.Equal(2, Evaluation.Of(onnx, table, "class").Rows);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static OnnxModel Classifier() =>
        OnnxModel.Open(OnnxExport.Export(new TableTraining("class") { Model = "tree", Columns = ["a", "city"] }.Fit(Make(100)).Model));

    private static Table Make(int rows)
    {
        var random = new Random(9);
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => Math.Round(random.NextDouble(), 4))];
        string[] city = [.. Enumerable.Range(0, rows).Select(_ => "city " + random.Next(4))];
        return new Table(
            Column.Of("code", [.. Enumerable.Range(0, rows).Select(i => $"c{i:00000}")]),
            Column.Of("a", [.. a.Select((value, i) => i % 11 == 0 ? double.NaN : value)]),
            Column.Of("city", [.. city]),
            Column.Of("y", [.. a.Select((value, i) => value + (city[i] == "city 1" ? 1 : 0) + (0.1 * random.NextDouble()))]),
            Column.Of("class", [.. a.Select((value, i) => value + (city[i] == "city 1" ? 1 : 0) > 0.7 ? "yes" : "no")]));
    }
}
