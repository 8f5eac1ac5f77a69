using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Types and dimensions of every value of a model, found by running it: of inputs, constants and what each node makes.</summary>
/// <remarks>
/// Nothing is inferred from rules about operators, so any operator that ONNX Runtime runs will do. Where a size is free in the file, it is what it was for the inputs fed.
/// Values inside nested graphs (the branches of an If, the body of a Loop) and functions are not seen; nor are values that are no tensors. <see cref="Fed"/> says what was fed.
/// Immutable.
/// </remarks>
public sealed class ValueShapes
{
    private readonly Dictionary<string, ValueShape> _byName;

    private ValueShapes(IReadOnlyList<ValueShape> all, string fed) => (All, Fed, _byName) = (all, fed, all.ToDictionary(shape => shape.Name, StringComparer.Ordinal));

    /// <summary>Gets the values: inputs, then constants, then what the nodes make, in the order of the file.</summary>
    public IReadOnlyList<ValueShape> All { get; }

    /// <summary>Gets a sentence that says on which inputs the model was run.</summary>
    public string Fed { get; }

    /// <summary>Gets a value by its name; null for one that is not in the graph, is no tensor, or lies in a nested graph.</summary>
    public ValueShape? this[string name] => _byName.GetValueOrDefault(name);

    /// <summary>Runs a model once on the caller's inputs.</summary>
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="inputs">A tensor for every input, by name; a batch of <see cref="ModelData"/>.</param>
    /// <exception cref="ArgumentException">An input is missing or unknown.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not load the model, or it fails on the inputs.</exception>
    public static ValueShapes Of(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(inputs);
        return Of(file, inputs, $"Run on the given {string.Join(", ", inputs.Select(input => Shape(input.Key, input.Value)))}.");
    }

    /// <summary>Runs a model once on inputs that are made up.</summary>
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="rows">Size of the first dimension where the file leaves it free, ≥ 1.</param>
    /// <param name="sizes">Sizes of other free dimensions, as in <see cref="ExampleInputs.Of"/>.</param>
    /// <exception cref="OnnxException">ONNX Runtime does not load the model, or it fails on made-up inputs: give real ones, or sizes.</exception>
    public static ValueShapes Of(OnnxFile file, int rows = 1, IReadOnlyDictionary<string, long>? sizes = null)
    {
        var made = ExampleInputs.Of(file, rows, sizes);
        try
        {
            return Of(file, made.Inputs, made.Notice);
        }
        catch (OnnxException e)
        {
            throw new OnnxException($"The model fails on made-up inputs ({made.Notice.TrimEnd('.')}); give inputs, or sizes for its free dimensions. {e.Message}", e);
        }
    }

    private static ValueShapes Of(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor> inputs, string fed)
    {
        OnnxFile open = file.Clone();
        string[] made = [.. open.Graph.Node.SelectMany(node => node.Output).Where(value => value.Length > 0)];
        HashSet<string> shown = [.. open.Graph.Output.Select(output => output.Name)];
        foreach (string value in made.Where(shown.Add))
        {
            open.Graph.Output.Add(new OnnxValue { Name = value }); // without a type: what the file claims may be wrong, ONNX Runtime finds it out
        }

        using var model = OnnxModel.Open(open);
        IReadOnlyDictionary<string, OnnxValue> results = model.RunForShapes(inputs);
        IEnumerable<ValueShape> all = inputs.Select(input => Shape(input.Key, input.Value))
            .Concat(open.Graph.Initializer.Select(tensor => Shape(tensor.Name, tensor)))
            .Concat(made.Where(value => results.TryGetValue(value, out OnnxValue? port) && port.Dims is not null).Select(value => new ValueShape(value, results[value].ElementType, results[value].Dims!)));
        return new ValueShapes([.. all.DistinctBy(shape => shape.Name)], fed);
    }

    private static ValueShape Shape(string name, OnnxTensor tensor) => new(name, tensor.DataType, [.. tensor.Dims]);
}
