using MlOps.Charts;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class NumberFormatTests
{
    // Oracle: .NET's own constants of Half and float; bfloat16 from IEEE 754's formulas: (2 − 2⁻⁷)·2¹²⁷, 2⁻¹²⁶, 2⁻¹³³.
    [Fact]
    public void Facts_OfThreeFormats_AreKnown()
    {
        Assert.Equal((16, (double)Half.MaxValue, (double)Half.Epsilon, 6.103515625e-5, 0.0009765625), Facts(NumberFormat.Float16));
        Assert.Equal((32, (double)float.MaxValue, (double)float.Epsilon, 1.1754943508222875e-38, 1.1920928955078125e-7), Facts(NumberFormat.Float32));
        Assert.Equal((16, 3.3895313892515355e38, 9.183549615799121e-41, 1.1754943508222875e-38, 0.0078125), Facts(NumberFormat.BFloat16));
    }

    // Oracle: Half.BitIncrement at many magnitudes.
    [Fact]
    public void Spacing_OfFloat16_IsTheDistanceToTheNext()
    {
        for (int bits = 0; bits < 0x7BFF; bits += 37)
        {
            Half value = BitConverter.UInt16BitsToHalf((ushort)bits);
            Assert.Equal((double)Half.BitIncrement(value) - (double)value, NumberFormat.Float16.Spacing((double)value));
        }

        Assert.Equal(double.PositiveInfinity, NumberFormat.Float16.Spacing(65505));
        Assert.Throws<ArgumentOutOfRangeException>("magnitude", () => NumberFormat.Float16.Spacing(-1));
    }

    [Fact]
    public void Charts_OfTheFormats_NameThem()
    {
        Figure chart = NumberFormat.SpacingChart();
        Assert.Contains("bfloat16", chart.ToMimeBundle()["image/svg+xml"], StringComparison.Ordinal);
        Assert.Contains("65504", NumberFormat.Table().ToMimeBundle()["image/svg+xml"], StringComparison.Ordinal);
        Assert.StartsWith("float16", NumberFormat.Float16.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("to", () => NumberFormat.SpacingChart(from: 1, to: 1));
    }

    [Fact]
    public void QuantizationCharts_SayWhatTheyShow()
    {
        var parameters = new QuantizationParameters(0.25f, 0, IntegerType.Int4);

        // By hand: −2 to 1.75 in steps of 0.25; values 0, 0.1 and 0.3 get the codes 0, 0 and 1.
        Assert.Equal("2 of 16 codes are used; 66.7 % of the values become 0", QuantizationCharts.CodeHistogram([0, 0.1f, 0.3f], parameters).Title);
        Assert.Contains("A code is off by half a step at most", QuantizationCharts.Staircase(parameters, -2, 1.75).ToMimeBundle()["image/svg+xml"], StringComparison.Ordinal);
        Assert.Contains("Inside its range", QuantizationCharts.Staircase(parameters, -3, 3).ToMimeBundle()["image/svg+xml"], StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("values", () => QuantizationCharts.CodeHistogram([], parameters));
        Assert.Throws<ArgumentOutOfRangeException>("to", () => QuantizationCharts.Staircase(parameters, 1, 1));
    }

    private static (int Bits, double Largest, double SmallestSubnormal, double SmallestNormal, double Epsilon) Facts(NumberFormat format) =>
        (format.Bits, format.Largest, format.SmallestSubnormal, format.SmallestNormal, format.Epsilon);
}
