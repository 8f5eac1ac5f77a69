using System.Runtime.InteropServices;
using MlOps.Onnx;
using MlOps.Quantization.Reading;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Inputs of one run with any number of rows.</summary>
internal static class BatchInputs
{
    /// <summary>The first rows of the data; after the last comes the first again.</summary>
    internal static IReadOnlyDictionary<string, OnnxTensor> Of(ModelData data, int rows) =>
        BatchedRows.Of(data.Batches, data.RowCount, [.. Enumerable.Range(0, rows).Select(i => i % data.RowCount)], whole: false, rows)[0];

    /// <summary>The same inputs as another model takes them: by its names (by place, if they differ and are as many) and as its floating-point type.</summary>
    /// <exception cref="ArgumentException">The model takes other inputs.</exception>
    internal static IReadOnlyDictionary<string, OnnxTensor> For(OnnxModel model, string name, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        bool byName = model.Inputs.All(input => inputs.ContainsKey(input.Name));
        if (model.Inputs.Count != inputs.Count || (!byName && inputs.Count > 1))
        {
            throw new ArgumentException($"'{name}' takes {string.Join(", ", model.Inputs.Select(input => $"{input.Name}: {input.Describe()}"))}; the data has {string.Join(", ", inputs.Keys)}.", nameof(inputs));
        }

        return model.Inputs.ToDictionary(input => input.Name, input => Typed(byName ? inputs[input.Name] : inputs.Values.Single(), input));
    }

    /// <summary>Rows that the model always takes at once; 0 if it takes any number.</summary>
    internal static int FixedBatch(IReadOnlyList<OnnxValue> inputs) =>
        inputs.Select(input => input.Dims is { Count: > 0 } dims && dims[0] > 0 ? (int)Math.Min(dims[0], int.MaxValue) : 0).DefaultIfEmpty(0).Max();

    private static OnnxTensor Typed(OnnxTensor tensor, OnnxValue input) => (tensor.DataType, input.ElementType) switch
    {
        (OnnxElementType.Float, OnnxElementType.Float16) =>
            OnnxTensor.OfBytes(input.Name, OnnxElementType.Float16, MemoryMarshal.AsBytes<Half>(Array.ConvertAll(tensor.ToFloats(), value => (Half)value)), tensor.Dims),
        (OnnxElementType.Float16, OnnxElementType.Float) => OnnxTensor.Of(input.Name, tensor.ToFloats(), [.. tensor.Dims]),
        _ => tensor,
    };
}
