using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

internal static class TensorValues
{
    /// <summary>Puts other values, type and dimensions into a constant that keeps its name and place.</summary>
    internal static void SetValues(this OnnxTensor tensor, OnnxTensor values)
    {
        (tensor.DataType, tensor.RawData) = (values.DataType, values.RawData);
        tensor.Dims.Clear();
        tensor.Dims.AddRange(values.Dims);
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
    }
}
