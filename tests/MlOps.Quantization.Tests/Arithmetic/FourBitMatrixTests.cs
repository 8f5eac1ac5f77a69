using System.Text.Json;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class FourBitMatrixTests
{
    // Oracle: the plain loops of make_numbers.py.
    [Fact]
    public void Quantize_BlocksOfEverySize_EqualNumPy()
    {
        JsonElement given = NumbersReference.Root.GetProperty("matrix");
        float[] weights = given.GetProperty("values").Floats();
        (int rows, int columns) = (given.GetProperty("rows").GetInt32(), given.GetProperty("columns").GetInt32());
        foreach (JsonElement entry in NumbersReference.Root.GetProperty("fourBits").EnumerateArray())
        {
            int size = entry.GetProperty("block").GetInt32();
            FourBitMatrix matrix = FourBitMatrix.Quantize(weights, rows, columns, size, entry.GetProperty("symmetric").GetBoolean());

            Assert.Equal(entry.GetProperty("scales").Floats(), matrix.Scales.ToArray());
            Assert.Equal(entry.GetProperty("codes").Integers(), Codes(matrix));
            if (matrix.ZeroPoints is { } packed)
            {
                int[] zeros = entry.GetProperty("zeroPoints").Integers();
                int bytes = (matrix.Blocks + 1) / 2;
                Assert.Equal(zeros, Enumerable.Range(0, zeros.Length).Select(i => (packed.Span[(i / matrix.Blocks * bytes) + (i % matrix.Blocks / 2)] >> (i % matrix.Blocks % 2 * 4)) & 15));
            }
        }
    }

    // Oracle: ONNX Runtime multiplies the identity by the packed weights: what it makes of them is what Dequantize says. Sizes with and without a rest.
    [Theory]
    [InlineData(64, 8, 32, true)]
    [InlineData(64, 8, 32, false)]
    [InlineData(70, 5, 16, true)]
    [InlineData(70, 5, 16, false)]
    [InlineData(33, 3, 32, false)]
    [InlineData(300, 4, 128, true)]
    [InlineData(300, 4, 256, false)]
    [InlineData(7, 9, 16, true)]
    public void Dequantize_EveryLayout_EqualsMatMulNBits(int rows, int columns, int size, bool symmetric)
    {
        var random = new Random(31);
        float[] weights = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.3))];
        FourBitMatrix matrix = FourBitMatrix.Quantize(weights, rows, columns, size, symmetric);
        var identity = new float[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            identity[i * (rows + 1)] = 1;
        }

        float[] found = Product(identity, rows, matrix);

        float[] expected = matrix.Dequantize();
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-6f); // zeros are added to one product
        }
    }

    // By hand: the value of largest magnitude is kept exactly and gets code 0; −4 … 3 of its eighths fit.
    [Fact]
    public void Quantize_Symmetric_KeepsTheLargestExactly()
    {
        float[] weights = new float[16];
        (weights[0], weights[1], weights[2]) = (-2, 1.75f, 0.5f);
        FourBitMatrix matrix = FourBitMatrix.Quantize(weights, 16, 1, 16);

        Assert.Equal(0.25f, matrix.Scales.Span[0]);
        Assert.Equal([0, 15, 10, 8], Codes(matrix).Take(4));
        Assert.Equal(weights, matrix.Dequantize());
        Assert.Equal(8 + 4, matrix.ByteCount);
    }

    // By hand: range [0, 3], scale 0.2; a constant block keeps its value and gets code 15.
    [Fact]
    public void Quantize_AsymmetricConstant_IsKept()
    {
        FourBitMatrix matrix = FourBitMatrix.Quantize([.. Enumerable.Repeat(3f, 16)], 16, 1, 16, symmetric: false);

        Assert.Equal(0, matrix.ZeroPoints!.Value.Span[0]);
        Assert.All(matrix.Dequantize(), weight => Assert.Equal(3f, weight, 1e-6f));
        Assert.Equal(new float[16], FourBitMatrix.Quantize([.. Enumerable.Repeat(1e-45f, 16)], 16, 1, 16).Dequantize()); // too small for a scale
    }

    [Fact]
    public void Quantize_BadArguments_NameThem()
    {
        Assert.Throws<ArgumentOutOfRangeException>("blockSize", () => FourBitMatrix.Quantize(new float[4], 2, 2, 24));
        Assert.Throws<ArgumentException>("weights", () => FourBitMatrix.Quantize(new float[5], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => FourBitMatrix.Quantize([], 0, 2));
        Assert.Throws<ArgumentException>("block", () => FourBitMatrix.Quantize([1, float.NaN], 2, 1));
        Assert.Throws<ArgumentException>("block", () => FourBitMatrix.Quantize([-3e38f, 3e38f], 2, 1, symmetric: false));
    }

    private static int[] Codes(FourBitMatrix matrix)
    {
        byte[] packed = matrix.Codes.ToArray();
        int column = matrix.Blocks * matrix.BlockSize;
        return [.. Enumerable.Range(0, packed.Length * 2).Where(i => i % column < matrix.Rows).Select(i => (packed[i / 2] >> (i % 2 * 4)) & 15)];
    }

    private static float[] Product(float[] x, int n, FourBitMatrix matrix)
    {
        var graph = new OnnxGraph { Name = "product" };
        graph.Input.Add(OnnxValue.Tensor("x", OnnxElementType.Float, n, matrix.Rows));
        graph.Output.Add(OnnxValue.Tensor("y", OnnxElementType.Float, n, matrix.Columns));
        graph.Initializer.Add([OnnxTensor.OfBytes("b", OnnxElementType.Uint8, matrix.Codes.Span, [matrix.Columns, matrix.Blocks, matrix.BlockSize / 2]), OnnxTensor.Of("s", matrix.Scales.Span, matrix.Scales.Length)]);
        var node = new OnnxNode { OpType = "MatMulNBits", Domain = "com.microsoft" };
        node.Input.Add(["x", "b", "s"]);
        if (matrix.ZeroPoints is { } zeroPoints)
        {
            graph.Initializer.Add(OnnxTensor.OfBytes("z", OnnxElementType.Uint8, zeroPoints.Span, [zeroPoints.Length]));
            node.Input.Add("z");
        }

        node.Output.Add("y");
        node.Attribute.Add([OnnxAttribute.Of("K", matrix.Rows), OnnxAttribute.Of("N", matrix.Columns), OnnxAttribute.Of("bits", 4L), OnnxAttribute.Of("block_size", matrix.BlockSize), OnnxAttribute.Of("accuracy_level", 1L)]);
        graph.Node.Add(node);
        var file = new OnnxFile { IrVersion = 8, Graph = graph };
        file.OpsetImport.Add([new OnnxOperatorSet { Version = 17 }, new OnnxOperatorSet { Domain = "com.microsoft", Version = 1 }]);
        using var model = OnnxModel.Open(file);
        return model.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", x, n, matrix.Rows) })["y"].ToFloats();
    }
}
