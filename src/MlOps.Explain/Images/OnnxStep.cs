using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>What a node read and made for n pictures, and the slope of the scores with respect to what it made.</summary>
internal sealed record OnnxPass(long[] XShape, float[] X, long[] YShape, float[] Y, float[] Dy);

/// <summary>A node of an ONNX graph with the way back through it, to the one of its inputs that is no constant.</summary>
internal sealed record OnnxStep(string Input, string Output, Func<OnnxPass, float[]> Back)
{
    private const string Known = "Conv, Gemm, MatMul, Add, Sub, Mul, Relu, LeakyRelu, Sigmoid, Tanh, Flatten, Reshape, Squeeze, Identity, Dropout, BatchNormalization, GlobalAveragePool, ReduceMean, AveragePool, MaxPool";

    internal static OnnxStep Of(OnnxGraph graph, OnnxNode node) => node.OpType switch
    {
        "Relu" => One(node, pass => Each(pass, (x, _) => x > 0 ? 1 : 0)),
        "LeakyRelu" => Leaky(node, node.GetFloat("alpha", 0.01f)),
        "Sigmoid" => One(node, pass => Each(pass, (_, y) => y * (1 - y))),
        "Tanh" => One(node, pass => Each(pass, (_, y) => 1 - (y * y))),
        "Flatten" or "Reshape" or "Squeeze" or "Identity" or "Dropout" => One(node, pass => pass.Dy),
        "Conv" => One(node, OnnxConvolution.Back(node, Constant(graph, node, 1))),
        "Gemm" => Gemm(graph, node),
        "MatMul" => Product(node, Constant(graph, node, 1), transposed: false, 1),
        "Add" or "Sub" or "Mul" => WithConstant(graph, node),
        "BatchNormalization" => Normalization(graph, node),
        "GlobalAveragePool" => One(node, OnnxPooling.Global),
        "ReduceMean" => Mean(graph, node),
        "AveragePool" => One(node, OnnxPooling.Average(node)),
        "MaxPool" => One(node, OnnxPooling.Largest(node)),
        _ => throw new ArgumentException($"{node.Title} lies between the feature map and the scores, and there is no way back through it; there is through {Known}. EigenCam and ScoreCam need no slopes.", nameof(node)),
    };

    private static OnnxStep One(OnnxNode node, Func<OnnxPass, float[]> back) => new(node.Input[0], node.Output[0], back);

    private static OnnxStep Leaky(OnnxNode node, float slope) => One(node, pass => Each(pass, (x, _) => x > 0 ? 1 : slope));

    private static float[] Each(OnnxPass pass, Func<float, float, float> slope)
    {
        var dx = new float[pass.X.Length];
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = pass.Dy[i] * slope(pass.X[i], pass.Y[i]);
        }

        return dx;
    }

    private static OnnxStep Gemm(OnnxGraph graph, OnnxNode node) => node.GetInt("transA", 0) == 0
        ? Product(node, Constant(graph, node, 1), node.GetInt("transB", 0) == 1, node.GetFloat("alpha", 1))
        : throw new ArgumentException($"{node.Title} reads its pictures as columns; there is no way back through that.", nameof(node));

    /// <summary>dX = alpha · dY · Wᵀ, W inputs × units, or units × inputs if transposed.</summary>
    private static OnnxStep Product(OnnxNode node, OnnxTensor weights, bool transposed, float alpha)
    {
        float[] w = weights.ToFloats();
        int units = (int)weights.Dims[transposed ? 0 : 1];
        int inputs = (int)weights.Dims[transposed ? 1 : 0];
        return One(node, pass =>
        {
            var dx = new float[pass.X.Length];
            for (int i = 0; i < dx.Length; i++)
            {
                double sum = 0;
                for (int u = 0; u < units; u++)
                {
                    sum += (double)pass.Dy[(i / inputs * units) + u] * w[transposed ? (u * inputs) + (i % inputs) : (i % inputs * units) + u];
                }

                dx[i] = (float)(alpha * sum);
            }

            return dx;
        });
    }

    /// <summary>Of a sum the slope passes; of a product with constants it is multiplied by them, which have one value, one a column or one a channel.</summary>
    private static OnnxStep WithConstant(OnnxGraph graph, OnnxNode node)
    {
        int constant = graph.Constant(node.Input[1]) is not null ? 1 : 0;
        OnnxTensor factor = Constant(graph, node, constant);
        float[] values = factor.ToFloats();
        float sign = node.OpType == "Sub" && constant == 0 ? -1 : 1;
        return new OnnxStep(node.Input[1 - constant], node.Output[0], pass =>
        {
            if (pass.X.Length != pass.Y.Length)
            {
                throw new ArgumentException($"{node.Title} spreads its input; there is no way back through that.", nameof(node));
            }

            if (node.OpType != "Mul")
            {
                return Array.ConvertAll(pass.Dy, slope => sign * slope);
            }

            long behind = 1; // values that share one factor
            for (int d = pass.YShape.Length - 1; d >= 0 && values.Length > 1 && factor.Dims[^(pass.YShape.Length - d)] == 1; d--)
            {
                behind *= pass.YShape[d];
            }

            return [.. pass.Dy.Select((slope, i) => slope * values[i / behind % values.Length])];
        });
    }

    private static OnnxStep Mean(OnnxGraph graph, OnnxNode node)
    {
        long[] axes = [.. node.Input.Count > 1 ? Constant(graph, node, 1).ToLongs() : node.GetInts("axes")];
        return axes.Order().SequenceEqual([2, 3]) || axes.Order().SequenceEqual([-2, -1])
            ? One(node, OnnxPooling.Global)
            : throw new ArgumentException($"{node.Title} takes a mean over the dimensions {string.Join(", ", axes)}; there is a way back through that over height and width, 2 and 3.", nameof(node));
    }

    private static OnnxStep Normalization(OnnxGraph graph, OnnxNode node)
    {
        float[] scale = Constant(graph, node, 1).ToFloats();
        float[] variance = Constant(graph, node, 4).ToFloats();
        double epsilon = node.GetFloat("epsilon", 1e-5f);
        return One(node, pass =>
        {
            long area = pass.XShape.Skip(2).Aggregate(1L, (product, size) => product * size);
            return [.. pass.Dy.Select((slope, i) => (float)(slope * scale[i / area % scale.Length] / Math.Sqrt(variance[i / area % scale.Length] + epsilon)))];
        });
    }

    private static OnnxTensor Constant(OnnxGraph graph, OnnxNode node, int input)
    {
        string name = node.Input[input];
        return graph.Constant(name)
            ?? (graph.Producer(name) is { OpType: "Constant" } made ? made.GetTensor("value") : null)
            ?? throw new ArgumentException($"{node.Title} reads '{name}', which is no constant; there is no single way back through it. EigenCam and ScoreCam need no slopes.", nameof(node));
    }
}
