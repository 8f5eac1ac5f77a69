using MlOps.Data;

namespace MlOps.Learning;

/// <summary>What a model said about n rows: classes with their scores, or numbers.</summary>
/// <param name="Labels">The class of each row; null if the model predicts numbers.</param>
/// <param name="Scores">n rows × one column a class, named after the classes; null if the model predicts numbers, or says the class and nothing else.</param>
/// <param name="AreProbabilities">Whether each row of <paramref name="Scores"/> adds up to 1.</param>
/// <param name="Values">The number of each row; null if the model predicts classes.</param>
public sealed record Predictions(Labels? Labels, Matrix? Scores, bool AreProbabilities, double[]? Values)
{
    /// <summary>What a classifier says about the rows.</summary>
    public static Predictions Of(IClassifier model, Matrix x)
    {
        ArgumentNullException.ThrowIfNull(model);
        Matrix scores = model.Scores(x);
        var named = new Matrix(scores.RowCount, scores.ColumnCount, scores.Values.ToArray(), model.Classes);
        return new Predictions(new Labels(Inputs.ArgMax(scores), model.Classes), named, model is IProbabilisticClassifier, null);
    }

    /// <summary>What a regressor says about the rows.</summary>
    public static Predictions Of(IRegressor model, Matrix x)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Predictions(null, null, false, model.Predict(x));
    }

    /// <summary>A table with a column <c>prediction</c> and, for classes with scores, a column <c>p_NAME</c> (or <c>score_NAME</c>) each.</summary>
    public Table ToTable()
    {
        if (Values is not null)
        {
            return new Table(Column.Of("prediction", Values));
        }

        string prefix = AreProbabilities ? "p_" : "score_";
        IEnumerable<Column> scores = Enumerable.Range(0, Scores?.ColumnCount ?? 0).Select(c => Column.Of(prefix + Scores!.ColumnNames[c], Scores.Column(c)));
        return new Table([Column.Of("prediction", Enumerable.Range(0, Labels!.Count).Select(i => Labels[i]).ToArray()), .. scores]);
    }
}
