using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Arithmetic;

public sealed class QuantizedBiasTests
{
    // By hand: s = 0.5 · 0.25 = 0.125; 1/0.125 = 8, −0.3125/0.125 = −2.5 → −2 (even), 3.1/0.125 = 24.8 → 25.
    [Fact]
    public void Quantize_OneScale_MatchesTheHand()
    {
        QuantizedBias bias = QuantizedBias.Quantize([1, -0.3125f, 3.1f], 0.5f, [0.25f]);

        Assert.Equal([8, -2, 25], bias.Codes);
        Assert.Equal([0.125f], bias.Scales);
        Assert.Equal([1f, -0.25f, 3.125f], bias.Dequantize());
    }

    // By hand: scales 1 and 2; 1e30 saturates at 2³¹ − 1.
    [Fact]
    public void Quantize_PerChannel_HasAScaleEach()
    {
        QuantizedBias bias = QuantizedBias.Quantize([7, 1e30f], 2, [0.5f, 1]);

        Assert.Equal([7, int.MaxValue], bias.Codes);
        Assert.Equal([1f, 2f], bias.Scales);
    }

    [Fact]
    public void Quantize_BadArguments_NameThem()
    {
        Assert.Throws<ArgumentException>("weightScales", () => QuantizedBias.Quantize([1, 2, 3], 1, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("inputScale", () => QuantizedBias.Quantize([1], 0, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("weightScales", () => QuantizedBias.Quantize([1], 1e-30f, [1e-30f]));
        Assert.Throws<ArgumentOutOfRangeException>("bias", () => QuantizedBias.Quantize([float.NaN], 1, [1]));
    }
}
