using System.Text.Json;
using Google.Protobuf;

namespace MlOps.Onnx.Tests;

public sealed class OnnxTensorTests
{
    // types.json: the values as Python's onnx.numpy_helper.to_array (onnx 1.12, NumPy 1.24) reads them.
    private static readonly Dictionary<string, double[]> s_expected = JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(TestFiles.At("types.json")))!;

    public static TheoryData<string> Types() => new(s_expected.Keys);

    [Theory]
    [MemberData(nameof(Types))]
    public void ToDoubles_EveryTypeInEitherStorage_ReadsWhatPythonReads(string name) =>
        Assert.Equal(s_expected[name], TestFiles.Load("types.onnx").Graph.Constant(name)!.ToDoubles());

    [Theory]
    [MemberData(nameof(Types))]
    public void ToFloats_EveryTypeInEitherStorage_RoundsWhatPythonReads(string name) =>
        Assert.Equal(s_expected[name].Select(value => (float)value), TestFiles.Load("types.onnx").Graph.Constant(name)!.ToFloats());

    [Theory]
    [InlineData("int64")]
    [InlineData("uint32_raw")]
    [InlineData("int8_raw")]
    [InlineData("bool")]
    public void ToLongs_WholeNumbers_ReadsThem(string name) =>
        Assert.Equal(s_expected[name].Select(value => (long)value), TestFiles.Load("types.onnx").Graph.Constant(name)!.ToLongs());

    [Fact]
    public void ToLongs_Floats_SaysWhatReadsThem() =>
        Assert.Equal("Tensor 'w': it holds Float, no whole numbers; ToDoubles reads it.", Assert.Throws<OnnxException>(() => OnnxTensor.Of("w", [1f]).ToLongs()).Message);

    [Fact]
    public void ToLongs_FourBitNumbers_LowHalfComesFirst()
    {
        // 0x9F holds 15 (−1 when signed), then 9 (−7); the high half of the last byte is not used.
        OnnxTensor Tensor(OnnxElementType type) => OnnxTensor.OfBytes("q", type, [0x9F, 0x03], [3]);
        Assert.Equal([-1, -7, 3], Tensor(OnnxElementType.Int4).ToLongs());
        Assert.Equal([15, 9, 3], Tensor(OnnxElementType.Uint4).ToLongs());
    }

    [Fact]
    public void ToTexts_Texts_ReadsThem()
    {
        Assert.Equal(["Pune", "", "Zürich"], OnnxTensor.Of("t", ["Pune", "", "Zürich"], 3).ToTexts());
        Assert.Throws<OnnxException>(() => OnnxTensor.Of("t", ["a"], 1).ToDoubles());
        Assert.Throws<OnnxException>(() => OnnxTensor.Of("t", [1.0]).ToTexts());
    }

    [Fact]
    public void ToDoubles_Scalar_IsOneValue()
    {
        var scalar = new OnnxTensor { Name = "s", DataType = OnnxElementType.Float };
        scalar.FloatData.Add(2.5f);
        Assert.Equal(1, scalar.ElementCount);
        Assert.Equal([2.5], scalar.ToDoubles());
    }

    [Theory]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, "no machine")]
    [InlineData(new long[] { -1, 3 }, "negative")]
    [InlineData(new long[] { 1_000_000_000_000 }, "asks for 1000000000000 values; it holds 1")]
    [InlineData(new long[] { long.MaxValue, long.MaxValue, 0 }, "no machine")]
    public void ToFloats_HostileDims_AreToldWithoutAllocating(long[] dims, string told)
    {
        var tensor = new OnnxTensor { Name = "bomb", DataType = OnnxElementType.Float, RawData = ByteString.CopyFrom(0, 0, 128, 63) };
        tensor.Dims.AddRange(dims);
        string message = Assert.Throws<OnnxException>(tensor.ToFloats).Message;
        Assert.Contains("'bomb'", message, StringComparison.Ordinal);
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToFloats_HalfAValue_IsTold()
    {
        var tensor = OnnxTensor.OfBytes("w", OnnxElementType.Float, [0, 0, 0, 0, 0], [1]);
        Assert.Contains("5 bytes", Assert.Throws<OnnxException>(tensor.ToFloats).Message, StringComparison.Ordinal);
    }
}
