using System.Text.Json;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Tests.Calibration;

/// <summary>Oracle: References/calibration/make_calibration.py, the formulas once more in numpy, on three batches of different extremes.</summary>
public class RangeMethodTests
{
    private static readonly JsonElement s_cases = CalibrationReference.Read("calibration").GetProperty("cases");

    private static readonly (string Key, RangeMethod Method)[] s_methods =
    [
        ("minmax", RangeMethod.MinMax),
        ("averaged", new MinMaxRange(Averaging: 0.01)),
        ("percentile", new PercentileRange(99)),
        ("percentileSymmetric", new PercentileRange(99, Symmetric: true)),
        ("entropy", RangeMethod.Entropy),
        ("entropy128", new EntropyRange(Bins: 128)),
        ("mseUInt8", RangeMethod.MeanSquaredError),
        ("mseInt4", new MeanSquaredErrorRange(IntegerType.Int4)),
    ];

    public static TheoryData<string, string> Cases()
    {
        var all = new TheoryData<string, string>();
        foreach (JsonProperty data in s_cases.EnumerateObject())
        {
            foreach ((string key, _) in s_methods)
            {
                all.Add(data.Name, key);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ranges_EachMethod_AgreesWithNumpy(string data, string key)
    {
        JsonElement expected = s_cases.GetProperty(data);
        CalibratedValue found = Activations.Calibrate(s_methods.Single(method => method.Key == key).Method, Chunks(expected));
        double[] range = expected.GetProperty(key).Numbers();
        Assert.Equal(range[0], found.Range.Min, 1e-12);
        Assert.Equal(range[1], found.Range.Max, 1e-12);
        Assert.Equal(expected.GetProperty("mean").GetDouble(), found.Statistics.Mean, 1e-12);
        Assert.Equal(expected.GetProperty("zeros").GetDouble(), found.Statistics.ShareOfZeros, 1e-12);
        Assert.Equal((expected.GetProperty("minmax")[0].GetDouble(), expected.GetProperty("minmax")[1].GetDouble()), (found.Statistics.Min, found.Statistics.Max));
    }

    [Theory]
    [InlineData("normal", IntegerType.Int4)]
    [InlineData("skewed", IntegerType.Int4)]
    [InlineData("heavy", IntegerType.Int4)]
    [InlineData("heavy", IntegerType.UInt8)]
    public void MeanSquaredError_OnRawValues_IsNearTheBestOfAllPairsOfEnds(string data, IntegerType type)
    {
        // Brute force over 60 × 60 pairs of ends on the values themselves, no histogram.
        float[] values = [.. Chunks(s_cases.GetProperty(data)).SelectMany(chunk => chunk)];
        CalibratedValue found = Activations.Calibrate(new MeanSquaredErrorRange(type), values);
        (int first, int last) = type == IntegerType.Int4 ? (-8, 7) : (0, 255);
        double best = double.PositiveInfinity;
        for (int a = 1; a <= 60; a++)
        {
            for (int b = 1; b <= 60; b++)
            {
                best = Math.Min(best, Error(values, found.Statistics.Min * a / 60, found.Statistics.Max * b / 60, first, last));
            }
        }

        Assert.InRange(Error(values, found.Range.Min, found.Range.Max, first, last), 0, 1.03 * best);
    }

    [Fact]
    public void Percentile_HoldsAtLeastTheShareItPromises()
    {
        foreach (JsonProperty data in s_cases.EnumerateObject())
        {
            float[] values = [.. Chunks(data.Value).SelectMany(chunk => chunk)];
            foreach (bool symmetric in new[] { false, true })
            {
                RealRange range = Activations.Calibrate(new PercentileRange(98, Symmetric: symmetric), values).Range;
                Assert.InRange(values.Count(value => value >= range.Min && value <= range.Max) / (double)values.Length, 0.98, symmetric ? 0.995 : 1);
            }
        }
    }

    [Fact]
    public void Ranges_EveryMethodOnConstantsAndZeros_KeepsThem()
    {
        foreach ((_, RangeMethod method) in s_methods)
        {
            Assert.Equal(new RealRange(0, 0), Activations.Calibrate(method, new float[100]).Range);
            Assert.Equal(new RealRange(2.5, 2.5), Activations.Calibrate(method, [.. Enumerable.Repeat(2.5f, 100)]).Range);
            Assert.Equal(1, Activations.Calibrate(method, new float[100]).Statistics.ShareOfZeros);
        }
    }

    [Fact]
    public void Ranges_Of1e30AmongThousands_OnlyMinMaxTakesIt()
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 5000).Select(_ => (float)((random.NextDouble() * 2) - 1)), 1e30f];
        Assert.Equal((double)1e30f, Activations.Calibrate(RangeMethod.MinMax, values).Range.Max);
        foreach (RangeMethod method in new RangeMethod[] { RangeMethod.Percentile, RangeMethod.Entropy, RangeMethod.MeanSquaredError })
        {
            CalibratedValue found = Activations.Calibrate(method, values);
            Assert.InRange(found.Range.Max, 0.8, 1.01);
            Assert.InRange(found.Range.Min, -1.01, -0.8);
            Assert.Equal(1, found.Statistics.OutlierCount);
            Assert.Equal(1, found.Histogram!.Above);
        }
    }

    [Fact]
    public void Ranges_Infinity_IsCountedAndInNoRange()
    {
        float[] values = [.. Enumerable.Range(-50, 101).Select(i => (float)i), float.NegativeInfinity, float.NegativeInfinity];
        foreach ((_, RangeMethod method) in s_methods)
        {
            CalibratedValue found = Activations.Calibrate(method, values);
            Assert.Equal(2, found.Statistics.InfiniteCount);
            Assert.Equal((-50.0, 50.0, 0.0), (found.Statistics.Min, found.Statistics.Max, found.Statistics.Mean));
            Assert.InRange(found.Range.Min, -50, 0);
        }
    }

    [Fact]
    public void Ranges_OnlyInfinity_IsZero() => Assert.Equal(new RealRange(0, 0), Activations.Calibrate(RangeMethod.Entropy, [float.PositiveInfinity, float.NegativeInfinity]).Range);

    [Theory]
    [InlineData(1e-42f)] // subnormal
    [InlineData(3e38f)]
    public void Ranges_ExtremeMagnitudes_StayFiniteAndWithinTheData(float unit)
    {
        float[] values = [-unit, unit, 0, unit / 2, unit / 3];
        foreach ((_, RangeMethod method) in s_methods)
        {
            RealRange range = Activations.Calibrate(method, values).Range;
            Assert.InRange(range.Min, -unit, 0);
            Assert.InRange(range.Max, 0, unit);
        }
    }

    [Theory]
    [InlineData("minmax")]
    [InlineData("percentile")]
    [InlineData("entropy")]
    [InlineData("mse")]
    public void Of_Name_GivesTheMethodOfThatName(string name) => Assert.Equal(name, RangeMethod.Of(name).Name);

    [Fact]
    public void Options_OutsideTheirRange_AreRefused()
    {
        Assert.Contains("entropy", Assert.Throws<ArgumentException>(() => RangeMethod.Of("kl")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxRange(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PercentileRange(50));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PercentileRange(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyRange(Bins: 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyRange(Bins: 129));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanSquaredErrorRange(Steps: 0));
    }

    private static float[][] Chunks(JsonElement data) => [.. data.GetProperty("chunks").EnumerateArray().Select(chunk => Array.ConvertAll(chunk.Numbers(), value => (float)value))];

    private static double Error(float[] values, double min, double max, int first, int last)
    {
        min = Math.Min(0, min);
        max = Math.Max(0, max);
        double scale = (max - min) / (last - first);
        double zero = Math.Round(first - (min / scale));
        return values.Sum(value =>
        {
            double difference = value - ((Math.Clamp(Math.Round(value / scale) + zero, first, last) - zero) * scale);
            return difference * difference;
        });
    }
}
