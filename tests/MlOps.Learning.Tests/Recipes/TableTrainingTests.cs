using MlOps.Data;
using MlOps.Learning.Linear;
using MlOps.Learning.Metrics;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Recipes;

namespace MlOps.Learning.Tests.Recipes;

public class TableTrainingTests
{
    private static readonly Table Loans = Make(300);

    public static TheoryData<string, LearningTask> Models
    {
        get
        {
            var models = new TheoryData<string, LearningTask>();
            foreach (EstimatorRecipe recipe in EstimatorRecipe.All)
            {
                if (recipe.Classifies)
                {
                    models.Add(recipe.Name, LearningTask.Classification);
                }

                if (recipe.Regresses)
                {
                    models.Add(recipe.Name, LearningTask.Regression);
                }
            }

            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_EveryModel_LearnsWhatTheLabelDependsOn(string model, LearningTask task)
    {
        string label = task == LearningTask.Classification ? "good" : "rate";
        Table table = Loans.Drop(task == LearningTask.Classification ? "rate" : "good");
        var training = new TableTraining(label) { Model = model };
        TableSplit split = training.Split(table, 0.25);
        TrainedTable trained = training.Fit(split.Train);
        var evaluation = Evaluation.Of(trained.Model, split.Test, label);

        Assert.Equal(task, trained.Task.Task);
        Assert.Equal(225, trained.Rows);
        Assert.Equal(["id"], trained.LeftOut.Select(column => column.Name));
        Assert.True(task == LearningTask.Classification ? evaluation["auc"] > 0.85 : evaluation["r2"] > 0.6, evaluation.ToString());
        Assert.Equal(evaluation.ToJson(), Evaluation.Of(training.Fit(split.Train).Model, split.Test, label).ToJson()); // equal seeds, equal models
    }

    [Fact]
    public void Fit_OwnPipelineAndEstimator_IsWhatTheRecipeDoes()
    {
        TrainedTable trained = new TableTraining("good") { Model = "logistic" }.Fit(Loans);
        PipelineModel own = Pipeline.Auto(Loans, "good").Fit(Loans, "good", new LogisticRegression());

        Assert.Equal(own.Predict(Loans).Scores!.Values.ToArray(), trained.Model.Predict(Loans).Scores!.Values.ToArray());
    }

    [Fact]
    public void Split_Classes_KeepsTheirMixAndLeavesRowsWithoutLabelOut()
    {
        Table table = Loans.With(Column.Of("good", [.. Enumerable.Range(0, 300).Select(i => i < 20 ? null : i % 10 == 0 ? "rare" : "often")]));
        TableSplit split = new TableTraining("good").Split(table, 0.25);

        Assert.Equal((210, 70), (split.Train.RowCount, split.Test.RowCount));
        Assert.Equal(7, split.Test.Where("good", "rare").RowCount);
    }

    [Fact]
    public void Fit_Balanced_FindsMoreOfTheRareClass()
    {
        Table table = Loans.With(Column.Of("good", [.. Enumerable.Range(0, 300).Select(i => (bool?)(Loans.Longs("age")[i] > 60 && i % 3 > 0))]));
        double Recall(bool balanced) => Evaluation.Of(new TableTraining("good") { Model = "logistic", BalanceClasses = balanced }.Fit(table).Model, table, "good")["recall"];

        Assert.True(Recall(true) > Recall(false));
    }

    [Fact]
    public void Fit_NamedColumns_UsesOnlyThose()
    {
        TrainedTable trained = new TableTraining("good") { Columns = ["income", "city", "good"] }.Fit(Loans);
        Assert.Equal(["income", "city"], trained.Model.Pipeline.InputColumns.Select(column => column.Name));
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        Refused("There is no label column 'no'. There are: id, age", () => new TableTraining("no").Fit(Loans));
        Refused("There is no column 'ages'", () => new TableTraining("good") { Columns = ["ages"] }.Fit(Loans));
        Refused("There is no model 'rainforest' for tables. There are: boosting, forest", () => new TableTraining("good") { Model = "rainforest" }.Fit(Loans));
        Refused("The model 'ridge' does not predict classes. Those that do: boosting", () => new TableTraining("good") { Model = "ridge", Task = LearningTask.Classification }.Fit(Loans));
        Refused("The model 'svm' does not predict numbers", () => new TableTraining("rate") { Model = "svm", Task = LearningTask.Regression }.Fit(Loans));
        Refused("holds text; a regression predicts numbers", () => new TableTraining("city") { Task = LearningTask.Regression }.Fit(Loans));
        Refused("a class is a whole number", () => new TableTraining("rate") { Model = "logistic" }.Fit(Loans));
        Refused("There are no rows to learn from", () => new TableTraining("good").Fit(Loans.Rows(..0)));
        Refused("holds no value", () => new TableTraining("good").Fit(Loans.With(Column.Of("good", new string?[300]))));
        Refused("all rows that count are 'true'", () => new TableTraining("good").Fit(Loans.Where("good", true)));
        Refused("another class in each of the 300 rows", () => new TableTraining("name") { Model = "logistic" }.Fit(Loans.With(Column.Of("name", [.. Enumerable.Range(0, 300).Select(i => "n" + i)]))));
        Refused("Class weights are for classes", () => new TableTraining("rate") { BalanceClasses = true }.Fit(Loans));
        Refused("Class 'Delhi' of 'city' has one row", () => new TableTraining("city").Split(Loans.With(Column.Of("city", [.. Enumerable.Range(0, 300).Select(i => i == 5 ? "Delhi" : "Pune")])), 0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TableTraining("good").Split(Loans, 1));
    }

    [Fact]
    public void Of_Label_DecidesByItsValues()
    {
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", "a", "b")).Task);
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", true, false)).Task);
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", 0, 1, 2)).Task);
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", 0.0, 1.0, double.NaN)).Task);
        Assert.Equal(LearningTask.Regression, TaskChoice.Of(Column.Of("y", 0.0, 0.5)).Task);
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", [.. Enumerable.Range(0, 20)])).Task);
        Assert.Equal(LearningTask.Regression, TaskChoice.Of(Column.Of("y", [.. Enumerable.Range(0, 21)])).Task);
        Assert.Equal(LearningTask.Classification, TaskChoice.Of(Column.Of("y", [.. Enumerable.Range(0, 420).Select(i => i % 21)])).Task); // 5 % of the rows
        Assert.Throws<ArgumentException>(() => TaskChoice.Of(Column.Of("y", DateTime.UnixEpoch)));
        Assert.Throws<ArgumentException>(() => TaskChoice.Of(Column.Of("y", double.NaN)));
    }

    [Fact]
    public void Of_Evaluation_IsTheReportOfItsKind()
    {
        PipelineModel classes = new TableTraining("good") { Model = "tree" }.Fit(Loans).Model;
        var report = ClassificationReport.Of(Labels.Of(Loans["good"]), classes.Predict(Loans), "false");
        var evaluation = Evaluation.Of(classes, Loans, "good", "false");

        Assert.Equal(report.ToJson(), evaluation.ToJson());
        Assert.Equal(report.Recall, evaluation["recall"]);
        Assert.Contains("accuracy, precision", Assert.Throws<ArgumentException>(() => evaluation["rmse"]).Message, StringComparison.Ordinal);
        Assert.Contains("a class the model does not know", Assert.Throws<ArgumentException>(() => Evaluation.Of(classes, Loans, "city")).Message, StringComparison.Ordinal);
        PipelineModel numbers = new TableTraining("rate") { Model = "ridge" }.Fit(Loans).Model;
        Assert.Matches("^\\{\"mae\":[0-9.]+,\"rmse\":[0-9.]+,\"r2\":[0-9.]+\\}$", Evaluation.Of(numbers, Loans, "rate").ToJson());
        Assert.Contains("'city' holds text", Assert.Throws<ArgumentException>(() => Evaluation.Of(numbers, Loans, "city")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_Limit_IsGoodEnoughAndNaNIsNot()
    {
        Assert.True(new QualityGate("auc", 0.8, true).Passes(0.8));
        Assert.False(new QualityGate("auc", 0.8, true).Passes(double.NaN));
        Assert.True(new QualityGate("rmse", 2, false).Passes(2));
        Assert.False(new QualityGate("rmse", 2, false).Passes(2.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QualityGate("auc", double.NaN, true));
    }

    [Fact]
    public void Measure_ClockThatAdvances_GivesPercentilesOfTheCallsAfterTheWarmUp()
    {
        var clock = new StepClock();
        int calls = 0;
        var latency = PredictionLatency.Measure(row => clock.Advance(calls++ < 20 ? 1000 : calls - 20), rows: 3, calls: 101, clock);

        Assert.Equal((101, 51, 96, 101), (latency.Calls, latency.P50, latency.P95, latency.Max)); // calls of 1, 2, … 101 ms
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionLatency.Measure(_ => { }, rows: 0));
    }

    private static void Refused(string message, Action fit) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(fit).Message, StringComparison.Ordinal);

    /// <summary>Whether a loan is paid back, and its rate, depend on income and city.</summary>
    private static Table Make(int n)
    {
        var random = new Random(5);
        int[] rows = [.. Enumerable.Range(0, n)];
        double[] income = [.. rows.Select(_ => 20 + (80 * random.NextDouble()))];
        string[] city = [.. rows.Select(_ => random.Next(3) switch { 0 => "Pune", 1 => "Agra", _ => "Goa" })];
        double[] rate = [.. rows.Select(i => (0.1 * income[i]) + (city[i] == "Goa" ? 3 : 0) + random.NextDouble())];
        return new Table(
            Column.Of("id", [.. rows.Select(i => (long)i)]),
            Column.Of("age", [.. rows.Select(_ => (long)random.Next(18, 70))]),
            Column.Of("income", [.. rows.Select(i => i % 17 == 0 ? double.NaN : income[i])]),
            Column.Of("city", [.. city]),
            Column.Of("rate", rate),
            Column.Of("good", [.. rate.Select(value => value > 7.5)]));
    }

    private sealed class StepClock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        internal void Advance(long milliseconds) => _milliseconds += milliseconds;
    }
}
