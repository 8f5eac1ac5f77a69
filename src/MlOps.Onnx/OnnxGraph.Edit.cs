using Google.Protobuf.Collections;

namespace MlOps.Onnx;

public sealed partial class OnnxGraph
{
    /// <summary>Puts a node behind a value: it reads the value, and whoever read the value reads what the node makes.</summary>
    /// <param name="value">A value of this graph. An output of the graph keeps its name; what was behind it gets a new one.</param>
    /// <param name="node">Its first input is set to the value; other inputs are for the caller. A missing name or output gets one.</param>
    /// <returns>The node.</returns>
    /// <exception cref="OnnxException">There is no such value, or the node reads something that depends on it.</exception>
    public OnnxNode InsertAfter(string value, OnnxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Known(value);
        if (Output.Any(output => output.Name == value))
        {
            OnnxNode producer = Producer(value) ?? throw new OnnxException($"'{value}' is an input or a constant that the graph also gives out; a node behind it would change its name.");
            string inner = FreshName(value + "_raw");
            Prepare(node, inner);
            producer.Output[producer.Output.IndexOf(value)] = inner;
            node.Output[0] = value;
            MoveType(value, inner);
        }
        else
        {
            Prepare(node, value);
            foreach (OnnxNode consumer in Consumers(value))
            {
                Redirect(consumer, value, node.Output[0]);
            }
        }

        Node.Insert(1 + node.Input.Max(input => Producer(input) is { } producer ? PlaceOf(producer) : -1), node);
        return Ordered(node);
    }

    /// <summary>Puts a node in front of one input of another: only that one reads what the new node makes.</summary>
    /// <param name="consumer">A node of this graph.</param>
    /// <param name="input">Which of its inputs, from 0.</param>
    /// <param name="node">Its first input is set to what the consumer read. A missing name or output gets one.</param>
    /// <returns>The new node.</returns>
    /// <exception cref="ArgumentException">The node is not in this graph, or has no such input.</exception>
    public OnnxNode InsertBefore(OnnxNode consumer, int input, OnnxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        int place = PlaceOf(consumer);
        if ((uint)input >= (uint)consumer.Input.Count || consumer.Input[input].Length == 0)
        {
            throw new ArgumentException($"{consumer.Title} has no input {input}; it has {consumer.Input.Count}.", nameof(input));
        }

        Prepare(node, consumer.Input[input]);
        consumer.Input[input] = node.Output[0];
        Node.Insert(place, node);
        return Ordered(node);
    }

    /// <summary>Puts other nodes in a node's place.</summary>
    /// <param name="old">A node of this graph.</param>
    /// <param name="nodes">They make every value that the old one made and somebody reads.</param>
    /// <exception cref="OnnxException">A value that somebody reads would be gone; nothing was changed.</exception>
    public void Replace(OnnxNode old, params IEnumerable<OnnxNode> nodes)
    {
        int place = PlaceOf(old);
        OnnxNode[] all = [.. nodes];
        string[] made = [.. all.SelectMany(node => node.Output)];
        if (old.Output.FirstOrDefault(value => !made.Contains(value) && IsRead(value)) is { } lost)
        {
            throw new OnnxException($"{old.Title} makes '{lost}', which is read; none of the {all.Length} nodes in its place makes it.");
        }

        Node.RemoveAt(place);
        for (int i = 0; i < all.Length; i++)
        {
            Node.Insert(place + i, all[i]);
        }
    }

    /// <summary>Takes a node out: whoever read its first output reads its first input. An output of the graph keeps its name.</summary>
    /// <exception cref="OnnxException">The node has no input, or somebody reads another of its outputs; nothing was changed.</exception>
    public void Remove(OnnxNode node)
    {
        int place = PlaceOf(node);
        if (node.Output.Skip(1).FirstOrDefault(IsRead) is { } read)
        {
            throw new OnnxException($"{node.Title} cannot be removed: '{read}' is read and nothing stands for it.");
        }

        if (node.Input.Count == 0 || node.Input[0].Length == 0)
        {
            throw new OnnxException($"{node.Title} cannot be removed: it has no input that could stand for '{node.Output[0]}'.");
        }

        (string input, string output) = (node.Input[0], node.Output[0]);
        Node.RemoveAt(place);
        if (Output.All(value => value.Name != output))
        {
            foreach (OnnxNode consumer in Consumers(output))
            {
                Redirect(consumer, output, input);
            }
        }
        else if (Producer(input) is { } producer && Output.All(value => value.Name != input))
        {
            producer.Output[producer.Output.IndexOf(input)] = output;
            foreach (OnnxNode consumer in Consumers(input))
            {
                Redirect(consumer, input, output);
            }
        }
        else
        {
            // The input has a name that must stay as well: a copy bears the other.
            var copy = new OnnxNode { Name = FreshName("identity"), OpType = "Identity" };
            copy.Input.Add(input);
            copy.Output.Add(output);
            Node.Insert(place, copy);
        }

        Forget(output);
    }

    /// <summary>Gives a value another name wherever it is made or read, also in nested graphs.</summary>
    /// <exception cref="OnnxException">There is no such value, or the new name is taken.</exception>
    public void Rename(string from, string to)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        Known(from);
        if (FreshName(to) != to)
        {
            throw new OnnxException($"There is a '{to}' already.");
        }

        foreach (OnnxValue value in Input.Concat(Output).Concat(ValueInfo).Where(value => value.Name == from))
        {
            value.Name = to;
        }

        foreach (OnnxTensor tensor in Initializer.Where(tensor => tensor.Name == from))
        {
            tensor.Name = to;
        }

        foreach (OnnxNode node in Node)
        {
            Swap(node.Output, from, to);
            Redirect(node, from, to);
        }
    }

    /// <summary>Makes a value in between an output as well, so that a run shows it.</summary>
    /// <param name="value">A value of this graph.</param>
    /// <returns>The output. It has a type if the file knows it; ONNX Runtime finds it out otherwise.</returns>
    /// <exception cref="OnnxException">There is no such value.</exception>
    public OnnxValue Expose(string value)
    {
        Known(value);
        if (Output.FirstOrDefault(output => output.Name == value) is { } already)
        {
            return already;
        }

        OnnxValue shown = Value(value)?.Clone() ?? new OnnxValue { Name = value };
        Output.Add(shown);
        return shown;
    }

    /// <summary>Takes out nodes that no output depends on, then constants and types that nobody reads. The inputs stay.</summary>
    /// <returns>How many nodes and constants were taken out.</returns>
    public int RemoveUnused()
    {
        int before = Node.Count + Initializer.Count;
        for (int i = Node.Count - 1; i >= 0; i--) // from the end: what only an unused node reads is unused
        {
            if (!Node[i].Output.Any(IsRead))
            {
                Node.RemoveAt(i);
            }
        }

        for (int i = Initializer.Count - 1; i >= 0; i--)
        {
            // Old files list constants among the inputs too; such an input would have to be fed without its constant.
            if (!IsRead(Initializer[i].Name) && Input.All(input => input.Name != Initializer[i].Name))
            {
                Initializer.RemoveAt(i);
            }
        }

        foreach (OnnxValue type in ValueInfo.Where(type => !Defines(type.Name)).ToList())
        {
            ValueInfo.Remove(type);
        }

        return before - Node.Count - Initializer.Count;
    }

    /// <summary>Puts the nodes into an order in which every value is made before it is read, and changes no more than it must.</summary>
    /// <exception cref="OnnxException">The nodes form a cycle; the message names them.</exception>
    public void Sort()
    {
        (IReadOnlyList<OnnxNode> sorted, IReadOnlyList<OnnxNode> cyclic) = NodeOrder.Of(this);
        if (cyclic.Count > 0)
        {
            throw new OnnxException($"These nodes read each other's outputs in a circle: {string.Join(", ", cyclic.Select(node => node.Title))}.");
        }

        OnnxNode[] all = [.. sorted];
        Node.Clear();
        Node.AddRange(all);
    }

    private bool IsRead(string value) => value.Length > 0 && (Output.Any(output => output.Name == value) || Node.Any(node => node.Reads(value)));

    private void Known(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (!Defines(value))
        {
            throw new OnnxException($"The graph has no value '{value}'.");
        }
    }

    private int PlaceOf(OnnxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        for (int i = 0; i < Node.Count; i++)
        {
            if (ReferenceEquals(Node[i], node)) // equal nodes are not the same node
            {
                return i;
            }
        }

        throw new ArgumentException($"{node.Title} is no node of this graph.", nameof(node));
    }

    private void Prepare(OnnxNode node, string input)
    {
        if (node.Name.Length == 0)
        {
            node.Name = FreshName(node.OpType.ToLowerInvariant());
        }

        if (node.Output.Count == 0)
        {
            node.Output.Add(FreshName(node.Name + "_out"));
        }

        if (node.Input.Count == 0)
        {
            node.Input.Add(input);
        }

        node.Input[0] = input;
    }

    private OnnxNode Ordered(OnnxNode node)
    {
        if (NodeOrder.Of(this).Cyclic.Count > 0)
        {
            throw new OnnxException($"{node.Title} would read a value that depends on what it makes.");
        }

        Sort();
        return node;
    }

    private static void Redirect(OnnxNode node, string from, string to)
    {
        Swap(node.Input, from, to);
        foreach (OnnxGraph graph in node.NestedGraphs().Where(graph => graph.Captures(from)))
        {
            foreach (OnnxValue output in graph.Output.Where(output => output.Name == from))
            {
                output.Name = to;
            }

            foreach (OnnxNode inner in graph.Node)
            {
                Redirect(inner, from, to);
            }
        }
    }

    private static void Swap(RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
            {
                names[i] = to;
            }
        }
    }

    private void MoveType(string from, string to)
    {
        if (Value(from) is { } known)
        {
            OnnxValue type = known.Clone();
            type.Name = to;
            Forget(from);
            ValueInfo.Add(type);
        }
    }

    private void Forget(string value)
    {
        foreach (OnnxValue type in ValueInfo.Where(type => type.Name == value).ToList())
        {
            ValueInfo.Remove(type);
        }
    }
}
