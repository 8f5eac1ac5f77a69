using System.Text.Json;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class FloatConversionTests
{
    // Oracle: NumPy's float16 and PyTorch's bfloat16, 2,400 numbers of every magnitude with ties, subnormals and overflow; see make_numbers.py.
    [Fact]
    public void Conversions_ManyNumbers_EqualNumPyAndPyTorch()
    {
        JsonElement reference = NumbersReference.Root.GetProperty("conversions");
        float[] numbers = reference.GetProperty("float32").Floats();
        var halves = new Half[numbers.Length];
        var brains = new ushort[numbers.Length];

        FloatConversion.ToFloat16(numbers, halves);
        FloatConversion.ToBFloat16(numbers, brains);

        Assert.Equal(reference.GetProperty("float16").Integers(), halves.Select(half => (int)BitConverter.HalfToUInt16Bits(half)));
        Assert.Equal(reference.GetProperty("bfloat16").Integers(), brains.Select(bits => (int)bits));
    }

    // Oracle: ONNX Runtime's Cast, both ways, on floats from all over the number line. (NaN: only that it stays one.)
    [Fact]
    public void Conversions_RandomBits_EqualOnnxRuntime()
    {
        var random = new Random(29);
        float[] numbers = [.. Enumerable.Range(0, 100_003).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(number => !float.IsNaN(number))];
        var halves = new Half[numbers.Length];
        var brains = new ushort[numbers.Length];
        FloatConversion.ToFloat16(numbers, halves);
        FloatConversion.ToBFloat16(numbers, brains);

        Assert.Equal(Cast(numbers, OnnxElementType.Float16), Array.ConvertAll(halves, half => (float)half));
        var back = new float[numbers.Length];
        FloatConversion.FromBFloat16(brains, back);
        Assert.Equal(Cast(numbers, OnnxElementType.Bfloat16), back);
    }

    // Exhaustive: every one of the 65,536 patterns of both formats survives the way to float32 and back.
    [Fact]
    public void RoundTrip_EveryPattern_ComesBack()
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        ushort[] brains = [.. Enumerable.Range(0, 65536).Select(bits => (ushort)bits)];
        var wide = new float[65536];

        FloatConversion.FromFloat16(halves, wide);
        var halvesBack = new Half[65536];
        FloatConversion.ToFloat16(wide, halvesBack);
        for (int i = 0; i < 65536; i++)
        {
            Assert.Equal(Half.IsNaN(halves[i]), float.IsNaN(wide[i]));
            Assert.True(Half.IsNaN(halves[i]) ? Half.IsNaN(halvesBack[i]) : BitConverter.HalfToUInt16Bits(halvesBack[i]) == i);
        }

        FloatConversion.FromBFloat16(brains, wide);
        var brainsBack = new ushort[65536];
        FloatConversion.ToBFloat16(wide, brainsBack);
        for (int i = 0; i < 65536; i++)
        {
            float value = FloatConversion.FromBFloat16(brains[i]);
            Assert.Equal(float.IsNaN(value) ? i | 0x40 : i, brainsBack[i]); // a signalling NaN becomes a quiet one, its payload stays
        }
    }

    // By hand: 65,504 + 16 is the half way to 2¹⁶; 2⁻²⁵ is half of the smallest subnormal.
    [Theory]
    [InlineData(65519.996f, 65504f)]
    [InlineData(65520f, float.PositiveInfinity)]
    [InlineData(2.9802322e-8f, 0f)]
    [InlineData(2.9802326e-8f, 5.9604645e-8f)]
    [InlineData(-0f, -0f)]
    [InlineData(1.00048828125f, 1f)] // 1 + 2⁻¹¹: a tie, to the even 1
    [InlineData(1.00146484375f, 1.001953125f)] // 1 + 3·2⁻¹¹: a tie, to the even 1 + 2·2⁻¹⁰
    public void ToFloat16_Edges_MatchTheHand(float value, float expected)
    {
        foreach (int n in new[] { 1, 40 }) // alone, and in a vector
        {
            var halves = new Half[n];
            FloatConversion.ToFloat16([.. Enumerable.Repeat(value, n)], halves);
            Assert.All(halves, half => Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits((float)half)));
        }
    }

    // By hand: bfloat16 keeps 7 bits behind the first; float.MaxValue lies above the last tie; a NaN whose payload is all low bits must not become infinity.
    [Fact]
    public void ToBFloat16_Edges_MatchTheHand()
    {
        Assert.Equal(0x3F80, FloatConversion.ToBFloat16(1.00390625f)); // 1 + 2⁻⁸: a tie, to the even 1
        Assert.Equal(0x3F82, FloatConversion.ToBFloat16(1.01171875f)); // 1 + 3·2⁻⁸: a tie, to the even 1 + 2·2⁻⁷
        Assert.Equal(0x7F80, FloatConversion.ToBFloat16(float.MaxValue));
        Assert.Equal(0x8000, FloatConversion.ToBFloat16(-0f));
        Assert.Equal(0x0001, FloatConversion.ToBFloat16(BitConverter.UInt32BitsToSingle(0x8001))); // subnormal, above the tie 0x8000
        Assert.Equal(0x0000, FloatConversion.ToBFloat16(BitConverter.UInt32BitsToSingle(0x8000)));
        Assert.Equal(0x7FC0, FloatConversion.ToBFloat16(BitConverter.UInt32BitsToSingle(0x7F800001)));
        Assert.Equal(0xFFFF, FloatConversion.ToBFloat16(BitConverter.UInt32BitsToSingle(0xFFFFFFFF)));
    }

    [Fact]
    public void Conversions_UnequalLengths_Refused()
    {
        Assert.Throws<ArgumentException>("to", () => FloatConversion.ToFloat16(new float[2], new Half[3]));
        Assert.Throws<ArgumentException>("to", () => FloatConversion.ToBFloat16(new float[2], new ushort[3]));
    }

    private static float[] Cast(float[] numbers, OnnxElementType type)
    {
        var graph = new GraphBuilder("cast");
        string x = graph.Input("x", OnnxElementType.Float);
        string narrow = graph.Add("Cast", [x], OnnxAttribute.Of("to", (long)type));
        OnnxFile file = graph.Output("y", graph.Add("Cast", [narrow], OnnxAttribute.Of("to", (long)OnnxElementType.Float)), OnnxElementType.Float).Build();
        using var model = OnnxModel.Open(file);
        return model.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", numbers, numbers.Length) })["y"].ToFloats();
    }
}
