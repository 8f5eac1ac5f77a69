using MlOps.Data.Generators;

namespace MlOps.Data.Tests;

/// <summary>Each shape is what its documentation says, measured by geometry.</summary>
public class ToyDataTests
{
    public static TheoryData<string> Shapes() => new("moons", "rings", "blobs", "wave");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Make_SameSeed_GivesTheSameTableAndAnotherSeedAnother(string shape)
    {
        CsvText.AssertEqual(Make(shape, 50, 0.3, 4), Make(shape, 50, 0.3, 4));
        string first = shape == "wave" ? "x" : "x1";
        Assert.NotEqual(Make(shape, 50, 0.3, 4).Numbers(first), Make(shape, 50, 0.3, 5).Numbers(first));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Make_NoiseOutsideItsRange_NamesIt(string shape)
    {
        string? name = Assert.Throws<ArgumentOutOfRangeException>(() => Make(shape, 50, -0.1, 1)).ParamName;
        Assert.Equal(shape == "blobs" ? "spread" : "noise", name);
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Make(shape, 50, double.NaN, 1)).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => Make(shape, 0, 0.1, 1)).ParamName);
    }

    [Fact]
    public void Moons_WithoutNoise_AreHalfCirclesOfRadiusOne()
    {
        Table moons = ToyData.Moons(200, noise: 0, seed: 7);
        Assert.All(moons.Map(row => row), row =>
        {
            bool upper = row.Text("label") == "upper";
            double x = row.Double("x1") - (upper ? 0 : 1);
            double y = row.Double("x2") - (upper ? 0 : 0.5);
            Assert.Equal(1, (x * x) + (y * y), 1e-14);
            Assert.True(upper ? y >= 0 : y <= 0);
        });

        Assert.Equal(100, moons.Where("label", "upper").RowCount);
    }

    [Fact]
    public void Moons_Angles_AreSpreadEvenly()
    {
        // The cosine of a uniform angle in [0, π] lies below −½ and above ½ with probability 1/3 each; 5 standard deviations at n = 5000.
        double[] cosines = ToyData.Moons(10_000, noise: 0).Where("label", "upper").Numbers("x1");
        double tolerance = 5 * Math.Sqrt(2.0 / 9 / cosines.Length);
        Assert.Equal(1.0 / 3, cosines.Count(c => c < -0.5) / (double)cosines.Length, tolerance);
        Assert.Equal(1.0 / 3, cosines.Count(c => c > 0.5) / (double)cosines.Length, tolerance);
    }

    [Fact]
    public void Rings_WithoutNoise_HaveRadiusOneAndTwo()
    {
        Assert.All(ToyData.Rings(200, noise: 0, seed: 7).Map(row => row), row =>
        {
            double square = (row.Double("x1") * row.Double("x1")) + (row.Double("x2") * row.Double("x2"));
            Assert.Equal(row.Text("label") == "inner" ? 1 : 4, square, 1e-13);
        });
    }

    [Fact]
    public void Blobs_EachCloud_HasTheSpreadThatWasAsked()
    {
        Table blobs = ToyData.Blobs(5000, clouds: 5, spread: 0.5, seed: 3);
        Assert.Equal("abcde", string.Concat(blobs.Head(5).Map(row => row.Text("label"))));
        foreach (string label in new[] { "a", "b", "c", "d", "e" })
        {
            // The standard error of a deviation of 1000 values is σ/√2000; 5 of them.
            double[] x1 = blobs.Where("label", label).Numbers("x1");
            double mean = x1.Average();
            double deviation = Math.Sqrt(x1.Sum(x => (x - mean) * (x - mean)) / (x1.Length - 1));
            Assert.Equal(0.5, deviation, 5 * 0.5 / Math.Sqrt(2000));
        }

        Assert.Equal("clouds", Assert.Throws<ArgumentOutOfRangeException>(() => ToyData.Blobs(clouds: 6)).ParamName);
        Assert.Equal("clouds", Assert.Throws<ArgumentOutOfRangeException>(() => ToyData.Blobs(clouds: 1)).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => ToyData.Blobs(rows: 2, clouds: 3)).ParamName);
    }

    [Fact]
    public void Wave_WithoutNoise_IsTheSineOfThePlatform()
    {
        Table wave = ToyData.Wave(1000, noise: 0, seed: 2);
        double[] x = wave.Numbers("x");
        Assert.All(x.Zip(wave.Numbers("y")), pair => Assert.Equal(Math.Sin(2 * Math.PI * pair.First), pair.Second, 1e-14));
        Assert.All(x, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Wave_Noise_HasTheDeviationThatWasAsked()
    {
        Table wave = ToyData.Wave(20_000, noise: 0.3, seed: 2);
        double square = wave.Numbers("x").Zip(wave.Numbers("y"), (x, y) => y - Math.Sin(2 * Math.PI * x)).Average(r => r * r);
        Assert.Equal(0.3, Math.Sqrt(square), 5 * 0.3 / Math.Sqrt(40_000));
    }

    private static Table Make(string shape, int rows, double noise, int seed) => shape switch
    {
        "moons" => ToyData.Moons(rows, noise, seed),
        "rings" => ToyData.Rings(rows, noise, seed),
        "blobs" => ToyData.Blobs(rows, 3, noise, seed),
        _ => ToyData.Wave(rows, noise, seed),
    };
}
