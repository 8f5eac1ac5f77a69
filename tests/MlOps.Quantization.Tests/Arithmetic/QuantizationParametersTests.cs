using FsCheck;
using FsCheck.Fluent;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class QuantizationParametersTests
{
    // By hand: scale = 0.77/255 = 0.003019608, −0.35/scale = −115.909…; unsigned zero point round(115.909) = 116, signed −128 + 116 = −12.
    // x = 0.1: 0.1/scale = 33.117 → 33, code 149 or 21; x̂ = 33 · scale = 0.0996471, error 0.000353.
    [Theory]
    [InlineData(IntegerType.UInt8, 116, 149)]
    [InlineData(IntegerType.Int8, -12, 21)]
    public void Affine_WorkedExample_MatchesTheHand(IntegerType type, int zeroPoint, int code)
    {
        var parameters = QuantizationParameters.Affine(new RealRange(-0.35, 0.42), type);

        Assert.Equal(parameters, QuantizationParameters.Affine(-0.35, 0.42, type));
        Assert.Equal(0.77 / 255, parameters.Scale, 1e-9);
        Assert.Equal(zeroPoint, parameters.ZeroPoint);
        Assert.Equal(code, parameters.Quantize(0.1f));
        Assert.Equal(33 * 0.77 / 255, parameters.Dequantize(code), 1e-7);
        Assert.Equal(type.Minimum(), parameters.Quantize(-0.35f));
        Assert.Equal(type.Maximum(), parameters.Quantize(0.42f));
    }

    // By hand: 2·0.42/254 signed, 2·0.42/254 unsigned with 127 in the middle; 0.1/0.003307 = 30.24 → 30.
    [Theory]
    [InlineData(IntegerType.Int8, 254, 0, 30)]
    [InlineData(IntegerType.UInt8, 254, 127, 157)]
    [InlineData(IntegerType.Int4, 15, 0, 2)] // 0.056; 0.1/0.056 = 1.79
    [InlineData(IntegerType.UInt4, 15, 8, 10)] // (0 + 15)/2 = 7.5, to even
    [InlineData(IntegerType.Int16, 65534, 0, 7802)] // 0.1·65534/0.84 = 7801.67
    [InlineData(IntegerType.UInt16, 65534, 32767, 40569)]
    public void Symmetric_WorkedExample_MatchesTheHand(IntegerType type, int steps, int zeroPoint, int code)
    {
        var parameters = QuantizationParameters.Symmetric(new RealRange(-0.35, 0.42), type);

        Assert.Equal(parameters, QuantizationParameters.Symmetric(-0.35, 0.42, type));
        Assert.Equal(0.84 / steps, parameters.Scale, 1e-8);
        Assert.Equal(zeroPoint, parameters.ZeroPoint);
        Assert.Equal(code, parameters.Quantize(0.1f));
    }

    // By hand from the reduced ranges: [−64, 64] and [0, 127].
    [Fact]
    public void ReduceRange_LeavesABitFree()
    {
        Assert.Equal(new QuantizationParameters(2f / 128, 0, IntegerType.Int8), QuantizationParameters.Symmetric(new RealRange(-1, 0.5), IntegerType.Int8, reduceRange: true));
        Assert.Equal(new QuantizationParameters((float)(2.0 / 127), 64, IntegerType.UInt8), QuantizationParameters.Affine(new RealRange(-1, 1), IntegerType.UInt8, reduceRange: true)); // 63.5 to even
        Assert.Equal(127, new QuantizationParameters(1f / 64, 0, IntegerType.Int8).Quantize(5)); // codes are cut at the type's ends, not at the reduced ones
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1e-37)] // 1e-37/255 is below 2^-126
    public void Affine_NoWidth_GivesScaleOneAndZeroPointZero(double min, double max)
    {
        foreach (IntegerType type in Enum.GetValues<IntegerType>())
        {
            Assert.Equal(new QuantizationParameters(1, 0, type), QuantizationParameters.Affine(new RealRange(min, max), type == IntegerType.Int4 || type == IntegerType.UInt4 ? IntegerType.Int8 : type) with { Type = type });
            Assert.Equal(0, QuantizationParameters.Symmetric(new RealRange(0, 0), type).Quantize(0));
        }
    }

    [Fact]
    public void Affine_RangeWithoutZero_IsWidened()
    {
        Assert.Equal(QuantizationParameters.Affine(new RealRange(0, 3), IntegerType.UInt8), QuantizationParameters.Affine(new RealRange(2, 3), IntegerType.UInt8));
        Assert.Equal(QuantizationParameters.Affine(new RealRange(-3, 0), IntegerType.Int8), QuantizationParameters.Affine(new RealRange(-3, -2), IntegerType.Int8));
    }

    [Fact]
    public void Affine_WholeRangeOfFloats_StaysFinite()
    {
        var parameters = QuantizationParameters.Affine(new RealRange(-float.MaxValue, float.MaxValue), IntegerType.UInt8);

        Assert.Equal(2.0 * float.MaxValue / 255, parameters.Scale, 1e31);
        Assert.Throws<ArgumentOutOfRangeException>("range", () => QuantizationParameters.Affine(new RealRange(0, 1e39), IntegerType.UInt8));
    }

    [Fact]
    public void Representable_OfSignedBytes_IsWhatTheEndsStandFor()
    {
        Assert.Equal(new RealRange(-59, 68.5), new QuantizationParameters(0.5f, -10, IntegerType.Int8).Representable);
    }

    // The quotient of single precision is the next float above 0.5 or 0.5 itself; on paper it is the other way round. Found by search in NumPy, checked here in double.
    [Fact]
    public void Quantize_QuotientNextToAHalf_FollowsSinglePrecision()
    {
        float scale = 0.1f;
        int differ = 0;
        for (int k = 0; k < 200; k++)
        {
            float x = (float)((k + 0.5) * 0.1);
            int paper = (int)Math.Round(x / (double)scale, MidpointRounding.ToEven);
            int ours = new QuantizationParameters(scale, 0, IntegerType.Int16).Quantize(x);
            Assert.Equal((int)MathF.Round(x / scale, MidpointRounding.ToEven), ours);
            Assert.InRange(ours - paper, -1, 1);
            differ += ours != paper ? 1 : 0;
        }

        Assert.True(differ > 0);
    }

    // Oracle: ONNX Runtime's QuantizeLinear and DequantizeLinear.
    [Theory]
    [InlineData(IntegerType.Int8, -7)]
    [InlineData(IntegerType.UInt8, 131)]
    [InlineData(IntegerType.Int16, 1000)]
    [InlineData(IntegerType.UInt16, 40000)]
    [InlineData(IntegerType.Int4, 0)]
    [InlineData(IntegerType.UInt4, 9)]
    public void Quantize_ManyValues_EqualsOnnxRuntime(IntegerType type, int zeroPoint)
    {
        var random = new Random(3);
        foreach (float scale in new[] { 0.1f, 0.0030196078f, 1f, 1e-30f, 3e30f, 0.25f })
        {
            var parameters = new QuantizationParameters(scale, zeroPoint, type);
            float[] special = [0, -0f, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, float.Epsilon, float.MaxValue, float.MinValue, 0.5f * scale, 1.5f * scale, 2.5f * scale, -0.5f * scale, -1.5f * scale];
            float[] values = [.. special, .. Enumerable.Range(0, 2000).Select(i => (float)((i - 1000) * 0.5 * scale)), .. Enumerable.Range(0, 2037).Select(_ => (float)((random.NextDouble() - 0.5) * scale * 2.2 * type.Maximum()))];

            (int[] expected, float[] back) = OnnxOracle.Run(values, [values.Length], OnnxOracle.Scale(scale), OnnxOracle.Zero(zeroPoint, type));

            var codes = new int[values.Length];
            parameters.Quantize(values, codes);
            if (expected.Length > 0)
            {
                Assert.Equal(expected, codes);
            }

            var decoded = new float[values.Length];
            parameters.Dequantize(codes, decoded);
            Assert.Equal(back, decoded);
        }
    }

    // Oracle: ONNX Runtime, on this and on the lengths that leave a rest behind the vectors.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(67)]
    public void Quantize_NaN_GetsTheSmallestCodeAsInOnnxRuntime(int length)
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, length)];
        foreach (IntegerType type in new[] { IntegerType.Int8, IntegerType.UInt8, IntegerType.Int16, IntegerType.UInt16 })
        {
            var codes = new int[length];
            new QuantizationParameters(0.1f, 5, type).Quantize(values, codes);

            Assert.All(codes, code => Assert.Equal(type.Minimum(), code));
            Assert.Equal(OnnxOracle.Run(values, [length], OnnxOracle.Scale(0.1f), OnnxOracle.Zero(5, type)).Codes, codes);
        }
    }

    // Brute force: the span kernels against one value at a time, at lengths around the vectors' width.
    [Fact]
    public void Spans_EveryLengthAndType_EqualSingleValues()
    {
        var random = new Random(5);
        for (int n = 0; n < 140; n++)
        {
            float[] x = [.. Enumerable.Range(0, n).Select(_ => (float)(random.NextDouble() - 0.5) * 40)];
            Same(new QuantizationParameters(0.11f, 4, IntegerType.Int8), x, new sbyte[n], (p, c) => p.Quantize(x, c), (p, c, v) => p.Dequantize(c, v));
            Same(new QuantizationParameters(0.11f, 4, IntegerType.UInt8), x, new byte[n], (p, c) => p.Quantize(x, c), (p, c, v) => p.Dequantize(c, v));
            Same(new QuantizationParameters(0.11f, -2, IntegerType.Int4), x, new sbyte[n], (p, c) => p.Quantize(x, c), (p, c, v) => p.Dequantize(c, v));
            Same(new QuantizationParameters(0.0004f, -200, IntegerType.Int16), x, new short[n], (p, c) => p.Quantize(x, c), (p, c, v) => p.Dequantize(c, v));
            Same(new QuantizationParameters(0.0004f, 50000, IntegerType.UInt16), x, new ushort[n], (p, c) => p.Quantize(x, c), (p, c, v) => p.Dequantize(c, v));
        }
    }

    [Fact]
    public void Spans_WrongLengthOrType_NameTheArgument()
    {
        var parameters = new QuantizationParameters(1, 0, IntegerType.UInt8);

        Assert.Throws<ArgumentException>("to", () => parameters.Quantize(new float[3], new byte[2]));
        Assert.Throws<ArgumentException>("codes", () => parameters.Quantize(new float[3], new sbyte[3]));
        Assert.Throws<ArgumentException>("to", () => parameters.Dequantize(new byte[3], new float[4]));
    }

    [Fact]
    public void Properties_OfAnyRange_Hold()
    {
        Gen<float> number = Gen.Choose(-1_000_000, 1_000_000).Select(i => i / 7919f);
        Arbitrary<(float A, float B, float X, float Y)> all = (from a in number from b in number from x in number from y in number select (a, b, x, y)).ToArbitrary();
        Prop.ForAll(all, t =>
        {
            foreach (IntegerType type in Enum.GetValues<IntegerType>())
            {
                var range = new RealRange(Math.Min(t.A, t.B), Math.Max(t.A, t.B));
                foreach (QuantizationParameters p in new[] { QuantizationParameters.Affine(range, type), QuantizationParameters.Symmetric(range, type) })
                {
                    float inside = (float)Math.Clamp(t.X, p.Representable.Min, p.Representable.Max);
                    Assert.InRange(Math.Abs(p.Dequantize(p.Quantize(inside)) - inside), 0, (p.Scale * 0.5) + (Math.Abs(inside) * 2.4e-7)); // half a step, and the last digits of quotient and product
                    Assert.Equal(0f, p.Dequantize(p.Quantize(0)));
                    Assert.True(t.X <= t.Y ? p.Quantize(t.X) <= p.Quantize(t.Y) : p.Quantize(t.X) >= p.Quantize(t.Y));
                    Assert.InRange(p.Quantize(t.X), type.Minimum(), type.Maximum());
                    int code = Math.Clamp((int)t.Y, type.Minimum(), type.Maximum());
                    Assert.Equal(code, p.Quantize(p.Dequantize(code)));
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    private delegate void Encode<T>(QuantizationParameters parameters, Span<T> codes);

    private delegate void Decode<T>(QuantizationParameters parameters, ReadOnlySpan<T> codes, Span<float> values);

    private static void Same<T>(QuantizationParameters parameters, float[] x, T[] codes, Encode<T> encode, Decode<T> decode)
        where T : System.Numerics.IBinaryInteger<T>
    {
        encode(parameters, codes);
        var values = new float[x.Length];
        decode(parameters, codes, values);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(parameters.Quantize(x[i]), int.CreateChecked(codes[i]));
            Assert.Equal(parameters.Dequantize(int.CreateChecked(codes[i])), values[i]);
        }
    }
}
