using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Rewriting;

/// <summary>Quantizes one model many times, with different nodes left in float, and measures each result: cleaned up once, calibrated once.</summary>
internal sealed class StaticTrials
{
    private readonly Preparation _ready;
    private readonly GraphView _view;
    private readonly StaticOptions _options;
    private readonly ModelData _calibration;
    private readonly ModelData _test;
    private readonly Dictionary<string, CalibratedValue> _values = new(StringComparer.Ordinal);
    private readonly List<string> _notices = [];

    internal StaticTrials(OnnxFile file, ModelData calibration, StaticOptions options, ModelData test, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        options.Check();
        (_options, _calibration, _test) = (options, calibration, test);
        _ready = Preparation.Of(file, options.ExcludedNodes, calibration.Batches.Count > 0 ? calibration.Batches[0] : throw new ArgumentException("Calibration needs example rows; there is none.", nameof(calibration)));
        _view = new GraphView(_ready.File);
        var plan = new StaticPlan(_view, options);
        Layers = [.. _view.Graph.Node.Where(node => plan.Tables.Contains(node, ReferenceEqualityComparer.Instance) || plan.UnitOf(node) is { Kind: UnitKind.Weighted })];
        Calibrate([.. Layers.Select(layer => new StaticPlan(_view, options, Only(layer))), plan], progress, cancellationToken);
        using var original = OnnxModel.Open(_ready.File);
        Reference = ModelAnswers.Of(original, test, cancellationToken: cancellationToken);
        Accuracy = test.Labels is { } labels && Reference.Classes is not null ? Reference.Accuracy(labels) : null;
    }

    /// <summary>The nodes that may be quantized or left, in the order of the graph.</summary>
    internal IReadOnlyList<OnnxNode> Layers { get; }

    /// <summary>What the float model says about the test rows.</summary>
    internal ModelAnswers Reference { get; }

    /// <summary>Accuracy of the float model on the test rows; null if nobody knows the right answers.</summary>
    internal double? Accuracy { get; }

    internal static IReadOnlySet<string> Only(OnnxNode layer) => new HashSet<string>(StringComparer.Ordinal) { layer.Label };

    /// <summary>How many numbers a layer stores.</summary>
    internal long Weights(OnnxNode layer) => layer.Input.Sum(value => _view.Constant(value) is { } constant ? constant.ElementCount : 0);

    /// <summary>Quantizes the model with some nodes left out.</summary>
    /// <param name="kept">Names of nodes that stay float besides those that the options exclude.</param>
    /// <param name="only">If given, the only layers that are quantized.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    internal (QuantizedModel Model, TrialMeasurement Measured) Try(IReadOnlyList<string> kept, IReadOnlySet<string>? only, CancellationToken cancellationToken)
    {
        StaticOptions options = _options with { ExcludedNodes = [.. _options.ExcludedNodes, .. kept] };
        Preparation copy = _ready.Copy();
        var view = new GraphView(copy.File, _view);
        var plan = new StaticPlan(view, options, only);
        Calibrate([plan], null, cancellationToken);
        QuantizedModel model = StaticQuantization.Write(copy, view, plan, options, new CalibrationRanges(options.Calibration, _calibration.RowCount, _values, []));
        model = model with { Notices = [.. _ready.Notices, .. _notices, .. model.Notices] };
        using var session = OnnxModel.Open(model.File);
        ModelAnswers answers = ModelAnswers.Of(session, _test, cancellationToken: cancellationToken);
        AnswerComparison comparison = AnswerComparison.Of(Reference, answers);
        double? accuracy = Accuracy is null ? null : answers.Accuracy(_test.Labels!);
        return (model, new TrialMeasurement(comparison.SignalToNoise, comparison.Agreement, accuracy));
    }

    /// <summary>Finds the ranges that plans need and that are not known yet.</summary>
    private void Calibrate(IReadOnlyList<StaticPlan> plans, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        string[] missing = [.. plans.SelectMany(StaticQuantization.Roots).Distinct().Where(value => !_values.ContainsKey(value))];
        if (missing.Length > 0)
        {
            CalibrationRanges ranges = Calibrator.Ranges(_ready.File, _calibration, missing, _options.Calibration, progress, cancellationToken);
            _notices.AddRange(ranges.Notices.Except(_notices));
            foreach ((string name, CalibratedValue value) in ranges.Values)
            {
                _values.Add(name, value);
            }
        }
    }
}
