namespace MlOps.Onnx.Running;

/// <summary>Which of a model's outputs says what: the class, the scores of the classes, or a number.</summary>
/// <param name="Label">Output with the class of each row; null if there is none.</param>
/// <param name="Scores">Output with a score a class; null if there is none.</param>
/// <param name="Number">Output with one number a row, of a model that does not classify; null if there is none.</param>
/// <param name="AreProbabilities">Whether the scores are probabilities by name; null if the name does not say.</param>
internal sealed record OutputRoles(OnnxValue? Label, OnnxValue? Scores, OnnxValue? Number, bool? AreProbabilities)
{
    private static readonly string[] s_labels = ["label", "output_label"];
    private static readonly string[] s_probabilities = ["probabilities", "output_probability"];
    private static readonly string[] s_scores = [.. s_probabilities, "scores"];

    internal bool Classify => Label is not null || Scores is not null;

    /// <summary>Finds the roles by the names that the course and scikit-learn's converter use, then by types and shapes.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="namesClasses">Whether the file names classes.</param>
    /// <param name="renamed">Outputs that are called otherwise than usual, by their usual name.</param>
    internal static OutputRoles Of(IReadOnlyList<OnnxValue> outputs, bool namesClasses, IReadOnlyDictionary<string, string> renamed)
    {
        OnnxValue? Named(string[] names) =>
            names.Select(name => outputs.FirstOrDefault(output => output.Name == renamed.GetValueOrDefault(name, name))).FirstOrDefault(output => output is not null);

        OnnxValue? scores = Named(s_scores) ?? outputs.FirstOrDefault(output => IsNumber(output) && output.Name != renamed.GetValueOrDefault("features", "features") && Rank(output) == 2 && output.Dims![1] != 1);
        OnnxValue? label = Named(s_labels)
            ?? outputs.FirstOrDefault(output => output.ElementType == OnnxElementType.String && OneARow(output))
            ?? (scores is not null || namesClasses ? outputs.FirstOrDefault(output => output.ElementType is OnnxElementType.Int64 or OnnxElementType.Int32 && OneARow(output)) : null);
        if (scores is not null && label is null && OneARow(scores))
        {
            scores = null; // one column alone is no choice between classes: the number of a sigmoid, say
        }

        return label is not null || scores is not null
            ? new OutputRoles(label, scores, null, scores is null || scores == Named(["scores"]) ? false : scores == Named(s_probabilities) ? true : null)
            : new OutputRoles(null, null, outputs.FirstOrDefault(output => (IsNumber(output) || IsWhole(output)) && OneARow(output)), null);
    }

    private static bool IsNumber(OnnxValue output) => output.ElementType is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16;

    private static bool IsWhole(OnnxValue output) => output.ElementType is OnnxElementType.Int64 or OnnxElementType.Int32 or OnnxElementType.Bool;

    private static int Rank(OnnxValue output) => output.Dims?.Count ?? -1;

    private static bool OneARow(OnnxValue output) => output.Dims is { } dims && (dims.Count == 1 || (dims.Count == 2 && dims[1] == 1));
}
