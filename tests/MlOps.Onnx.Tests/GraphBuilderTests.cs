using MlOps.Learning;

namespace MlOps.Onnx.Tests;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Build_HalvingGraph_RunsInOnnxRuntime()
    {
        var graph = new GraphBuilder("half");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        string half = graph.Add("Mul", [x, graph.Constant("half", [0.5f])]);
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "half.onnx");
        graph.Output("y", half, OnnxElementType.Float, 3).Build().Save(path);

        using var model = OnnxModel.Open(OnnxFile.Load(path));
        Assert.Equal([1, 2, 3, 0.5, 1, 1.5], model.Run(new Matrix(2, 3, [2, 4, 6, 1, 2, 3]), "y").Values.ToArray());
    }
}
