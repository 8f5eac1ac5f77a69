using System.Globalization;
using MlOps.Learning;
using MlOps.Onnx;

namespace MlOps.Explain.Shapley;

/// <summary>Exact Shapley values of trees, forests and boosted trees, in time that does not grow with 2ᵈ.</summary>
/// <remarks>
/// Two questions, two answers. Path-dependent (without a background): a feature that is not known goes both ways at a node, as often as the training
/// cases did; it needs no data and follows what goes together in training. Interventional (with a background): such a feature takes the value of a
/// background row, whatever the others are, so a feature that the model does not read gets 0; its cost grows with the background. They agree where
/// features are independent of each other, and differ where they are not.
/// <para>What is split is what the trees add up to: a prediction, the probability of a class of a tree or a forest, but the log-odds of two boosted
/// classes, the raw score of each of more, the logarithm with a Poisson loss. A boosted probability is no sum over trees; Kernel SHAP explains it.</para>
/// <para>Base value and contributions add up to that number, up to rounding. A missing value goes where the tree sends it. Immutable; threads may share it.</para>
/// <para>Source: S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2 (2020).</para>
/// </remarks>
public sealed class TreeShap : IExplainer
{
    private readonly TreeSum _sum;
    private readonly DecisionPaths _paths;
    private readonly BackgroundMasks? _background;

    private TreeShap(TreeSum sum, Matrix? background)
    {
        _sum = sum;
        if (background is null && !sum.HasCover)
        {
            throw new ArgumentException(
                "The file does not say how many training cases came through each node (nodes_hitrates that add up), which path-dependent values need. Give a background: rows of the training data.",
                nameof(background));
        }

        _paths = new DecisionPaths(sum.Trees, sum.IsSingle);
        Method = "tree SHAP, path-dependent";
        if (background is not null)
        {
            if (background.RowCount == 0)
            {
                throw new ArgumentException("The background has no rows; a feature that is not known takes its values from there. A hundred rows of the training data are a good choice.", nameof(background));
            }

            Check(background, nameof(background));
            _background = new BackgroundMasks(_paths, PathSums.Columns(background, 0, background.RowCount, sum.IsSingle), background.RowCount);
            Method = string.Create(CultureInfo.InvariantCulture, $"tree SHAP, interventional, {background.RowCount} background row{(background.RowCount == 1 ? "" : "s")}");
        }

        BaseValue = sum.BaseValue + MeanOfTrees();
    }

    /// <summary>Gets which of the two questions is answered: <c>tree SHAP, path-dependent</c>.</summary>
    public string Method { get; }

    /// <summary>Gets what is split: <c>log-odds of approved</c>.</summary>
    public string Output => _sum.Output;

    /// <summary>Gets the names of the features; x0, x1, … where an ONNX file names none.</summary>
    public IReadOnlyList<string> FeatureNames => _sum.FeatureNames;

    /// <summary>Gets the number without knowing any feature: the mean over the training cases as the nodes count them, or over the background.</summary>
    public double BaseValue { get; }

    /// <summary>Explains a model of trees of MlOps.Learning.</summary>
    /// <param name="model">A decision tree, a random forest, gradient boosting, or an isolation forest (its mean way to a leaf).</param>
    /// <param name="class">Which class of a classifier; the last one when null, which for two classes is the positive one.</param>
    /// <param name="background">At least one row for interventional values; path-dependent ones when null.</param>
    /// <exception cref="ArgumentException">The model is of another kind; no such class; the background is empty, of another width or has values that the model does not take.</exception>
    /// <exception cref="NotSupportedException">A tree asks for more than 63 different features on the way to one leaf.</exception>
    public static TreeShap Of(IModel model, string? @class = null, Matrix? background = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new TreeShap(ModelTrees.Of(model, @class), background);
    }

    /// <summary>Explains the trees in an ONNX file: ours, or of other tools.</summary>
    /// <remarks>
    /// Reads TreeEnsembleClassifier, TreeEnsembleRegressor and TreeEnsemble, in every mode, in single or double precision, where the file's input comes to the
    /// trees as it is. What is split is what the trees add up to with their base values, before the file turns it into a probability. Path-dependent values
    /// need <c>nodes_hitrates</c> that add up: our own files have them, most others do not, and a TreeEnsemble cannot; they need a background.
    /// </remarks>
    /// <param name="file">The model.</param>
    /// <param name="class">Which class, or which of several numbers by its place from 0; the last one when null.</param>
    /// <param name="background">At least one row for interventional values; path-dependent ones when null.</param>
    /// <exception cref="ArgumentException">There is no or more than one ensemble; something stands in front of it that changes the features; it takes the minimum or maximum of its trees;
    /// its layout is one that ONNX Runtime misreads; there is no such class; the background is needed and not there, empty, or of another width.</exception>
    /// <exception cref="NotSupportedException">A tree asks for more than 63 different features on the way to one leaf.</exception>
    /// <exception cref="OnnxException">The node is broken.</exception>
    public static TreeShap Of(OnnxFile file, string? @class = null, Matrix? background = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new TreeShap(OnnxTrees.Of(file, @class), background);
    }

    /// <summary>Splits the contributions further: how much pairs of features pay together.</summary>
    /// <remarks>
    /// Off the diagonal half the Shapley interaction index of the pair, on it what is left of the feature's own contribution; the rows of a matrix add up to
    /// the contributions, all of it with the base value to the prediction. Path-dependent only. O(leaves · depth³) a row.
    /// <para>Source: S. Lundberg et al. (2020), section "SHAP interaction values".</para>
    /// </remarks>
    /// <param name="x">n rows × d features.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">As for <see cref="Explain"/>; or n · d² numbers are more than an array can hold.</exception>
    /// <exception cref="InvalidOperationException">It was made with a background.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ShapInteractions Interactions(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        Check(x, nameof(x));
        if (_background is not null)
        {
            throw new InvalidOperationException("Interactions are path-dependent: leave the background out.");
        }

        long size = (long)x.RowCount * x.ColumnCount * x.ColumnCount;
        return size <= Array.MaxLength
            ? new ShapInteractions(Output, BaseValue, x, PathInteractions.Of(_paths, x, progress, cancellationToken))
            : throw new ArgumentException($"{x.RowCount} rows × {x.ColumnCount}² features are {size} numbers, more than an array can hold. Take fewer rows at once.", nameof(x));
    }

    /// <inheritdoc/>
    /// <remarks>O(leaves · depth) a row, and O(depth²) once for each different way in which rows leave the way to a leaf.</remarks>
    public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        Check(x, nameof(x));
        (double[] amounts, double[] predictions) = PathSums.Of(_paths, NewGame, x, progress, cancellationToken);
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] += _sum.BaseValue;
        }

        return new Explanations(Method, Output, BaseValue, x, predictions, new Matrix(x.RowCount, x.ColumnCount, amounts, x.ColumnNames));
    }

    private IPathGame NewGame() => _background is null ? new CoverGame(_paths) : new TreeBackgroundGame(_paths, _background);

    private double MeanOfTrees()
    {
        double sum = 0;
        for (int path = 0; path < _paths.Count; path++)
        {
            ReadOnlySpan<double> shares = _paths.Shares(path);
            double reaching = _background?.Reaching(path, shares.Length) ?? 1;
            foreach (double share in _background is null ? shares : [])
            {
                reaching *= share;
            }

            sum += reaching * _paths.Value(path);
        }

        return sum;
    }

    private void Check(Matrix x, string name)
    {
        if (x.ColumnCount != _sum.FeatureCount)
        {
            throw new ArgumentException($"The model reads {_sum.FeatureCount} features; {name} has {x.ColumnCount} columns.", name);
        }

        ReadOnlySpan<double> values = x.Values;
        for (int i = 0; i < values.Length; i++)
        {
            double value = _sum.IsSingle ? (float)values[i] : values[i];
            if (!double.IsFinite(value) && !(double.IsNaN(value) && _sum.TakesMissing))
            {
                string allowed = _sum.TakesMissing ? "Values must be finite, in single precision, or NaN for missing." : "The model takes finite values only, in single precision.";
                throw new ArgumentException(FormattableString.Invariant($"Row {i / x.ColumnCount} has {values[i]} in column '{x.ColumnNames[i % x.ColumnCount]}'. {allowed}"), name);
            }
        }
    }
}
