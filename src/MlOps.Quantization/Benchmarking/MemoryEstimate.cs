using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Benchmarking;

/// <summary>An estimate of the memory that a run needs, from the graph alone.</summary>
/// <param name="WeightBytes">All constants, as the file stores them.</param>
/// <param name="ActivationBytes">The most that inputs, outputs and values in between take at one time.</param>
/// <remarks>
/// Nodes run in the order of the file; a value lives from the node that makes it to the last that reads it, inputs and outputs of the model all the time. Operators that change values in
/// place or only reshape them take no new memory where their input is not needed any more. Of a model with QuantizeLinear and DequantizeLinear the integers count, as its kernels
/// read and write those. Left out: the runtime itself (tens of MB), weights that it lays out a second time, and work space of kernels. <see cref="LimitedRun"/> measures what a run really took.
/// </remarks>
public sealed record MemoryEstimate(long WeightBytes, long ActivationBytes)
{
    private static readonly HashSet<string> s_inPlace =
    [
        "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Clip", "Gelu", "Softmax", "LogSoftmax", "Neg", "Abs", "Sqrt", "Exp", "Log", "Erf",
        "Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "BatchNormalization",
    ];

    /// <summary>Gets the sum of both.</summary>
    public long Bytes => WeightBytes + ActivationBytes;

    /// <summary>Estimates.</summary>
    /// <param name="file">The model, its constants in it.</param>
    /// <param name="shapes">The shapes of its values for the inputs in question.</param>
    /// <exception cref="OnnxException">A constant has impossible dimensions.</exception>
    public static MemoryEstimate Of(OnnxFile file, ValueShapes shapes)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(shapes);
        long weights = file.Tensors().Sum(tensor => new ValueShape(tensor.Name, tensor.DataType, tensor.Dims).Bytes);
        return new MemoryEstimate(weights, Peak(file.Graph, shapes));
    }

    private static long Peak(OnnxGraph graph, ValueShapes shapes)
    {
        var places = new Places(graph);
        int end = graph.Node.Count;
        var lives = new Dictionary<string, (int From, int To, long Bytes, bool Codes)>(StringComparer.Ordinal);
        void Use(string value, int at, bool codes = false)
        {
            if (value.Length == 0 || places.IsConstant(value) || shapes[value] is not { } shape)
            {
                return;
            }

            string place = places.Of(value);
            (int from, int to, long bytes, bool isCodes) = lives.GetValueOrDefault(place, (at, at, 0, false));

            // Where integers are quantized from floats, they are what is in memory.
            long size = codes == isCodes ? Math.Max(bytes, shape.Bytes) : codes ? shape.Bytes : bytes;
            lives[place] = (Math.Min(from, at), Math.Max(to, at), size, isCodes || codes);
        }

        foreach (OnnxValue input in graph.FedInputs())
        {
            Use(input.Name, 0);
            Use(input.Name, end);
        }

        for (int i = 0; i < end; i++)
        {
            OnnxNode node = graph.Node[i];
            foreach (string value in node.Input)
            {
                Use(value, i);
            }

            foreach (string value in node.Output)
            {
                Use(value, i, node.OpType is "QuantizeLinear");
            }
        }

        foreach (OnnxValue output in graph.Output)
        {
            Use(output.Name, end);
        }

        long[] change = new long[end + 2];
        foreach ((int from, int to, long bytes, _) in lives.Values)
        {
            change[from] += bytes;
            change[to + 1] -= bytes;
        }

        long live = 0, peak = 0;
        foreach (long step in change)
        {
            live += step;
            peak = Math.Max(peak, live);
        }

        return peak;
    }

    /// <summary>Which values share a place in memory.</summary>
    private sealed class Places
    {
        private readonly Dictionary<string, string> _parent = new(StringComparer.Ordinal);
        private readonly HashSet<string> _constants;

        internal Places(OnnxGraph graph)
        {
            _constants = [.. graph.Initializer.Select(tensor => tensor.Name), .. graph.NodesOf("Constant").SelectMany(node => node.Output)];
            Dictionary<string, int> readers = graph.Node.SelectMany(node => node.Input).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
            HashSet<string> ports = [.. graph.FedInputs().Select(input => input.Name), .. graph.Output.Select(output => output.Name)];
            foreach (OnnxNode node in graph.Node.Where(node => node.Input.Count > 0))
            {
                bool only = readers[node.Input[0]] == 1 && !ports.Contains(node.Input[0]);
                if (node.OpType == "DequantizeLinear" && _constants.Contains(node.Input[0]))
                {
                    _constants.Add(node.Output[0]); // the kernels read the integers
                }
                else if (node.OpType == "DequantizeLinear" || (only && (node.OpType == "QuantizeLinear" || s_inPlace.Contains(node.OpType))))
                {
                    _parent[node.Output[0]] = Of(node.Input[0]);
                }
            }
        }

        internal bool IsConstant(string value) => _constants.Contains(value);

        internal string Of(string value) => _parent.TryGetValue(value, out string? place) ? place : value;
    }
}
