using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx.Export;

namespace MlOps.Onnx;

/// <summary>Writes fitted models as ONNX.</summary>
public static partial class OnnxExport
{
    /// <summary>Turns a fitted model into an ONNX model with one float input <c>x</c>, N × d.</summary>
    /// <remarks>
    /// Outputs: a classifier gives <c>label</c> (text, N) and <c>probabilities</c> or <c>scores</c> (float, N × classes); a regressor
    /// <c>prediction</c> (N × 1); a transformer <c>features</c>; a clusterer <c>cluster</c> (int64, N),
    /// a Gaussian mixture <c>probabilities</c> as well; an anomaly detector <c>score</c> (N × 1).
    /// </remarks>
    /// <param name="model">A fitted model of <c>MlOps.Learning</c>.</param>
    /// <param name="options">What the file says about it, and whether the export is verified.</param>
    /// <exception cref="ArgumentException">There is no export for this kind of model, or there is not one name a class.</exception>
    /// <exception cref="OnnxException">The export was to be verified, and ONNX Runtime says something else than the model.</exception>
    public static OnnxFile Export(IModel model, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ExportOptions();
        var graph = new GraphBuilder(model.GetType().Name);
        string x = graph.Input("x", OnnxElementType.Float, model.FeatureNames.Count);
        AddOutputs(graph, model, Write(graph, x, model), options.ClassNames);
        OnnxFile file = graph.Build();
        Describe(file, options, new ModelFacts { Kind = model.GetType().Name, Features = model.FeatureNames, Classes = ClassNames(model, options.ClassNames) });
        Matrix? verify = options.Verify ?? (options.VerifyTable is { } table ? Matrix.FromTable(table, model.FeatureNames) : null);
        if (verify is { } rows)
        {
            NoteDifference(file, options, rows.RowCount, ExportVerification.Difference(file, model, rows));
        }

        return file;
    }

    /// <summary>Turns a network into an ONNX model with one float input <c>x</c>: N × d, or N × C × H × W for images.</summary>
    /// <remarks>
    /// Output <c>probabilities</c> if the network was trained with a loss for classes (its softmax or sigmoid is added) or ends with such a layer, else
    /// <c>prediction</c>. With class names also <c>label</c> (text, N); a single output then becomes the probabilities of both classes.
    /// </remarks>
    /// <param name="network">The network.</param>
    /// <param name="classNames">A name for each output, or two for a single one; null for none.</param>
    /// <exception cref="ArgumentException">There are not so many outputs as names.</exception>
    public static OnnxFile Export(Network network, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return NeuralExport.Export(network, classNames);
    }

    /// <summary>Turns a network into an ONNX model as <see cref="Export(Network, IReadOnlyList{string})"/> does, with what is known about it in the file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What the file says about it; <see cref="ExportOptions.Verify"/> has a row a sample, with the values in the network's order.</param>
    /// <exception cref="ArgumentException">There are not so many outputs as names, or the rows to verify have another width.</exception>
    /// <exception cref="OnnxException">The export was to be verified, and ONNX Runtime says something else than the network.</exception>
    public static OnnxFile Export(Network network, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        OnnxFile file = NeuralExport.Export(network, options.ClassNames);
        Describe(file, options, new ModelFacts { Kind = nameof(Network), Classes = options.ClassNames ?? [] });
        if (options.Verify is { } rows)
        {
            NoteDifference(file, options, rows.RowCount, ExportVerification.Difference(file, network, rows));
        }

        return file;
    }

    /// <summary>Adds the nodes of a model that reads <paramref name="x"/>, float, N × d.</summary>
    internal static ModelOutput Write(GraphBuilder graph, string x, IModel model) =>
        LinearExport.TryWrite(graph, x, model)
        ?? SupportVectorExport.TryWrite(graph, x, model)
        ?? BayesExport.TryWrite(graph, x, model)
        ?? NeighborExport.TryWrite(graph, x, model)
        ?? TreeExport.TryWrite(graph, x, model)
        ?? ClusterExport.TryWrite(graph, x, model)
        ?? DecompositionExport.TryWrite(graph, x, model)
        ?? NeuralExport.TryWrite(graph, x, model)
        ?? throw new ArgumentException($"There is no ONNX export for {model.GetType().Name}.", nameof(model));

    /// <summary>Names the values that a model's nodes compute as the file's outputs.</summary>
    internal static void AddOutputs(GraphBuilder graph, IModel model, ModelOutput output, IReadOnlyList<string>? classNames = null)
    {
        switch (output)
        {
            case ModelOutput.Classes classes:
                IReadOnlyList<string> names = ClassNames(model, classNames);
                string code = graph.Add("ArgMax", [classes.Scores], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0));
                string label = graph.Add("Gather", [graph.Constant("classes", names), code]);
                graph.OutputOf("label", label, OnnxElementType.String);
                graph.OutputOf(classes.AreProbabilities ? "probabilities" : "scores", classes.Scores, OnnxElementType.Float, names.Count);
                break;
            case ModelOutput.Numbers numbers:
                graph.OutputOf("prediction", numbers.Values, OnnxElementType.Float, 1);
                break;
            case ModelOutput.Features features:
                graph.OutputOf("features", features.Values, OnnxElementType.Float, features.Width);
                break;
            case ModelOutput.Clusters clusters:
                graph.OutputOf("cluster", clusters.Codes, OnnxElementType.Int64);
                if (clusters.Probabilities is not null)
                {
                    graph.OutputOf("probabilities", clusters.Probabilities, OnnxElementType.Float, clusters.Count);
                }

                break;
            case ModelOutput.Anomalies anomalies:
                graph.OutputOf("score", anomalies.Scores, OnnxElementType.Float, 1);
                break;
        }
    }

    /// <summary>Writes into the file what is known about the model: from the model itself, and from who exports it.</summary>
    internal static void Describe(OnnxFile file, ExportOptions options, ModelFacts model)
    {
        file.ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3);
        file.DocString = options.Description ?? "";
        if (options.PositiveClass is { } positive && !model.Classes.Contains(positive, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The positive class '{positive}' is none of the model's: {string.Join(", ", model.Classes)}.", nameof(options));
        }

        file.Facts = model with { Outputs = file.Facts.Outputs, Parameters = options.Parameters, PositiveClass = options.PositiveClass, TrainingDataHash = options.TrainingDataHash };
    }

    /// <summary>Writes into the file how far it is from the C# model.</summary>
    /// <exception cref="OnnxException">Too far.</exception>
    internal static void NoteDifference(OnnxFile file, ExportOptions options, int rows, double difference)
    {
        if (!(difference <= options.Tolerance))
        {
            throw new OnnxException(FormattableString.Invariant(
                $"{file.Facts.Kind}: on {rows} rows ONNX Runtime and the C# model differ by up to {difference:G3}; {options.Tolerance:G3} is tolerated. Features far beyond the precision of 32-bit floats are a common cause: scale them first."));
        }

        file.Facts = file.Facts with { VerifiedRows = rows, VerifiedDifference = difference };
    }

    internal static IReadOnlyList<string> ClassNames(IModel model, IReadOnlyList<string>? others)
    {
        if (model is not IClassifier classifier)
        {
            return others is null ? [] : throw new ArgumentException($"{model.GetType().Name} has no classes that could be named.", nameof(others));
        }

        return others is null ? classifier.Classes
            : others.Count == classifier.Classes.Count && others.Distinct(StringComparer.Ordinal).Count() == others.Count ? others
            : throw new ArgumentException($"{classifier.Classes.Count} classes need as many different names; got {string.Join(", ", others)}.", nameof(others));
    }
}
