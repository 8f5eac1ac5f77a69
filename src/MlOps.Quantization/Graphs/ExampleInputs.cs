using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Inputs made up for a model: enough to run it for shapes, memory and speed, not to calibrate or judge it.</summary>
/// <param name="Inputs">A tensor for every input, by name.</param>
/// <param name="Notice">A sentence that says what was made up.</param>
public sealed record ExampleInputs(IReadOnlyDictionary<string, OnnxTensor> Inputs, string Notice)
{
    private const int MostNamed = 4;

    /// <summary>Makes inputs of the types and shapes that a file asks for.</summary>
    /// <remarks>Numbers with a fraction are standard normal; whole numbers are 0, which is an index into any table; truth values are true; texts are empty.</remarks>
    /// <param name="file">The model.</param>
    /// <param name="rows">Size of the first dimension of each input where the file leaves it free, and of every other dimension of the same name, ≥ 1.</param>
    /// <param name="sizes">Sizes of free dimensions by their name in the file, or by place, as in <c>input[2]</c>; a free dimension that is not named is 1.</param>
    /// <param name="seed">Equal seeds give equal inputs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> or a size is below 1.</exception>
    /// <exception cref="OnnxException">An input is no tensor, has no shape in the file, or has a type that cannot be made up.</exception>
    public static ExampleInputs Of(OnnxFile file, int rows = 1, IReadOnlyDictionary<string, long>? sizes = null, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(file);
        Guard.AtLeast(rows, 1);
        Dictionary<string, long> known = new(sizes ?? new Dictionary<string, long>(), StringComparer.Ordinal);
        foreach (long size in known.Values)
        {
            Guard.AtLeast(size, 1, nameof(sizes));
        }

        IReadOnlyList<OnnxValue> ports = file.Graph.FedInputs();
        foreach (OnnxValue port in ports)
        {
            if (port.Type?.TensorType?.Shape?.Dim is [{ HasDimValue: false } first, ..])
            {
                known.TryAdd(first.HasDimParam ? first.DimParam : Place(port, 0), rows);
            }
        }

        var random = new Random(seed);
        Dictionary<string, OnnxTensor> inputs = ports.ToDictionary(port => port.Name, port => Make(port, Dims(port, known), random));
        return new ExampleInputs(inputs, $"Made up: {string.Join("; ", inputs.GroupBy(input => Describe(input.Value)).Select(alike => $"{Names([.. alike.Select(input => input.Key)])}: {alike.Key}"))}.");
    }

    private static long[] Dims(OnnxValue port, Dictionary<string, long> sizes)
    {
        OnnxShape shape = port.Type?.TensorType?.Shape ?? throw new OnnxException($"Input '{port.Name}' is {port.Describe()}; inputs are made up for tensors whose number of dimensions the file says. Give data.");
        return [.. shape.Dim.Select((dim, i) => dim.HasDimValue && dim.DimValue >= 0 ? dim.DimValue : sizes.GetValueOrDefault(Place(port, i), sizes.GetValueOrDefault(dim.HasDimParam ? dim.DimParam : Place(port, i), 1)))];
    }

    private static string Place(OnnxValue port, int dimension) => FormattableString.Invariant($"{port.Name}[{dimension}]");

    private static OnnxTensor Make(OnnxValue port, long[] dims, Random random)
    {
        int count = checked((int)dims.Aggregate(1L, (product, dim) => checked(product * dim)));
        int width = port.ElementType switch
        {
            OnnxElementType.Int64 or OnnxElementType.Uint64 => 8,
            OnnxElementType.Int32 or OnnxElementType.Uint32 => 4,
            OnnxElementType.Int16 or OnnxElementType.Uint16 => 2,
            OnnxElementType.Int8 or OnnxElementType.Uint8 or OnnxElementType.Bool => 1,
            _ => 0,
        };
        if (width > 0)
        {
            byte[] bytes = new byte[count * width];
            Array.Fill(bytes, (byte)(port.ElementType == OnnxElementType.Bool ? 1 : 0));
            return OnnxTensor.OfBytes(port.Name, port.ElementType, bytes, dims);
        }

        return port.ElementType switch
        {
            OnnxElementType.Float => OnnxTensor.Of(port.Name, Normal(count, random, value => (float)value), dims),
            OnnxElementType.Double => OnnxTensor.Of(port.Name, Normal(count, random, value => value), dims),
            OnnxElementType.Float16 => OnnxTensor.OfBytes(port.Name, OnnxElementType.Float16, System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>(Normal(count, random, value => (Half)value)), dims),
            OnnxElementType.String => OnnxTensor.Of(port.Name, [.. Enumerable.Repeat("", count)], dims),
            var other => throw new OnnxException($"Input '{port.Name}' holds {other}, for which nothing can be made up. Give data."),
        };
    }

    private static T[] Normal<T>(int count, Random random, Func<double, T> convert)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = convert(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())); // Box and Muller
        }

        return values;
    }

    /// <summary>The names of inputs that are alike: all of a few, the first of many.</summary>
    private static string Names(string[] names) => names.Length <= MostNamed ? string.Join(", ", names) : FormattableString.Invariant($"{string.Join(", ", names.Take(MostNamed - 1))} and {names.Length - MostNamed + 1} more");

    private static string Describe(OnnxTensor tensor) => new ValueShape("", tensor.DataType, [.. tensor.Dims]).ToString()[2..] + " of " + tensor.DataType switch
    {
        OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 => "normal random numbers",
        OnnxElementType.Bool => "true",
        OnnxElementType.String => "empty texts",
        _ => "zeros",
    };
}
