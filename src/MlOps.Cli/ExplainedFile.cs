using MlOps.Data;
using MlOps.Explain;
using MlOps.Explain.Lime;
using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Onnx;

namespace MlOps.Cli;

/// <summary>A model file, the rows it is explained on, and the rows it is compared with.</summary>
internal sealed class ExplainedFile : IDisposable
{
    /// <summary>Up to this many features that differ from the background, the exact values cost less than a sample would gain.</summary>
    private const int ExactUpTo = 12;

    /// <summary>Predictions that a background may cost where every coalition is asked: a file of a few features is compared with all its rows.</summary>
    private const int CheapPredictions = 204_800;

    /// <summary>Rows of a background that estimates any model's mean well enough, as in the shap package.</summary>
    private const int UsualRows = 100;

    /// <summary>Single-precision trees differ by this much from the model's own sum.</summary>
    private const double SamePrediction = 1e-5;

    private readonly OnnxModel _onnx;
    private readonly string _path;
    private readonly string? _class;
    private readonly Table _reference;

    internal ExplainedFile(string path, string data, string? @class, string? background, string? label, bool needsLabel, IReadOnlyList<string>? columns, CancellationToken cancellation)
    {
        _path = path;
        _onnx = OnnxModel.Load(path, new OnnxModelOptions { Features = columns });
        Data = _onnx.ReadCsv(data, needsLabel ? label : null, cancellation);
        _reference = background is null ? Data : _onnx.ReadCsv(background, null, cancellation);
        if (Data.RowCount == 0 || _reference.RowCount == 0)
        {
            throw new ArgumentException($"{(Data.RowCount == 0 ? data : background)}: there are no rows.");
        }

        if (label is not null && _onnx.Columns.Count == 0 && !Data.HasColumn(label) && !_reference.HasColumn(label))
        {
            throw new ArgumentException($"{data}: there is no column '{label}' to leave out. There are: {string.Join(", ", Data.Columns.Select(column => column.Name))}.");
        }

        string? target = label ?? _onnx.Facts.Label;
        string[] features = _onnx.Columns.Count > 0 ? [.. _onnx.Columns.Select(column => column.Name)] : [.. _reference.Columns.Select(column => column.Name).Where(name => name != target)];
        Predictions first = _onnx.Predict(_reference.Rows(..1).Select(features));
        _class = first.Scores is null ? @class : @class ?? _onnx.Facts.PositiveClass ?? first.Scores.ColumnNames[^1];
        Model = ExplainedModel.Of(_onnx, _reference.Select(features), features, _class);
        Reference = Model.Encode(_reference);
        Source = background ?? data;
    }

    /// <summary>Gets the rows of the data file.</summary>
    internal Table Data { get; }

    internal ExplainedModel Model { get; }

    /// <summary>Gets the rows that the row is compared with, all of them.</summary>
    internal Matrix Reference { get; }

    /// <summary>Gets the file they come from.</summary>
    internal string Source { get; }

    /// <summary>Gets the class that is explained; null for a number.</summary>
    internal string? Class => _class;

    /// <summary>Gets the column that the model was trained to predict, if the file says so.</summary>
    internal string? Label => _onnx.Facts.Label;

    public void Dispose() => _onnx.Dispose();

    /// <summary>One row as features.</summary>
    internal Matrix Row(int row) => row >= 0 && row < Data.RowCount
        ? Model.Encode(Data.Rows(row..(row + 1)))
        : throw new ArgumentException(FormattableString.Invariant($"--row counts from 0: the file has {Data.RowCount:N0} rows, so 0 to {Data.RowCount - 1}; got {row}."));

    /// <summary>The explainer of a method, and the rows of its background.</summary>
    internal (IExplainer Explainer, int BackgroundRows) Explainer(string method, Matrix row, int? wantedRows, int? samples, int seed)
    {
        if (method != "lime" && Reference.RowCount == 1 && Reference.Row(0).SequenceEqual(row.Row(0)))
        {
            throw new ArgumentException($"{Source}: the only row to compare with is the row itself, so nothing could have a part in its prediction. Give other rows with --background.");
        }

        Matrix background = Background.Sample(Reference, wantedRows ?? Math.Max(UsualRows, CheapPredictions >> Math.Min(row.ColumnCount, 20)), seed);
        return method switch
        {
            "lime" => (new LimeTabular(Model, Reference, new LimeOptions { Samples = samples ?? new LimeOptions().Samples, Seed = seed }), Reference.RowCount),
            "exact" => (new ExactShap(Model, background), background.RowCount),
            "kernel" => (new KernelShap(Model, background, new KernelShapOptions { Samples = samples, Seed = seed }), background.RowCount),
            "tree" => (TreeShap.Of(OnnxFile.Load(_path), _class, background), background.RowCount),
            _ when Differing(row, background) <= ExactUpTo => (new ExactShap(Model, background), background.RowCount),
            _ => (Trees(row, background) ?? (IExplainer)new KernelShap(Model, background, new KernelShapOptions { Samples = samples, Seed = seed }), background.RowCount),
        };
    }

    /// <summary>Features that have not the row's value in every row of the background.</summary>
    private static int Differing(Matrix row, Matrix background) =>
        Enumerable.Range(0, row.ColumnCount).Count(j => Enumerable.Range(0, background.RowCount).Any(i => !background[i, j].Equals(row[0, j])));

    /// <summary>The trees of the file, where they add up to the very number that the model reports.</summary>
    private TreeShap? Trees(Matrix row, Matrix background)
    {
        try
        {
            var trees = TreeShap.Of(OnnxFile.Load(_path), _class, background);
            double reported = Model.Predict(row)[0];
            return trees.FeatureNames.Count == row.ColumnCount && Math.Abs(trees.Explain(row).Predictions[0] - reported) <= SamePrediction * Math.Max(1, Math.Abs(reported)) ? trees : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or OnnxException)
        {
            return null; // no ensemble of trees alone: that is the question asked here, and Kernel SHAP the answer
        }
    }
}
