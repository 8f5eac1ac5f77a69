namespace MlOps.Onnx.Running;

/// <summary>What other tools' files say in other ways than ours.</summary>
internal static class ForeignModel
{
    // Where operators of ai.onnx.ml keep the names of the classes; every one of them spells it in its own way.
    private static readonly string[] s_texts = ["classlabels_strings"];
    private static readonly string[] s_numbers = ["classlabels_int64s", "classlabels_ints"];

    /// <summary>The classes that the last classifier in the graph names; empty if none does.</summary>
    internal static IReadOnlyList<string> Classes(OnnxGraph graph)
    {
        foreach (OnnxNode node in graph.Node.Reverse().Where(node => node.Domain == GraphBuilder.MachineLearning))
        {
            if (s_texts.Select(node.GetTexts).FirstOrDefault(texts => texts.Count > 0) is { } texts)
            {
                return texts;
            }

            if (s_numbers.Select(node.GetInts).FirstOrDefault(numbers => numbers.Count > 0) is { } numbers)
            {
                return [.. numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
            }
        }

        return [];
    }

    /// <summary>Whether an output is a list of dictionaries, one a row, as scikit-learn's converter makes by default.</summary>
    internal static bool IsZipMap(OnnxValue output) => output.Type?.SequenceType?.ElemType?.KindCase == OnnxType.KindOneofCase.MapType;

    /// <summary>Takes ZipMap nodes off: their outputs become the matrix that they were made from.</summary>
    internal static void TakeZipMapsOff(OnnxGraph graph)
    {
        foreach (OnnxNode zip in graph.NodesOf("ZipMap", GraphBuilder.MachineLearning))
        {
            string output = zip.Output[0];
            graph.Remove(zip);
            OnnxValue? shown = graph.Output.FirstOrDefault(value => value.Name == output);
            if (shown is not null)
            {
                shown.Type = OnnxValue.Tensor(output, OnnxElementType.Float, -1, -1).Type;
            }
        }
    }
}
