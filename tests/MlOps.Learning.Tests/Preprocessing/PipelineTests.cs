using System.Text.Json;
using MlOps.Data;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Preprocessing;

public sealed class PipelineTests
{
    private static readonly Table Loans = new(
        Column.Of("income", 10.0, double.NaN, 30, 40),
        Column.Of("city", "Pune", "Agra", null, "Pune"),
        Column.Of("owner", true, false, null, true),
        Column.Of("years", 1, 2, 3, 4),
        Column.Of("defaulted", "no", "yes", "no", "no"));

    private static readonly Pipeline Loan = new Pipeline()
        .Numbers(["income", "years"], Impute.Median(), new StandardScale())
        .Texts(["city"], Impute.Constant("missing"), new OneHot())
        .Flags(["owner"], Impute.Constant(0));

    [Fact]
    public void Fit_LeastSquaresBehindAPipeline_PredictsAsScikitLearn()
    {
        // ColumnTransformer and LinearRegression of scikit-learn 1.2.1, References/prep.py.
        JsonElement all = PrepReferences.All;
        Matrix train = PrepReferences.Matrix(all.GetProperty("prep").GetProperty("train"));
        Matrix test = PrepReferences.Matrix(all.GetProperty("prep").GetProperty("test"));
        IEnumerable<Column> numbers = "abcd".Select((name, j) => (Column)new Column<double>(name.ToString(), [.. train.Column(j), .. test.Column(j)]));
        JsonElement text = all.GetProperty("text");
        var table = new Table([
            .. numbers,
            Column.Of("size", PrepReferences.Texts(text.GetProperty("size"))),
            Column.Of("kind", PrepReferences.Texts(text.GetProperty("kind"))),
            Column.Of("target", PrepReferences.Numbers(all.GetProperty("pipeline").GetProperty("target")))]);

        PipelineModel model = new Pipeline()
            .Numbers(["a", "b", "c", "d"], Impute.Median(), new StandardScale())
            .Texts(["size", "kind"], Impute.Constant("missing"), new OneHot(dropFirst: true))
            .Fit(table.Rows(..80), "target", new LeastSquares());

        PrepReferences.Close(PrepReferences.Numbers(all.GetProperty("pipeline").GetProperty("prediction")), model.Predict(table.Rows(80..)).Values, 1e-10);
        Assert.Equal("target", model.Label);
        Assert.Equal(model.Model.FeatureNames, model.Pipeline.FeatureNames);
    }

    [Fact]
    public void Fit_Classifier_GetsLabelsWeightsAndFeatures()
    {
        PipelineModel even = Loan.Fit(Loans, "defaulted", new WeightiestClass());
        PipelineModel weighted = Loan.Fit(Loans, "defaulted", new WeightiestClass(), ClassWeights.Of(Labels.Of(Loans["defaulted"]), new Dictionary<string, double> { ["no"] = 1, ["yes"] = 9 }));

        Predictions predictions = weighted.Predict(Loans.Drop("defaulted"));
        Assert.Equal("no", even.Predict(Loans).Labels![0]);
        Assert.Equal("yes", predictions.Labels![3]);
        Assert.Equal([0.25, 0.75], predictions.Scores!.Row(0).ToArray()); // 3 · 1 against 1 · 9
        Assert.True(predictions.AreProbabilities);
        Assert.Equal(even.Pipeline.FeatureNames, even.Model.FeatureNames);
    }

    [Fact]
    public void Fit_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Loan.Fit(Loans, "defaulted", new WeightiestClass(), cancellationToken: new CancellationToken(true)));

    [Fact]
    public void Transform_MixedTable_NamesFeaturesAndReadsColumnsByName()
    {
        FittedPipeline fitted = Loan.Fit(Loans);

        Assert.Equal(["income", "years", "city=Agra", "city=Pune", "city=missing", "owner"], fitted.FeatureNames);
        Assert.Equal([new("income", InputKind.Number), new("years", InputKind.Number), new("city", InputKind.Text), new("owner", InputKind.Number)], fitted.InputColumns);
        Assert.Equal([0, 0, 1, 0], fitted.Transform(Loans).Row(2).ToArray()[2..]);
        Table shuffled = Loans.Select("owner", "defaulted", "city", "years", "income");
        Assert.Equal(fitted.Transform(Loans).Values.ToArray(), fitted.Transform(shuffled).Values.ToArray());
    }

    [Fact]
    public void Transform_OtherRows_DependsOnTheTrainingRowsOnly()
    {
        // What a row becomes is the same whichever rows come with it, before and after it was transformed with extreme ones.
        FittedPipeline fitted = Loan.Fit(Loans);
        double[] alone = fitted.Transform(Loans.Rows(1..2)).Values.ToArray();
        var extreme = new Table(Column.Of("income", 1e12, 5), Column.Of("city", "Delhi", "Delhi"), Column.Of("owner", true, true), Column.Of("years", 1000, 2), Column.Of("defaulted", "yes", "yes"));

        _ = fitted.Transform(extreme);
        Matrix together = fitted.Transform(Table.Concat(extreme, Loans));

        Assert.Equal(alone, together.Row(3).ToArray());
        Assert.Equal(alone, fitted.Transform(Loans.Rows(1..2)).Values.ToArray());
        Assert.Equal([0, 0, 0], together.Row(0).ToArray()[2..5]); // an unseen city is no city
        Assert.Equal(30.0, ((FittedImpute)fitted.Steps[0][0]).Fills[0]);
        Assert.Equal(27.5, ((FittedScale)fitted.Steps[0][1]).Centers[0]); // (10 + 30 + 30 + 40) / 4
    }

    [Fact]
    public void Transform_ManyRows_EqualsRowByRow()
    {
        // Large enough for several threads; the oracle is the same pipeline on pieces.
        var random = new Random(3);
        int n = 40_000;
        var table = new Table(
            new Column<double>("a", [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())]),
            new Column<double>("b", [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())]),
            Column.Of("t", [.. Enumerable.Range(0, n).Select(_ => (string?)("t" + random.Next(30)))]));
        FittedPipeline fitted = new Pipeline().Numbers(["a", "b"], Impute.Mean(true), new RobustScale(), new Polynomial()).Texts(["t"], new OneHot()).Fit(table);

        Matrix whole = fitted.Transform(table);

        for (int from = 0; from < n; from += 997)
        {
            Matrix piece = fitted.Transform(table.Rows(from..Math.Min(from + 13, n)));
            for (int i = 0; i < piece.RowCount; i++)
            {
                Assert.Equal(piece.Row(i).ToArray(), whole.Row(from + i).ToArray());
            }
        }
    }

    [Fact]
    public void Transform_BadValueInALaterBlock_IsToldWithItsRow()
    {
        // Rows 30,000 and 50,000 of 60,000; whichever thread comes first, the earlier row is named.
        double[] values = new double[60_000];
        values[30_000] = values[50_000] = -3;
        FittedPipeline fitted = new Pipeline().Numbers(["a"], new Log1p()).Fit(new Table(Column.Of("a", 0.0)));

        Assert.Contains("row 30000", Refusal(() => fitted.Transform(new Table(new Column<double>("a", values)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_NoRows_KeepsTheColumns() => Assert.Equal((0, 6), (Loan.Fit(Loans).Transform(Loans.Rows(0..0)).RowCount, Loan.Fit(Loans).Transform(Loans.Rows(0..0)).ColumnCount));

    [Fact]
    public void Transform_MissingOrWrongColumn_IsToldByName()
    {
        FittedPipeline fitted = Loan.Fit(Loans);

        Assert.Contains("lacks columns 'city', 'owner'", Refusal(() => fitted.Transform(Loans.Drop("city", "owner"))), StringComparison.Ordinal);
        Assert.Contains("'income' holds text", Refusal(() => fitted.Transform(Loans.With(Column.Of("income", "a", "b", "c", "d")))), StringComparison.Ordinal);
        Assert.Contains("'city' holds numbers", Refusal(() => fitted.Transform(Loans.With(Column.Of("city", 1.0, 2, 3, 4)))), StringComparison.Ordinal);
        Assert.Contains("needs truth values", Refusal(() => fitted.Transform(Loans.With(Column.Of("owner", 1.0, 2, 3, 4)))), StringComparison.Ordinal);
        Assert.Contains("'income' has Infinity in row 1", Refusal(() => fitted.Transform(Loans.With(Column.Of("income", 1, double.PositiveInfinity, 3, 4)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_ColumnWithoutAnyValue_IsMissingWhateverItsType()
    {
        Table nothing = Loans.With(Column.Of("income", new string?[4]), Column.Of("city", new double?[4]));

        Matrix x = Loan.Fit(Loans).Transform(nothing);

        Assert.Equal([0, 0, 1], x.Row(0).ToArray()[2..5]);
        Assert.False(double.IsNaN(x[0, 0]));
    }

    [Fact]
    public void Fit_BadTablesAndLabels_SayWhatIsWrong()
    {
        Assert.Contains("no rows", Refusal(() => Loan.Fit(Loans.Rows(0..0))), StringComparison.Ordinal);
        Assert.Contains("uses no column", Refusal(() => new Pipeline().Fit(Loans)), StringComparison.Ordinal);
        Assert.Contains("'years' is to be predicted", Refusal(() => Loan.Fit(Loans, "years", new LeastSquares())), StringComparison.Ordinal);
        Assert.Contains("label column 'x'", Refusal(() => Loan.Fit(Loans, "x", new LeastSquares())), StringComparison.Ordinal);
        Assert.Contains("'defaulted' holds text", Refusal(() => Loan.Fit(Loans, "defaulted", new LeastSquares())), StringComparison.Ordinal);
        Assert.Contains("'years'", Refusal(() => Loan.Numbers(["years"]).Fit(Loans)), StringComparison.Ordinal); // two features of one name
        Assert.Contains("text and number at once", Refusal(() => new Pipeline().Texts(["city"], new OneHot()).Numbers(["city"]).Fit(Loans.With(Column.Of("city", new string?[4])))), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_WrongStepsOrNames_AreRefusedAtOnce()
    {
        Assert.Equal("steps", Assert.Throws<ArgumentException>(() => new Pipeline().Texts(["city"], Impute.MostFrequent())).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentException>(() => new Pipeline().Numbers(["income"], new OneHot())).ParamName);
        Assert.Equal("columns", Assert.Throws<ArgumentException>(() => new Pipeline().Numbers([])).ParamName);
        Assert.Equal("columns", Assert.Throws<ArgumentException>(() => new Pipeline().Numbers(["a", "a"])).ParamName);
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
