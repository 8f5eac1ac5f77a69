namespace MlOps.Onnx;

/// <remarks>
/// <c>node.GetInt("axis", -1)</c> reads an attribute, with the value that stands for it when it is not there; without that value a
/// missing attribute is an error. <see cref="Set"/> writes one.
/// </remarks>
public sealed partial class OnnxNode
{
    /// <summary>Gets what people call the node: its name; where the file gives it none its first output, or its operator if it has no output either.</summary>
    public string Label => Name.Length > 0 ? Name : Output.FirstOrDefault(output => output.Length > 0) ?? OpType;

    /// <summary>Gets the operator and, where there is one, the name: <c>Gemm 'fc1'</c>.</summary>
    public string Title => (Domain is "" or "ai.onnx" ? OpType : $"{Domain}.{OpType}") + (Name.Length > 0 ? $" '{Name}'" : Output.Count > 0 ? $" of '{Output[0]}'" : "");

    /// <summary>Returns whether the node has an attribute of this name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Returns an attribute, or null.</summary>
    public OnnxAttribute? Find(string name) => Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>Adds an attribute, in place of the one of that name.</summary>
    public void Set(OnnxAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (Find(attribute.Name) is { } old)
        {
            Attribute.Remove(old);
        }

        Attribute.Add(attribute);
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind, or not there and <paramref name="otherwise"/> is null.</exception>
    public long GetInt(string name, long? otherwise = null) => Typed(name, OnnxAttributeType.Int)?.I ?? otherwise ?? throw Missing(name);

    /// <summary>Reads a number.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind, or not there and <paramref name="otherwise"/> is null.</exception>
    public float GetFloat(string name, float? otherwise = null) => Typed(name, OnnxAttributeType.Float)?.F ?? otherwise ?? throw Missing(name);

    /// <summary>Reads a text.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind, or not there and <paramref name="otherwise"/> is null.</exception>
    public string GetText(string name, string? otherwise = null) => Typed(name, OnnxAttributeType.String)?.S.ToStringUtf8() ?? otherwise ?? throw Missing(name);

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="OnnxException">The attribute is not there or of another kind.</exception>
    public OnnxTensor GetTensor(string name) => Typed(name, OnnxAttributeType.Tensor)?.T ?? throw Missing(name);

    /// <summary>Reads a graph, such as the branch of an If.</summary>
    /// <exception cref="OnnxException">The attribute is not there or of another kind.</exception>
    public OnnxGraph GetGraph(string name) => Typed(name, OnnxAttributeType.Graph)?.G ?? throw Missing(name);

    /// <summary>Reads whole numbers; none where the attribute is not there.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind.</exception>
    public IReadOnlyList<long> GetInts(string name) => Typed(name, OnnxAttributeType.Ints) is { } attribute ? attribute.Ints : [];

    /// <summary>Reads numbers; none where the attribute is not there.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind.</exception>
    public IReadOnlyList<float> GetFloats(string name) => Typed(name, OnnxAttributeType.Floats) is { } attribute ? attribute.Floats : [];

    /// <summary>Reads texts; none where the attribute is not there.</summary>
    /// <exception cref="OnnxException">The attribute is of another kind.</exception>
    public IReadOnlyList<string> GetTexts(string name) => Typed(name, OnnxAttributeType.Strings) is { } attribute ? [.. attribute.Strings.Select(text => text.ToStringUtf8())] : [];

    /// <summary>The graphs in its attributes, not those within these.</summary>
    internal IEnumerable<OnnxGraph> NestedGraphs() =>
        Attribute.SelectMany(attribute => attribute.G is null ? (IEnumerable<OnnxGraph>)attribute.Graphs : [attribute.G, .. attribute.Graphs]);

    /// <summary>The constants in its attributes, also in nested graphs.</summary>
    internal IEnumerable<OnnxTensor> Tensors() =>
        Attribute.SelectMany(attribute => attribute.T is null ? (IEnumerable<OnnxTensor>)attribute.Tensors : [attribute.T, .. attribute.Tensors])
            .Concat(NestedGraphs().SelectMany(graph => graph.Tensors()));

    /// <summary>Whether it reads a value, itself or in a nested graph that takes it from outside.</summary>
    internal bool Reads(string value) => Input.Contains(value) || NestedGraphs().Any(graph => graph.Captures(value));

    // Files of the first format leave the type out.
    private OnnxAttribute? Typed(string name, OnnxAttributeType type) =>
        Find(name) is not { } attribute ? null
        : attribute.Type == type || attribute.Type == OnnxAttributeType.Undefined ? attribute
        : throw new OnnxException($"{Title}: attribute '{name}' holds {attribute.Type}; {type} is asked for.");

    private OnnxException Missing(string name) => new($"{Title}: attribute '{name}' is missing.");
}
