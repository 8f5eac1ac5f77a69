namespace MlOps.Onnx;

/// <remarks>
/// Values have names; a node reads and makes values. <c>graph.NodesOf("Conv")</c>, <c>graph.Consumers("x")</c> find,
/// <see cref="InsertAfter"/>, <see cref="Remove"/> and their like change. <see cref="Clone"/> makes a deep copy, so that an edit can be tried.
/// </remarks>
public sealed partial class OnnxGraph
{
    /// <summary>Returns the first node of this name, or null.</summary>
    public OnnxNode? FindNode(string name) => Node.FirstOrDefault(node => node.Name == name);

    /// <summary>Lists the nodes of an operator, in the order of the graph.</summary>
    /// <param name="operation">The operator, such as "Conv".</param>
    /// <param name="domain">"" is ai.onnx.</param>
    public IReadOnlyList<OnnxNode> NodesOf(string operation, string domain = "") =>
        [.. Node.Where(node => node.OpType == operation && Standard(node.Domain) == Standard(domain))];

    /// <summary>Returns the node that makes a value; null for an input, a constant and a name that is not there.</summary>
    public OnnxNode? Producer(string value) => value.Length == 0 ? null : Node.FirstOrDefault(node => node.Output.Contains(value));

    /// <summary>Lists the nodes that read a value, also those that read it in a nested graph.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => value.Length == 0 ? [] : [.. Node.Where(node => node.Reads(value))];

    /// <summary>Returns the constant of this name, or null.</summary>
    public OnnxTensor? Constant(string name) => Initializer.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>Returns what the file says about the type of a value: of an input, an output or one in between; null where it says nothing.</summary>
    public OnnxValue? Value(string name) =>
        Input.Concat(Output).Concat(ValueInfo).FirstOrDefault(value => value.Name == name && value.Type is not null)
        ?? (Constant(name) is { } constant ? OnnxValue.Tensor(name, constant.DataType, [.. constant.Dims]) : null);

    /// <summary>Lists the inputs that have to be fed: those without a constant of their name.</summary>
    public IReadOnlyList<OnnxValue> FedInputs()
    {
        HashSet<string> constants = [.. Initializer.Select(tensor => tensor.Name)];
        return [.. Input.Where(input => !constants.Contains(input.Name))];
    }

    /// <summary>Returns a name that no value and no node has, here or in a nested graph: <paramref name="stem"/>, or with a number behind it.</summary>
    public string FreshName(string stem)
    {
        var taken = new HashSet<string>(AllNames(), StringComparer.Ordinal);
        string name = stem;
        for (int i = 2; taken.Contains(name); i++)
        {
            name = FormattableString.Invariant($"{stem}_{i}");
        }

        return name;
    }

    internal IEnumerable<OnnxTensor> Tensors() => Initializer.Concat(Node.SelectMany(node => node.Tensors()));

    /// <summary>Whether a value is made here: fed, constant or computed.</summary>
    internal bool Defines(string value) =>
        Input.Any(input => input.Name == value) || Initializer.Any(tensor => tensor.Name == value) || SparseInitializer.Any(sparse => sparse.Values?.Name == value)
        || Node.Any(node => node.Output.Contains(value));

    /// <summary>Whether a nested graph takes a value from outside.</summary>
    internal bool Captures(string value) => !Defines(value) && (Output.Any(output => output.Name == value) || Node.Any(node => node.Reads(value)));

    internal static string Standard(string domain) => domain == "ai.onnx" ? "" : domain;

    private IEnumerable<string> AllNames() =>
        Input.Concat(Output).Select(value => value.Name)
            .Concat(Initializer.Select(tensor => tensor.Name))
            .Concat(Node.SelectMany(node => node.Input.Concat(node.Output).Append(node.Name)))
            .Concat(Node.SelectMany(node => node.NestedGraphs()).SelectMany(graph => graph.AllNames()));
}
