using MlOps.Learning;
using MlOps.Learning.Preprocessing;

namespace MlOps.Onnx.Export;

/// <summary>Export of whole pipelines: one input a column of the table.</summary>
internal static class PipelineExport
{
    internal static OnnxFile Build(PipelineModel model, Func<GraphBuilder, string, IModel, ModelOutput> write, IReadOnlyList<string>? classNames = null)
    {
        var graph = new GraphBuilder("Pipeline");
        string x = Write(graph, model.Pipeline);
        OnnxExport.AddOutputs(graph, model.Model, write(graph, x, model.Model), classNames);
        return graph.Build();
    }

    internal static OnnxFile Build(FittedPipeline pipeline)
    {
        var graph = new GraphBuilder("Pipeline");
        string x = Write(graph, pipeline);
        return graph.OutputOf("features", x, OnnxElementType.Float, pipeline.FeatureNames.Count).Build();
    }

    /// <summary>Adds inputs and steps; returns the features, float, N × d.</summary>
    private static string Write(GraphBuilder graph, FittedPipeline pipeline)
    {
        foreach (InputColumn column in pipeline.InputColumns)
        {
            graph.Input(column.Name, column.Kind == InputKind.Text ? OnnxElementType.String : OnnxElementType.Float, 1);
        }

        var parts = new List<StepPart>();
        foreach (FittedGroup group in pipeline.Groups)
        {
            IReadOnlyList<StepPart> columns = group.Group.Kind == InputKind.Text
                ? [.. group.Group.Columns.Select(name => new StepPart.Text(name, null))]
                : [new StepPart.Numbers(StepExport.Double(graph, Beside(graph, group.Group.Columns)), group.Group.Columns.Count)];
            foreach (FittedStep step in group.Steps)
            {
                columns = StepExport.Write(graph, columns, step);
            }

            parts.AddRange(columns);
        }

        return graph.Add("Cast", [StepExport.Merge(graph, parts).Value], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
    }

    private static string Beside(GraphBuilder graph, IReadOnlyList<string> values) =>
        values.Count == 1 ? values[0] : graph.Add("Concat", values, OnnxAttribute.Of("axis", 1));
}
