using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class BudgetTests
{
    [Fact]
    public void Parse_WhatPeopleWrite_IsUnderstood()
    {
        var expected = new Budget { MaxBytes = 2_000_000, MaxLatencyMilliseconds = 5, MaxLossPoints = 1 };

        Assert.Equal(expected, Budget.Parse("≤ 2 MB, ≤ 5 ms, ≤ 1 point"));
        Assert.Equal(expected, Budget.Parse("2MB;5000us; 1 %"));
        Assert.Equal(expected, Budget.Parse("<= 2000 kB on disk, at most 0.005 s, max 1 percentage point"));
        Assert.Equal(new Budget { MaxBytes = 2048, MaxMemoryBytes = 64 * 1024 * 1024, MaxMacs = 1_500_000 }, Budget.Parse("2 KiB, 64 MiB memory, 1.5 MMAC"));
        Assert.Equal("≤ 2.00 MB, ≤ 5.00 ms, ≤ 1 point", expected.ToString());
        Assert.Equal(expected, Budget.Parse(expected.ToString()));
        Assert.Equal(0, Budget.Parse("0 points").MaxLossPoints);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2 MB,")]
    [InlineData("fast")]
    [InlineData("2 parsecs")]
    [InlineData("-2 MB")]
    [InlineData("0 MB")]
    [InlineData("2 MB, 3 MB")]
    [InlineData("5 ms, 6 ms")]
    [InlineData("1,5 MB")]
    [InlineData("1e30 MB")]
    public void Parse_WhatNobodyUnderstands_IsRefused(string text) => Assert.Throws<FormatException>(() => Budget.Parse(text));

    [Fact]
    public void Choose_SeveralKeepIt_TakesTheMostAccurateThenTheSmallest()
    {
        CompressionReport report = Report(("float", 4_000_000, 8, 0.95), ("int8", 1_000_000, 4, 0.945), ("int8b", 900_000, 4.5, 0.945), ("tiny", 100_000, 1, 0.90));

        Assert.Equal("int8b", Budget.Parse("2 MB, 5 ms, 1 point").Choose(report).Best!.Name);
        Assert.Equal("float", new Budget().Choose(report).Best!.Name);
        Assert.Equal("tiny", Budget.Parse("200 kB").Choose(report).Best!.Name);
        Assert.Equal(["int8", "int8b"], Budget.Parse("2 MB, 5 ms, 1 point").Choose(report).Feasible);
    }

    [Fact]
    public void Choose_NoneKeepsIt_NamesTheNearestMissOfEachLimit()
    {
        CompressionReport report = Report(("float", 4_000_000, 8, 0.95), ("int8", 1_000_000, 4, 0.945));

        BudgetChoice choice = Budget.Parse("500 kB, 3 ms, 0.1 points").Choose(report);

        Assert.Null(choice.Best);
        Assert.Equal(["int8: size 1.00 MB, at most 500 kB", "int8: time 4.00 ms, at most 3.00 ms", "int8: loss 0.5 points, at most 0.1 points"], choice.Nearest().Select(miss => miss.ToString()));
        Assert.Contains("No model keeps", choice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Misses_NotMeasured_IsAMiss()
    {
        CompressionReport report = Report(("float", 4_000_000, 8, null));

        BudgetMiss miss = Assert.Single(Budget.Parse("5 MB, 1 point").Misses(report, report.Models[0]));
        Assert.Equal(("loss", null), (miss.Criterion, miss.Value));
    }

    [Fact]
    public void Check_Profiles_SayWhichLimitBreaks()
    {
        CompressionReport report = Report(("big", 60_000_000, 8, 0.9), ("small", 400_000, 8, 0.9));
        report = report with { Models = [.. report.Models.Select(model => model with { Memory = new MemoryEstimate(model.Bytes, 100_000) })] };

        Assert.Equal([false, true], EdgeProfile.Phone.Check(report).Select(verdict => verdict.Fits));
        Assert.Equal([true, true], EdgeProfile.RaspberryPi.Check(report).Select(verdict => verdict.Fits));
        Assert.Equal(["size"], EdgeProfile.Browser.Check(report)[0].Misses.Select(miss => miss.Criterion));
        Assert.Equal([false, true], EdgeProfile.Microcontroller.Check(report).Select(verdict => verdict.Fits));
        Assert.All(EdgeProfile.All, profile => Assert.Same(profile, EdgeProfile.Named(profile.Name)));
        Assert.Contains("phone, raspberry-pi", Assert.Throws<ArgumentException>(() => EdgeProfile.Named("toaster")).Message, StringComparison.Ordinal);
    }

    /// <summary>A report of made-up measurements: name, bytes, milliseconds of every run, accuracy.</summary>
    internal static CompressionReport Report(params (string Name, long Bytes, double Milliseconds, double? Accuracy)[] models)
    {
        ModelMeasurement[] measured =
        [
            .. models.Select(model => new ModelMeasurement
            {
                Name = model.Name,
                Bytes = model.Bytes,
                Parameters = model.Bytes / 4,
                Accuracy = model.Accuracy,
                Latencies = [Latency(model.Name, model.Milliseconds)],
            }),
        ];
        return new CompressionReport(measured, [.. measured.Skip(1).Select(model => LatencyRatio.Of(model.Latencies[0], measured[0].Latencies[0]))], "a machine", 1000, 5, []);
    }

    internal static ModelLatency Latency(string name, double milliseconds)
    {
        double[] times = [.. Enumerable.Repeat(milliseconds, 100)];
        return new ModelLatency(name, 0, LatencyStatistics.Of(times), milliseconds, times);
    }
}
