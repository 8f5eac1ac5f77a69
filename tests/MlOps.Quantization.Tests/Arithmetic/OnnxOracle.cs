using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

/// <summary>ONNX Runtime's own operators run on the same numbers.</summary>
internal static class OnnxOracle
{
    /// <summary>Codes by QuantizeLinear, and what DequantizeLinear makes of them.</summary>
    internal static (int[] Codes, float[] Values) Run(float[] values, long[] shape, OnnxTensor scales, OnnxTensor zeroPoints, int? axis = null, int? block = null)
    {
        var graph = new OnnxGraph { Name = "oracle" };
        graph.Input.Add(OnnxValue.Tensor("x", OnnxElementType.Float, shape));
        (scales.Name, zeroPoints.Name) = ("scale", "zero");
        graph.Initializer.Add([scales, zeroPoints]);
        graph.Node.Add(Node("QuantizeLinear", ["x", "scale", "zero"], "q", axis, block));
        graph.Node.Add(Node("DequantizeLinear", ["q", "scale", "zero"], "d", axis, block));
        graph.Output.Add(OnnxValue.Tensor("d", OnnxElementType.Float, shape));
        bool narrow = zeroPoints.DataType is OnnxElementType.Int4 or OnnxElementType.Uint4;
        if (!narrow)
        {
            graph.Output.Add(OnnxValue.Tensor("q", zeroPoints.DataType, shape));
        }

        var file = new OnnxFile { IrVersion = 10, Graph = graph };
        file.OpsetImport.Add(new OnnxOperatorSet { Version = 21 });
        using var model = OnnxModel.Open(file, new OnnxModelOptions());
        IReadOnlyDictionary<string, OnnxTensor> results = model.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", values, shape) });
        return (narrow ? [] : Array.ConvertAll(results["q"].ToLongs(), code => (int)code), results["d"].ToFloats());
    }

    internal static OnnxTensor Scale(float scale) => OnnxTensor.Of("scale", [scale], []);

    internal static OnnxTensor Zero(int zeroPoint, IntegerType type) =>
        OnnxTensor.OfBytes("zero", type.ElementType(), type.Bits() <= 8 ? [(byte)(type.Bits() == 4 ? zeroPoint & 15 : zeroPoint)] : BitConverter.GetBytes((ushort)zeroPoint), []);

    private static OnnxNode Node(string operation, string[] inputs, string output, int? axis, int? block)
    {
        var node = new OnnxNode { OpType = operation, Name = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        if (axis is { } a)
        {
            node.Set(OnnxAttribute.Of("axis", a));
        }

        if (block is { } b)
        {
            node.Set(OnnxAttribute.Of("block_size", b));
        }

        return node;
    }
}
