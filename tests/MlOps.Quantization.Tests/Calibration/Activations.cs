using MlOps.Onnx;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Tests.Calibration;

/// <summary>Calibrates the value <c>a = x + 0</c> of a small model on the numbers given, a batch an array.</summary>
internal static class Activations
{
    internal static OnnxFile Model()
    {
        var graph = new GraphBuilder("m");
        string x = graph.Input("x", OnnxElementType.Float, 1);
        return graph.Output("a", graph.Add("Add", [x, graph.Constant("zero", [0f])]), OnnxElementType.Float, 1).Build();
    }

    internal static ModelData Data(params float[][] batches) =>
        new([.. batches.Select(values => new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", values, values.Length, 1) })], batches.Sum(values => values.Length));

    internal static CalibratedValue Calibrate(RangeMethod method, params float[][] batches) =>
        Calibrator.Ranges(Model(), Data(batches), ["a"], method).Values["a"];
}
