using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class QuantizedTensorTests
{
    // Oracle: the plain formulas in NumPy, see make_numbers.py. Every type, symmetric or not, reduced or not, 51 ranges.
    [Fact]
    public void Parameters_ManyRanges_EqualNumPy()
    {
        foreach (JsonElement entry in NumbersReference.Root.GetProperty("parameters").EnumerateArray())
        {
            var range = new RealRange(entry[0].GetDouble(), entry[1].GetDouble());
            IntegerType type = Enum.Parse<IntegerType>(entry[2].GetString()!);
            bool reduced = entry[4].GetBoolean();
            QuantizationParameters found = entry[3].GetBoolean() ? QuantizationParameters.Symmetric(range, type, reduced) : QuantizationParameters.Affine(range, type, reduced);

            Assert.Equal(new QuantizationParameters(BitConverter.UInt32BitsToSingle(entry[5].GetUInt32()), entry[6].GetInt32(), type), found);
        }
    }

    // Oracle: NumPy float32, see make_numbers.py.
    [Fact]
    public void Quantize_PerTensorAndPerChannel_EqualsNumPy()
    {
        JsonElement weights = NumbersReference.Root.GetProperty("weights");
        float[] values = weights.GetProperty("values").Floats();
        long[] shape = [.. weights.GetProperty("shape").Integers().Select(dim => (long)dim)];
        foreach (JsonElement entry in NumbersReference.Root.GetProperty("tensors").EnumerateArray())
        {
            JsonElement axis = entry.GetProperty("axis");
            QuantizedTensor tensor = QuantizedTensor.Quantize(
                values, shape, Enum.Parse<IntegerType>(entry.GetProperty("type").GetString()!), entry.GetProperty("symmetric").GetBoolean(),
                axis.ValueKind == JsonValueKind.Null ? Granularity.PerTensor : Granularity.PerChannel(axis.GetInt32()));

            Assert.Equal(entry.GetProperty("scales").Floats(), tensor.Scales);
            Assert.Equal(entry.GetProperty("zeroPoints").Integers(), tensor.ZeroPoints);
            Assert.Equal(entry.GetProperty("codes").Integers(), tensor.ToCodes());
            Assert.Equal(tensor.ToCodes(), Enumerable.Range(0, tensor.Count).Select(i => tensor[i]));
        }
    }

    // Oracle: ONNX Runtime's QuantizeLinear and DequantizeLinear with an axis.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Quantize_PerChannel_EqualsOnnxRuntime(int axis)
    {
        float[] values = Normal(4 * 37 * 6, 11);
        foreach (IntegerType type in new[] { IntegerType.Int8, IntegerType.UInt8, IntegerType.Int16, IntegerType.UInt16 })
        {
            var tensor = QuantizedTensor.Quantize(values, [4, 37, 6], type, symmetric: false, Granularity.PerChannel(axis));

            (int[] codes, float[] back) = OnnxOracle.Run(values, [4, 37, 6], tensor.ScalesToOnnx("s"), tensor.ZeroPointsToOnnx("z"), axis);

            Assert.Equal(codes, tensor.ToCodes());
            Assert.Equal(back, tensor.Dequantize());
        }
    }

    // Oracle: ONNX Runtime's QuantizeLinear with block_size (operator set 21). It wants whole blocks.
    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 16)]
    [InlineData(2, 4)]
    public void Quantize_PerBlock_EqualsOnnxRuntime(int axis, int size)
    {
        float[] values = Normal(16 * 32 * 12, 13);
        foreach (IntegerType type in Enum.GetValues<IntegerType>())
        {
            var tensor = QuantizedTensor.Quantize(values, [16, 32, 12], type, symmetric: false, Granularity.PerBlock(axis, size));

            (int[] codes, float[] back) = OnnxOracle.Run(values, [16, 32, 12], tensor.ScalesToOnnx("s"), tensor.ZeroPointsToOnnx("z"), axis, size);

            Assert.Equal(back, tensor.Dequantize());
            if (codes.Length > 0)
            {
                Assert.Equal(codes, tensor.ToCodes());
            }
        }
    }

    // Brute force: each value alone, with the range of its own group gathered by index arithmetic.
    [Fact]
    public void Quantize_AnyShapeAndGranularity_EqualsOneValueAtATime()
    {
        Gen<(int[] Shape, int Axis, int Block, int Seed)> shapes =
            from rank in Gen.Choose(1, 4)
            from dims in Gen.Choose(1, 7).ArrayOf(rank)
            from axis in Gen.Choose(0, rank - 1)
            from block in Gen.Choose(0, 5)
            from seed in Gen.Choose(0, 1000)
            select (dims, axis, block, seed);
        Prop.ForAll(shapes.ToArbitrary(), t =>
        {
            long[] shape = [.. t.Shape.Select(dim => (long)dim)];
            float[] values = Normal((int)shape.Aggregate(1L, (a, b) => a * b), t.Seed);
            int inner = t.Shape[(t.Axis + 1)..].Aggregate(1, (a, b) => a * b);
            string Group(int i)
            {
                int along = i / inner % t.Shape[t.Axis];
                return t.Block == 0 ? $"{along}" : $"{i / inner / t.Shape[t.Axis]} {along / t.Block} {i % inner}";
            }

            Granularity granularity = t.Block == 0 ? Granularity.PerChannel(t.Axis) : Granularity.PerBlock(t.Axis, t.Block);
            foreach (IntegerType type in Enum.GetValues<IntegerType>())
            {
                var tensor = QuantizedTensor.Quantize(values, shape, type, symmetric: t.Seed % 2 == 0, granularity);
                float[] back = tensor.Dequantize();
                foreach (IGrouping<string, int> group in Enumerable.Range(0, values.Length).GroupBy(Group))
                {
                    var range = new RealRange(group.Min(i => values[i]), group.Max(i => values[i]));
                    QuantizationParameters p = t.Seed % 2 == 0 ? QuantizationParameters.Symmetric(range, type) : QuantizationParameters.Affine(range, type);
                    foreach (int i in group)
                    {
                        Assert.Equal(p, tensor.ParametersAt(i));
                        Assert.Equal(p.Quantize(values[i]), tensor[i]);
                        Assert.Equal(p.Dequantize(tensor[i]), back[i]);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Quantize_SmallerGroups_NeverFarther()
    {
        float[] values = Normal(64 * 64, 17);
        values[100] = 30; // one outlier spoils the scale of all, of a row, of a block
        double Rms(Granularity granularity) => QuantizedTensor.Quantize(values, [64, 64], IntegerType.Int8, true, granularity).Error(values).RootMeanSquared;

        Assert.True(Rms(Granularity.PerBlock(1, 16)) < Rms(Granularity.PerChannel(0)));
        Assert.True(Rms(Granularity.PerChannel(0)) < Rms(Granularity.PerTensor));
    }

    // By hand: 7 codes of 4 bits are 4 bytes; the first in the low half.
    [Fact]
    public void ToBytes_FourBits_PacksTheFirstIntoTheLowHalf()
    {
        QuantizationParameters[] one = [new(1, 0, IntegerType.Int4)];
        var tensor = QuantizedTensor.Quantize([1, -1, 2, -8, 7, 0, -3], [7], one);

        Assert.Equal([0xF1, 0x82, 0x07, 0x0D], tensor.ToBytes());
        Assert.Equal(4, tensor.CodeBytes);
        Assert.Equal(4, tensor.OverheadBytes); // one scale; a zero point of 0 need not be stored
        Assert.Equal([1, -1, 2, -8, 7, 0, -3], tensor.ToOnnx("w").ToLongs());
    }

    // By hand: 10 × 6 values, 6 scales of 4 bytes, 6 zero points of 1 byte.
    [Fact]
    public void Bytes_PerChannel_CountScalesAndZeroPoints()
    {
        var tensor = QuantizedTensor.Quantize(Normal(60, 1), [10, 6], IntegerType.UInt8, symmetric: false, Granularity.PerChannel(1));

        Assert.Equal((60, 30), (tensor.CodeBytes, tensor.OverheadBytes));
        Assert.Equal([6L], tensor.ParameterShape);
        Assert.Equal("UInt8 [10, 6], per channel of axis 1: 60 bytes of codes, 30 of scales and zero points", tensor.ToString());
        Assert.Equal([10L, 2L], QuantizedTensor.Quantize(Normal(60, 1), [10, 6], IntegerType.Int8, true, Granularity.PerBlock(1, 4)).ParameterShape);
    }

    [Fact]
    public void Quantize_ZerosConstantsAndOutliers_HaveStatedResults()
    {
        Assert.Equal(new float[5], QuantizedTensor.Quantize(new float[5], [5], IntegerType.UInt8, true).Dequantize());
        Assert.Equal(3f, QuantizedTensor.Quantize([3, 3, 3], [3], IntegerType.Int8, false).Dequantize()[0], 3e-6f); // the end of [0, 3]
        var outlier = QuantizedTensor.Quantize([1, 2, 1e30f], [3], IntegerType.Int8, true);
        Assert.Equal([0, 0, 127], outlier.ToCodes());
        Assert.Empty(QuantizedTensor.Quantize([], [0], IntegerType.Int8, true).ToCodes());
        Assert.Equal(1, QuantizedTensor.Quantize([5], [], IntegerType.UInt8, false).Count);
    }

    [Fact]
    public void Quantize_BadArguments_NameThem()
    {
        Assert.Throws<ArgumentException>("shape", () => QuantizedTensor.Quantize(new float[5], [2, 3], IntegerType.Int8, true));
        Assert.Throws<ArgumentException>("shape", () => QuantizedTensor.Quantize(new float[6], [-2, -3], IntegerType.Int8, true));
        Assert.Throws<ArgumentException>("granularity", () => QuantizedTensor.Quantize(new float[6], [2, 3], IntegerType.Int8, true, Granularity.PerChannel(2)));
        Assert.Throws<ArgumentException>("values", () => QuantizedTensor.Quantize([1, float.NaN], [2], IntegerType.Int8, true));
        Assert.Throws<ArgumentException>("values", () => QuantizedTensor.Quantize([1, 2, float.PositiveInfinity, 0], [2, 2], IntegerType.Int8, true, Granularity.PerChannel(1)));
        Assert.Throws<ArgumentException>("parameters", () => QuantizedTensor.Quantize([1, 2], [2], new QuantizationParameters[2]));
        QuantizationParameters[] mixed = [new(1, 0, IntegerType.Int8), new(1, 0, IntegerType.UInt8)];
        Assert.Throws<ArgumentException>("parameters", () => QuantizedTensor.Quantize([1, 2], [2], mixed, Granularity.PerChannel(0)));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => Granularity.PerBlock(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => QuantizedTensor.Quantize([1, 2], [2], IntegerType.Int8, true).ParametersAt(2));
    }

    // By hand: x = 1, 2, 3, −5; x̂ with scale 1 and int4 zero point 6: codes −8…7, values −14…1 → 1, 1, 1, −5. Errors 0, −1, −2, 0.
    [Fact]
    public void Error_WorkedExample_MatchesTheHand()
    {
        QuantizationError error = new QuantizationParameters(1, 6, IntegerType.Int4).Error([1, 2, 3, -5]);

        Assert.Equal((4, 2, -0.75, 1.25), (error.Count, error.MaxAbsolute, error.Mean, error.MeanSquared));
        Assert.Equal(10 * Math.Log10(39 / 5.0), error.SignalToNoise, 1e-12);
        Assert.Equal(0.5, error.Saturated);
        Assert.Equal("max 2, RMS 1.118, mean -0.75, SNR 8.9 dB, 50 % saturated", error.ToString());
    }

    [Fact]
    public void Error_WithoutLossOrSignal_IsInfiniteOrUndefined()
    {
        Assert.Equal(double.PositiveInfinity, QuantizationError.Between([1f], [1f]).SignalToNoise);
        Assert.Equal(double.NaN, QuantizationError.Between([0f], [0f]).SignalToNoise);
        Assert.Throws<ArgumentException>("after", () => QuantizationError.Between([1f], []));
        Assert.Throws<ArgumentOutOfRangeException>("before", () => QuantizationError.Between([float.NaN], [1f]));
    }

    // Bennett: a bit more is about 6.02 dB, for values spread evenly over the range.
    [Fact]
    public void Error_OneBitMore_GivesSixDecibels()
    {
        var random = new Random(23);
        float[] values = [.. Enumerable.Range(0, 100_000).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        double Decibels(IntegerType type) => QuantizedTensor.Quantize(values, [values.Length], type, symmetric: false).Error(values).SignalToNoise;

        Assert.Equal(4 * 6.02, Decibels(IntegerType.UInt8) - Decibels(IntegerType.UInt4), 0.6); // 15 steps and 255 steps: 24.6
        Assert.Equal(20 * Math.Log10(65535 / 255.0), Decibels(IntegerType.UInt16) - Decibels(IntegerType.UInt8), 0.1);
    }

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
