using MlOps.Learning;

namespace MlOps.Explain.Counterfactuals;

/// <summary>Finds small changes of a row that make a model say something else: "with 5,000 more income it would have been approved".</summary>
/// <remarks>
/// A beam search over the features: all single changes first, then the best of them with one more, up to <see cref="CounterfactualOptions.MaxChanges"/>.
/// Half of the beam are those nearest to the target, half those that gain most for their cost. The beam is as wide as the budget of
/// <see cref="CounterfactualOptions.MaxEvaluations"/> allows, so that small problems are searched completely. What reaches the target is then
/// refined: changes that are not needed are taken back, and each value moved towards the row's as far as the model allows.
/// Only values that the data has are proposed (or steps between them), every result was put to the model, and changes of different sets of
/// features are returned rather than the same one twice. There is no chance in it: the same row gives the same answer.
/// <para>A counterfactual tells how the model answers, not what happens in the world when somebody changes the feature.</para>
/// Immutable; threads may share it.
/// <para>Source: S. Wachter, B. Mittelstadt, C. Russell, "Counterfactual Explanations without Opening the Black Box", Harv. J. Law Technol. 31 (2018), eq. 4–5
/// (distance in median absolute deviations); R. K. Mothilal, A. Sharma, C. Tan, "Explaining Machine Learning Classifiers through Diverse Counterfactual
/// Explanations", FAT* 2020 (diversity, sparsity).</para>
/// </remarks>
public sealed class CounterfactualSearch
{
    private readonly ExplainedModel _model;
    private readonly CounterfactualOptions _options;
    private readonly Actionability[] _limits;
    private readonly double[][] _distinct;
    private readonly double[] _scales;

    /// <summary>Learns which values occur and how far they spread.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">n ≥ 1 rows × d features; missing values are left out.</param>
    /// <param name="options">Limits and budget; the defaults when null.</param>
    /// <exception cref="ArgumentException">The columns are not the model's, there is no row, a value is infinite; a limit names no feature or contradicts itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CounterfactualSearch(ExplainedModel model, Matrix data, CounterfactualOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        _model = model;
        _options = (options ?? new CounterfactualOptions()).Checked();
        int d = model.FeatureNames.Count;
        if (data.ColumnCount != d || data.RowCount == 0)
        {
            throw new ArgumentException($"The search needs rows of the model's {d} features; got {data.RowCount} rows × {data.ColumnCount} columns.", nameof(data));
        }

        foreach (string name in _options.Limits.Keys)
        {
            _ = RowCheck.Feature(model, name);
        }

        _limits = new Actionability[d];
        _distinct = new double[d][];
        _scales = new double[d];
        for (int j = 0; j < d; j++)
        {
            _limits[j] = _options.Limits.TryGetValue(model.FeatureNames[j], out Actionability? limit) ? limit : new Actionability();
            _limits[j].Check(model.FeatureNames[j], model.IsText(j));
            double[] sorted = [.. data.Column(j).Where(value => !double.IsNaN(value) && !(model.IsText(j) && value < 0)).Order()];
            if (Array.Exists(sorted, double.IsInfinity))
            {
                throw new ArgumentException($"Feature '{model.FeatureNames[j]}' holds an infinite number in the data.", nameof(data));
            }

            _distinct[j] = [.. sorted.Distinct()];
            _scales[j] = Spread(sorted);
        }
    }

    /// <summary>Looks for counterfactuals of one row.</summary>
    /// <param name="row">d values, as the model reads them.</param>
    /// <param name="target">What the model should say.</param>
    /// <param name="progress">Told the share of the budget that is used.</param>
    /// <param name="cancellationToken">Stops between batches of rows.</param>
    /// <exception cref="ArgumentException">There are not d values, one is infinite, or a step is too fine for the data's range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CounterfactualResult Find(ReadOnlySpan<double> row, CounterfactualTarget target, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        RowCheck.Finite(row, _model);
        double[] from = row.ToArray();
        double prediction = _model.Predict(new Matrix(1, from.Length, from, _model.FeatureNames))[0];
        if (target.Contains(prediction))
        {
            return new CounterfactualResult(_model.Output, prediction, target, [], null, 1, IsExhaustive: true);
        }

        var values = new AllowedValues[from.Length];
        for (int j = 0; j < values.Length; j++)
        {
            int feature = j;
            values[j] = AllowedValues.Of(from[j], _distinct[j], _scales[j], _limits[j], _model.IsText(j), value => _model.Display(feature, value), _model.FeatureNames[j], _options.ValuesPerFeature);
        }

        var beam = new CounterfactualBeam(_model, from, prediction, values, target, _options, progress, cancellationToken);
        CounterfactualState[] found = beam.Run();
        Counterfactual[] answers = [.. found.Select(state => Written(from, state))];
        return new CounterfactualResult(
            _model.Output, prediction, target, answers, answers.Length == 0 && beam.Closest is { } closest ? Written(from, closest) : null, beam.Evaluations, beam.IsExhaustive);
    }

    private Counterfactual Written(double[] from, CounterfactualState state)
    {
        var changes = new List<FeatureChange>();
        for (int j = 0; j < from.Length; j++)
        {
            if (state.Changes(from, j))
            {
                changes.Add(new FeatureChange(_model.FeatureNames[j], from[j], state.Row[j], _model.Display(j, from[j]), _model.Display(j, state.Row[j])));
            }
        }

        return new Counterfactual(changes, state.Prediction, state.Distance, state.Row);
    }

    /// <summary>The median absolute deviation; the mean one where half of the values are alike; 1 where all are.</summary>
    private static double Spread(double[] sorted)
    {
        if (sorted.Length == 0)
        {
            return 1;
        }

        double median = SortedQuantile.Linear(sorted, 0.5);
        double[] deviations = [.. sorted.Select(value => Math.Abs(value - median)).Order()];
        double spread = SortedQuantile.Linear(deviations, 0.5);
        double mean = deviations.Average();
        return spread > 0 ? spread : mean > 0 ? mean : 1;
    }
}
