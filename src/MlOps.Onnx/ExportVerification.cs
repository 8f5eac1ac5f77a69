using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;

namespace MlOps.Onnx;

/// <summary>How far an exported model is from the C# model that it was made from.</summary>
internal static class ExportVerification
{
    // Few rows at a time: a file of nearest neighbours computes a number for each row and each case it was fitted on.
    private static readonly OnnxModelOptions s_options = new() { RowsPerBlock = 256 };

    /// <summary>Predicts rows with both and returns the largest difference.</summary>
    /// <remarks>The rows are rounded to 32-bit floats first, which is all the file's input can hold: the difference is that of the computation.</remarks>
    internal static double Difference(OnnxFile file, IModel model, Matrix rows)
    {
        double[] rounded = Array.ConvertAll(rows.Values.ToArray(), value => (double)(float)value);
        var x = new Matrix(rows.RowCount, rows.ColumnCount, rounded, rows.ColumnNames);
        using var onnx = OnnxModel.Open(file, s_options);
        return model switch
        {
            IClassifier classifier => Difference(onnx.Predict(x), classifier.Scores(x)),
            IRegressor regressor => Difference(onnx.Predict(x).Values!, regressor.Predict(x)),
            ITransformer transformer => Difference(onnx.Run(x, "features").Values, transformer.Transform(x).Values),
            IClusterer clusterer => Difference(onnx.Run(x, "cluster").Values, Array.ConvertAll(clusterer.Predict(x), code => (double)code)),
            IAnomalyDetector detector => Difference(onnx.Run(x, "score").Values, detector.Score(x)),
            _ => throw new ArgumentException($"{model.GetType().Name} predicts nothing that could be compared.", nameof(model)),
        };
    }

    /// <summary>The same of a pipeline with its model, on the columns of a table.</summary>
    internal static double Difference(OnnxFile file, PipelineModel model, Table rows)
    {
        Table x = Rounded(rows, model.Pipeline);
        using var onnx = OnnxModel.Open(file, s_options);
        Predictions expected = model.Predict(x);
        Predictions said = onnx.Predict(x);
        return expected.Scores is { } scores ? Difference(said, scores) : Difference(said.Values!, expected.Values!);
    }

    /// <summary>The same of a pipeline without a model.</summary>
    internal static double Difference(OnnxFile file, FittedPipeline pipeline, Table rows)
    {
        Table x = Rounded(rows, pipeline);
        using var onnx = OnnxModel.Open(file, s_options);
        string output = file.Facts.Outputs.GetValueOrDefault("features", "features");
        return Difference(onnx.Run(x, output).Values, pipeline.Transform(x).Values);
    }

    /// <summary>The same of a network, one sample a row.</summary>
    internal static double Difference(OnnxFile file, Network network, Matrix rows)
    {
        Tensor samples = Tensor.Of(rows).Reshape(network.InputShape);
        using var onnx = OnnxModel.Open(file, s_options);
        string output = file.Graph.Output[^1].Name;
        double[] said = onnx.Run(rows, output).Values.ToArray();
        double[] expected = [.. network.Predict(samples).ToMatrix().Values];
        return said.Length == 2 * expected.Length // one output that speaks for the second of two named classes
            ? Difference([.. said.Where((_, i) => i % 2 == 1)], expected)
            : Difference(said, expected);
    }

    /// <summary>The largest difference of the scores; a label must have the best score, or one as good up to that difference.</summary>
    internal static double Difference(Predictions said, Matrix scores)
    {
        double largest = Difference(said.Scores!.Values, scores.Values);
        for (int i = 0; i < scores.RowCount; i++)
        {
            ReadOnlySpan<double> row = scores.Row(i);
            double best = row[0];
            foreach (double score in row)
            {
                best = Math.Max(best, score);
            }

            largest = Math.Max(largest, (best - row[said.Labels!.Codes[i]]) / Math.Max(1, Math.Abs(best)));
        }

        return largest;
    }

    /// <summary>The columns a pipeline reads, with numbers as single precision has them.</summary>
    private static Table Rounded(Table rows, FittedPipeline pipeline) => new(pipeline.InputColumns.Select(column => rows[column.Name]).Select(column =>
        column is Column<double> or Column<long> ? new Column<double>(column.Name, Array.ConvertAll(rows.Numbers(column.Name), value => (double)(float)value)) : column));

    internal static double Difference(ReadOnlySpan<double> said, ReadOnlySpan<double> expected)
    {
        if (said.Length != expected.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int i = 0; i < said.Length; i++)
        {
            if (said[i].Equals(expected[i])) // equal infinities and two NaN differ by nothing
            {
                continue;
            }

            double difference = Math.Abs(said[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
