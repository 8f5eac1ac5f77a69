namespace MlOps.Onnx;

/// <summary>Builds a model node by node. Values are named by the builder; each method returns the name of what it made.</summary>
/// <example><code>
/// var graph = new GraphBuilder("scaled");
/// string x = graph.Input("x", OnnxElementType.Float, 3);
/// string half = graph.Add("Mul", [x, graph.Constant("half", [0.5f])]);
/// OnnxFile file = graph.Output("y", half, OnnxElementType.Float, 3).Build();
/// </code></example>
public sealed class GraphBuilder
{
    /// <summary>The domain of operators for classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    // File format 8 with these two operator sets is read by ONNX Runtime 1.12 and later.
    private const long FormatVersion = 8;
    private const long OperatorVersion = 17;
    private const long MachineLearningVersion = 3;

    private readonly OnnxGraph _graph;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = [];

    /// <summary>Begins a graph.</summary>
    public GraphBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _graph = new OnnxGraph { Name = name };
    }

    /// <summary>Adds an input whose first dimension is the batch, N, and returns its name.</summary>
    /// <param name="name">Its name, unlike any other.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="dims">The other dimensions.</param>
    public string Input(string name, OnnxElementType type, params ReadOnlySpan<long> dims)
    {
        _graph.Input.Add(Batch(Unused(name), type, dims));
        return name;
    }

    /// <summary>Makes a value an output of this name. Its first dimension is the batch, N.</summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="value">The value it shows.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="dims">The other dimensions.</param>
    public GraphBuilder Output(string name, string value, OnnxElementType type, params ReadOnlySpan<long> dims)
    {
        Unused(name);
        var identity = new OnnxNode { Name = name, OpType = "Identity" };
        identity.Input.Add(value);
        identity.Output.Add(name);
        _graph.Node.Add(identity);
        _graph.Output.Add(Batch(name, type, dims));
        return this;
    }

    /// <summary>Makes a value the output that tells something, <c>label</c> say; under another name where an input has that one. The file then says which.</summary>
    internal GraphBuilder OutputOf(string role, string value, OnnxElementType type, params ReadOnlySpan<long> dims)
    {
        string name = role;
        for (int i = 1; _names.Contains(name); i++)
        {
            name = i == 1 ? $"{role}_output" : FormattableString.Invariant($"{role}_output_{i}");
        }

        if (name != role)
        {
            _renamed.Add(role, name);
        }

        return Output(name, value, type, dims);
    }

    /// <summary>Adds numbers; a vector without <paramref name="dims"/>.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dims) =>
        Constant(OnnxTensor.Of(Fresh(name), values, dims.IsEmpty ? [values.Length] : dims));

    /// <summary>Adds double numbers; a vector without <paramref name="dims"/>.</summary>
    public string Constant(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> dims) =>
        Constant(OnnxTensor.Of(Fresh(name), values, dims.IsEmpty ? [values.Length] : dims));

    /// <summary>Adds whole numbers; a vector without <paramref name="dims"/>.</summary>
    public string Constant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dims) =>
        Constant(OnnxTensor.Of(Fresh(name), values, dims.IsEmpty ? [values.Length] : dims));

    /// <summary>Adds a vector of texts.</summary>
    public string Constant(string name, IReadOnlyList<string> values) => Constant(OnnxTensor.Of(Fresh(name), values, values.Count));

    /// <summary>Adds an operation of ai.onnx with one output.</summary>
    public string Add(string operation, IEnumerable<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add("", operation, inputs, 1, attributes)[0];

    /// <summary>Adds an operation with any number of outputs.</summary>
    /// <param name="domain">"" for ai.onnx, or <see cref="MachineLearning"/>.</param>
    /// <param name="operation">Its name in that domain.</param>
    /// <param name="inputs">Names of values; "" leaves an optional input out.</param>
    /// <param name="outputs">How many outputs to use, from the first on.</param>
    /// <param name="attributes">Its constant arguments.</param>
    /// <returns>The names of the outputs.</returns>
    public string[] Add(string domain, string operation, IEnumerable<string> inputs, int outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        string name = Fresh(operation.ToLowerInvariant());
        var node = new OnnxNode { Name = name, OpType = operation, Domain = domain };
        node.Input.AddRange(inputs);
        string[] made = outputs == 1 ? [name] : [.. Enumerable.Range(0, outputs).Select(i => Fresh(FormattableString.Invariant($"{name}_out{i}")))];
        node.Output.AddRange(made);
        node.Attribute.AddRange(attributes.ToArray());
        _graph.Node.Add(node);
        return made;
    }

    /// <summary>Finishes the model.</summary>
    /// <param name="metadata">Facts about it, by name.</param>
    public OnnxFile Build(IReadOnlyDictionary<string, string>? metadata = null)
    {
        var file = new OnnxFile { IrVersion = FormatVersion, ProducerName = "MlOpsCourse", Graph = _graph };
        file.OpsetImport.Add(new OnnxOperatorSet { Domain = "", Version = OperatorVersion });
        if (_graph.Node.Any(node => node.Domain == MachineLearning))
        {
            file.OpsetImport.Add(new OnnxOperatorSet { Domain = MachineLearning, Version = MachineLearningVersion });
        }

        file.Facts = new ModelFacts { Outputs = _renamed };
        file.MetadataProps.AddRange((metadata ?? new Dictionary<string, string>()).Select(fact => new OnnxProperty { Key = fact.Key, Value = fact.Value }));
        return file;
    }

    private string Constant(OnnxTensor tensor)
    {
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static OnnxValue Batch(string name, OnnxElementType type, ReadOnlySpan<long> dims)
    {
        var shape = new OnnxShape();
        shape.Dim.Add(new OnnxDimension { DimParam = "N" });
        foreach (long dim in dims)
        {
            shape.Dim.Add(new OnnxDimension { DimValue = dim });
        }

        return new OnnxValue { Name = name, Type = new OnnxType { TensorType = new OnnxTensorType { ElemType = type, Shape = shape } } };
    }

    private string Unused(string name) =>
        _names.Add(name) ? name : throw new ArgumentException($"There is a value '{name}' already.", nameof(name));

    private string Fresh(string name)
    {
        string fresh = name;
        for (int i = 2; !_names.Add(fresh); i++)
        {
            fresh = FormattableString.Invariant($"{name}_{i}");
        }

        return fresh;
    }
}
