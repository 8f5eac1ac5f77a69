using System.Globalization;
using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>Features as a surrogate tree learns from them: a number as it is, a text or a truth value as one column for each of its values, for the order of their numbers says nothing. A missing number has a column of its own, and stands at the mean in the other.</summary>
internal sealed class SurrogateColumns
{
    private readonly ExplainedModel _model;
    private readonly List<(int Feature, double? Value)> _columns = [];
    private readonly double[] _means;

    internal SurrogateColumns(ExplainedModel model, Matrix x)
    {
        _model = model;
        _means = [.. Enumerable.Range(0, x.ColumnCount).Select(f => x.Column(f).Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Average())];
        for (int f = 0; f < x.ColumnCount; f++)
        {
            if (model.IsText(f) || model.Display(f, 1) == "true")
            {
                int feature = f;
                _columns.AddRange(x.Column(f).Distinct().Order().Select(value => (feature, (double?)value)));
            }
            else
            {
                _columns.Add((f, null));
                if (Array.Exists(x.Column(f), double.IsNaN))
                {
                    _columns.Add((f, double.NaN));
                }
            }
        }
    }

    internal Matrix Of(Matrix x)
    {
        var values = new double[checked(x.RowCount * _columns.Count)];
        for (int i = 0; i < x.RowCount; i++)
        {
            for (int c = 0; c < _columns.Count; c++)
            {
                double value = x[i, _columns[c].Feature];
                values[(i * _columns.Count) + c] = _columns[c].Value is not { } level ? (double.IsNaN(value) ? _means[_columns[c].Feature] : value) : value.Equals(level) ? 1 : 0;
            }
        }

        return new Matrix(x.RowCount, _columns.Count, values);
    }

    /// <summary>Adds what a node's answer says to what is known of a leaf's rows so far.</summary>
    internal void Add(SortedDictionary<int, (double Low, double High)> bounds, SortedDictionary<int, string> texts, int column, double threshold, bool atMost)
    {
        (int feature, double? level) = _columns[column];
        if (level is { } value)
        {
            string what = $"{_model.FeatureNames[feature]} is {(atMost ? "not " : "")}{(double.IsNaN(value) ? "missing" : _model.Display(feature, value))}";
            texts[column] = what;
            return;
        }

        (double low, double high) = bounds.GetValueOrDefault(feature, (double.NegativeInfinity, double.PositiveInfinity));
        bounds[feature] = atMost ? (low, Math.Min(high, threshold)) : (Math.Max(low, threshold), high);
    }

    internal string[] Conditions(SortedDictionary<int, (double Low, double High)> bounds, SortedDictionary<int, string> texts) =>
    [
        .. bounds.Select(bound => (_model.FeatureNames[bound.Key], bound.Value) switch
        {
            var (name, (low, high)) when double.IsInfinity(low) => $"{name} ≤ {Number(high)}",
            var (name, (low, high)) when double.IsInfinity(high) => $"{name} > {Number(low)}",
            var (name, (low, high)) => $"{Number(low)} < {name} ≤ {Number(high)}",
        }),
        .. texts.Values,
    ];

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
