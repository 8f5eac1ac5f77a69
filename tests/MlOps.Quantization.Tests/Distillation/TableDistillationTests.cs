using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Learning.Recipes;
using MlOps.Onnx;
using MlOps.Quantization.Distillation;

namespace MlOps.Quantization.Tests.Distillation;

public sealed class TableDistillationTests
{
    private static readonly TableDistillation s_distillation = new("paid") { Hidden = [8], Epochs = 10 };

    [Fact]
    public void Fit_TeacherWithColumnsOfText_GivesAStudentThatReadsTheSameColumns()
    {
        Table table = Loans(300);
        TableSplit split = s_distillation.Split(table, 0.25);
        TrainedTable forest = new TableTraining("paid") { Model = "forest" }.Fit(split.Train);
        using var teacher = OnnxModel.Open(OnnxExport.Export(forest.Model));
        DistilledTable made = s_distillation.Fit(teacher, split);
        Assert.True(made.TeacherNamesClasses);
        Assert.Equal(split.Train.RowCount, made.TrainRows);
        Assert.Equal(split.Test.RowCount, made.Comparison.Rows);

        // brute force on the test rows, with the file that is exported
        OnnxFile file = OnnxExport.Export(made.Student, new ExportOptions { VerifyTable = split.Test });
        using var student = OnnxModel.Open(file);
        Predictions said = student.Predict(split.Test);
        var truth = Labels.Of(split.Test["paid"]);
        int right = Enumerable.Range(0, truth.Count).Count(i => said.Labels![i] == truth[i]);
        Assert.Equal((double)right / truth.Count, made.Comparison.StudentAccuracy!.Value, 12);
        Assert.Equal("paid", file.Facts.Label);
        Assert.Equal(["income", "city"], file.Facts.Columns);
        Assert.Contains("parameters", made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameStudent()
    {
        TableSplit split = s_distillation.Split(Loans(120), 0.25);
        using var teacher = OnnxModel.Open(OnnxExport.Export(new TableTraining("paid") { Model = "tree" }.Fit(split.Train).Model));
        Assert.Equal(OnnxExport.Export(s_distillation.Fit(teacher, split).Student), OnnxExport.Export(s_distillation.Fit(teacher, split).Student));
    }

    [Fact]
    public void Fit_TeacherOfOtherClasses_SaysBoth()
    {
        Table table = Loans(120);
        using var teacher = OnnxModel.Open(OnnxExport.Export(new TableTraining("city") { Model = "tree", Columns = ["income"] }.Fit(table).Model));
        ArgumentException e = Assert.Throws<ArgumentException>("classes", () => s_distillation.Fit(teacher, s_distillation.Split(table, 0.25)));
        Assert.Contains("The teacher knows 3 classes (", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_TeacherOfNumbers_IsRefused()
    {
        Table table = Loans(60);
        using var teacher = OnnxModel.Open(OnnxExport.Export(new TableTraining("income") { Model = "ridge" }.Fit(table.Drop("paid")).Model));
        Assert.Contains("number", Assert.Throws<ArgumentException>(() => s_distillation.Fit(teacher, s_distillation.Split(table, 0.25))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DistilledMlp_OtherRowsThanTheTeacherSaw_IsRefused()
    {
        var student = new DistilledMlp(TeacherScores.Of(new Tensor(1, TensorShape.Vector(2), [0, 1])));
        Assert.Throws<ArgumentException>("x", () => student.Fit(new Matrix(2, 1, [1, 2]), Labels.Of(["a", "b"])));
        var two = new DistilledMlp(TeacherScores.Of(new Tensor(2, TensorShape.Vector(2), [0, 1, 1, 0])));
        Assert.Throws<ArgumentException>("weights", () => two.Fit(new Matrix(2, 1, [1, 2]), Labels.Of(["a", "b"]), [1, 1]));
    }

    [Fact]
    public void ImageStudent_TinyPictures_PoolsWhileThereIsSomething()
    {
        Network student = ImageStudent.Build(TensorShape.Image(1, 4, 2), 3, [2, 4, 5], seed: 1);
        Assert.Equal(3, student.OutputShape.Size);
        Assert.Equal(1, student.Layers.Count(layer => layer.Layer is MaxPool));
        Assert.Throws<ArgumentException>("filters", () => ImageStudent.Build(TensorShape.Image(1, 4, 4), 3, []));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => ImageStudent.Build(TensorShape.Image(1, 4, 4), 1));
    }

    /// <summary>Rows whose label follows from a number and a text.</summary>
    private static Table Loans(int rows)
    {
        var random = new Random(3);
        string[] cities = ["hills", "delta", "coast"];
        double[] income = [.. Enumerable.Range(0, rows).Select(_ => 100 * random.NextDouble())];
        string[] city = [.. Enumerable.Range(0, rows).Select(_ => cities[random.Next(3)])];
        return new Table(
            Column.Of("income", income),
            Column.Of("city", city),
            Column.Of("paid", Enumerable.Range(0, rows).Select(i => income[i] + (city[i] == "hills" ? 30 : 0) > 60 ? "yes" : "no").ToArray()));
    }
}
