using MlOps.Learning.Preprocessing;

namespace MlOps.Onnx.Export;

/// <summary>Export of the steps of a pipeline, in double precision and with the formulas of the fitted steps.</summary>
internal static class StepExport
{
    internal static IReadOnlyList<StepPart> Write(GraphBuilder graph, IReadOnlyList<StepPart> parts, FittedStep step) => step switch
    {
        FittedImpute impute => Impute(graph, parts, impute),
        FittedOneHot oneHot => Encode(parts, (text, j) => OneHot(graph, text, oneHot.CategoriesOf[j]!, oneHot.DropFirst)),
        FittedOrdinal ordinal => Encode(parts, (text, j) => Ordinal(graph, text, ordinal.CategoriesOf[j]!)),
        FittedScale scale => [Scale(graph, Merge(graph, parts), scale)],
        FittedLog1p => [Log1p(graph, Merge(graph, parts))],
        FittedPolynomial polynomial => [Polynomial(graph, Merge(graph, parts), polynomial)],
        FittedBins bins => [BinExport.Write(graph, Merge(graph, parts), bins)],
        _ => throw new ArgumentException($"There is no ONNX export for {step.GetType().Name}.", nameof(step)),
    };

    /// <summary>All columns in one value. A fitted pipeline has no text left where numbers are needed.</summary>
    internal static StepPart.Numbers Merge(GraphBuilder graph, IReadOnlyList<StepPart> parts)
    {
        StepPart.Numbers[] numbers = [.. parts.Cast<StepPart.Numbers>()];
        return numbers.Length == 1
            ? numbers[0]
            : new StepPart.Numbers(graph.Add("Concat", numbers.Select(part => part.Value), OnnxAttribute.Of("axis", 1)), numbers.Sum(part => part.Columns));
    }

    internal static string Column(GraphBuilder graph, StepPart.Numbers numbers, int column) =>
        numbers.Columns == 1 ? numbers.Value : graph.Add("Gather", [numbers.Value, graph.Constant("column", [(long)column])], OnnxAttribute.Of("axis", 1));

    internal static string Double(GraphBuilder graph, string value) =>
        graph.Add("Cast", [value], OnnxAttribute.Of("to", (long)OnnxElementType.Double));

    private static List<StepPart> Impute(GraphBuilder graph, IReadOnlyList<StepPart> parts, FittedImpute impute)
    {
        var filled = new List<StepPart>();
        var indicators = new List<StepPart>();
        int first = 0;
        foreach (StepPart part in parts)
        {
            int[] indicated = [.. impute.Indicated.Where(j => j >= first && j < first + part.Width)];
            if (part is StepPart.Text text)
            {
                filled.Add(text with { Fill = text.Fill ?? (string)impute.Fills[first] });
                indicators.AddRange(indicated.Select(_ => new StepPart.Numbers(IsEmpty(graph, text.Input), 1)));
            }
            else
            {
                var numbers = (StepPart.Numbers)part;
                double[] fills = [.. impute.Fills.Skip(first).Take(part.Width).Cast<double>()];
                string missing = graph.Add("IsNaN", [numbers.Value]);
                filled.Add(numbers with { Value = graph.Add("Where", [missing, graph.Constant("fill", fills, 1, fills.Length), numbers.Value]) });
                indicators.AddRange(indicated.Select(j => new StepPart.Numbers(Double(graph, graph.Add("IsNaN", [Column(graph, numbers, j - first)])), 1)));
            }

            first += part.Width;
        }

        return [.. filled, .. indicators];
    }

    private static string IsEmpty(GraphBuilder graph, string input) => Double(graph, graph.Add(
        GraphBuilder.MachineLearning,
        "LabelEncoder",
        [input],
        1,
        OnnxAttribute.Of("keys_strings", [""]),
        OnnxAttribute.Of("values_floats", [1f]),
        OnnxAttribute.Of("default_float", 0f))[0]);

    private static List<StepPart> Encode(IReadOnlyList<StepPart> parts, Func<StepPart.Text, int, StepPart> encode)
    {
        var encoded = new List<StepPart>();
        int first = 0;
        foreach (StepPart part in parts)
        {
            encoded.Add(part is StepPart.Text text ? encode(text, first) : part);
            first += part.Width;
        }

        return encoded;
    }

    private static StepPart.Numbers OneHot(GraphBuilder graph, StepPart.Text text, IReadOnlyList<string?> categories, bool dropFirst)
    {
        var places = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < categories.Count; i++)
        {
            places.Add(categories[i] ?? "", i); // "" stands for a missing text in the file
        }

        if (text.Fill is not null && places.TryGetValue(text.Fill, out long filled))
        {
            places[""] = filled;
        }

        string code = graph.Add(
            GraphBuilder.MachineLearning,
            "LabelEncoder",
            [text.Input],
            1,
            OnnxAttribute.Of("keys_strings", places.Keys),
            OnnxAttribute.Of("values_int64s", places.Values),
            OnnxAttribute.Of("default_int64", -1L))[0];
        int skipped = dropFirst ? 1 : 0;
        long[] columns = [.. Enumerable.Range(skipped, categories.Count - skipped).Select(i => (long)i)];
        return new StepPart.Numbers(Double(graph, graph.Add("Equal", [code, graph.Constant("places", columns, 1, columns.Length)])), columns.Length);
    }

    private static StepPart.Numbers Ordinal(GraphBuilder graph, StepPart.Text text, IReadOnlyList<string> categories)
    {
        const float Unknown = -1;
        var places = new Dictionary<string, float>(StringComparer.Ordinal);
        for (int i = 0; i < categories.Count; i++)
        {
            places.Add(categories[i], i);
        }

        places[""] = text.Fill is null ? float.NaN : places.GetValueOrDefault(text.Fill, Unknown);
        string code = graph.Add(
            GraphBuilder.MachineLearning,
            "LabelEncoder",
            [text.Input],
            1,
            OnnxAttribute.Of("keys_strings", places.Keys),
            OnnxAttribute.Of("values_floats", places.Values),
            OnnxAttribute.Of("default_float", Unknown))[0];
        return new StepPart.Numbers(Double(graph, code), 1);
    }

    private static StepPart.Numbers Scale(GraphBuilder graph, StepPart.Numbers numbers, FittedScale scale)
    {
        string shifted = graph.Add("Sub", [numbers.Value, graph.Constant("center", scale.Centers.ToArray(), 1, numbers.Columns)]);
        return numbers with { Value = graph.Add("Div", [shifted, graph.Constant("scale", scale.Scales.ToArray(), 1, numbers.Columns)]) };
    }

    private static StepPart.Numbers Log1p(GraphBuilder graph, StepPart.Numbers numbers)
    {
        string x = numbers.Value;
        string one = graph.Constant("one", [1.0]);
        string u = graph.Add("Add", [x, one]);
        string log = graph.Add("Mul", [graph.Add("Log", [u]), x]);
        string exact = graph.Add("Div", [log, graph.Add("Sub", [u, one])]);
        return numbers with { Value = graph.Add("Where", [graph.Add("Equal", [u, one]), x, exact]) };
    }

    private static StepPart.Numbers Polynomial(GraphBuilder graph, StepPart.Numbers numbers, FittedPolynomial polynomial)
    {
        // All products have as many factors once the shorter ones are multiplied by a column of ones, which comes last.
        string ones = graph.Add("Expand", [graph.Constant("one", [1.0], 1, 1), graph.Add("Shape", [Column(graph, numbers, 0)])]);
        string columns = graph.Add("Concat", [numbers.Value, ones], OnnxAttribute.Of("axis", 1));
        int degree = polynomial.Terms.Max(term => term.Count);
        string? product = null;
        for (int f = 0; f < degree; f++)
        {
            long[] factors = [.. polynomial.Terms.Select(term => f < term.Count ? (long)term[f] : numbers.Columns)];
            string factor = graph.Add("Gather", [columns, graph.Constant("factors", factors)], OnnxAttribute.Of("axis", 1));
            product = product is null ? factor : graph.Add("Mul", [product, factor]);
        }

        return new StepPart.Numbers(product!, polynomial.Terms.Count);
    }
}
