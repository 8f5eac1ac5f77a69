using MathNet.Numerics.Distributions;
using MlOps.Data;
using MlOps.Drift.Simulation;

namespace MlOps.Drift.Tests.Simulation;

public sealed class ThresholdCalibrationTests
{
    [Fact]
    public void ForStatistic_UniformStatistic_IsTheBudgetsQuantile()
    {
        // the statistic is one uniform value: its 95 % quantile is 0.95, and the interval must hold it
        ThresholdChoice choice = ThresholdCalibration.ForStatistic(
            (_, current) => current[0], random => random.NextDouble(), new RowCounts(1, 1), 0.05, new SimulationOptions { Runs = 4000 });

        Assert.Equal(0.95, choice.Threshold, 0.015);
        Assert.InRange(0.95, choice.Low, choice.High);
    }

    [Fact]
    public void Choose_Ranks1To100_TakesTheRanksOfTheTable()
    {
        // Binomial(100, 0.9), SciPy 1.10.1: binom.ppf(0.025, 100, 0.9) = 84, binom.ppf(0.975, 100, 0.9) = 95
        ThresholdChoice choice = ThresholdCalibration.Choose([.. Enumerable.Range(1, 100).Select(i => (double)i)], 0.1);

        Assert.Equal((90, 84, 96), (choice.Threshold, choice.Low, choice.High));
    }

    [Fact]
    public void ForStatistic_Psi_AgreesWithTheChiSquareRule()
    {
        // quiet PSI of ten equal bins is near χ²(9) · (1/n + 1/m): Yurdakul 2018
        ThresholdChoice choice = ThresholdCalibration.ForStatistic(
            (r, c) => PopulationStabilityIndex.Measure(r, c).Value, random => random.NextDouble(), new RowCounts(2000, 2000), 0.05, new SimulationOptions { Runs = 2000 });

        Assert.InRange(choice.Threshold / (ChiSquared.InvCDF(9, 0.95) * (2.0 / 2000)), 0.93, 1.07);
    }

    [Fact]
    public void ForReport_SmallTable_NeedsAHigherThresholdThanTheRuleOfThumb()
    {
        // facts: at 100 rows a side PSI > 0.1 alarms on 84 % of quiet columns, so no budget of 5 % is kept by 0.1
        var random = new Random(1);
        var table = new Table(Column.Of("x", Enumerable.Range(0, 2000).Select(_ => Normal.Sample(random, 0, 1)).ToArray()));

        ThresholdChoice choice = ThresholdCalibration.ForReport(table, new RowCounts(100, 100), 0.05, options: new SimulationOptions { Runs = 300 });

        Assert.InRange(choice.Threshold, 0.25, 0.6);
        Assert.InRange(
            DriftSimulation.Reports(table, new RowCounts(100, 100), new DriftOptions { Tests = DriftTests.Psi, PsiModerate = choice.Threshold, PsiSignificant = 9 }, options: new SimulationOptions { Runs = 300, Seed = 9 }).AlarmShare,
            0.01,
            0.1);
    }

    [Fact]
    public void ForStream_KnownLaw_TakesTheFastestThresholdWithinTheBudget()
    {
        // uniform values before, shifted by 0.5 after: limit t alarms with rate 1 − t before and 1.5 − t after
        DetectorChoice choice = ThresholdCalibration.ForStream(
            limit => new CoinDetector(limit),
            [0.9, 0.99, 0.999, 0.9999],
            random => random.NextDouble(),
            random => random.NextDouble() + 0.5,
            budget: 0.005,
            new SimulationOptions { Runs = 100, ValuesBefore = 1000, ValuesAfter = 100 });

        Assert.Equal(0.999, choice.Chosen!.Threshold); // 0.9 and 0.99 alarm too often; 0.999 and 0.9999 are as fast, the lower one wins
        Assert.Contains("<svg", choice.Chart().ToSvg(), StringComparison.Ordinal);
        Assert.Matches("→ +0.999 ", choice.ToString());
    }

    [Fact]
    public void ForStream_NothingWithinTheBudget_ChoosesNothing() => Assert.Null(ThresholdCalibration.ForStream(
        limit => new CoinDetector(limit), [0.5], random => random.NextDouble(), random => 1, 0.01, new SimulationOptions { Runs = 20 }).Chosen);

    [Fact]
    public void ForStream_TooFewValuesForTheBudget_SaysSo() =>
        Assert.Contains("cannot show a rate below", Assert.Throws<ArgumentException>(() => ThresholdCalibration.ForStream(
            limit => new CoinDetector(limit), [0.5], random => 0, random => 1, 1e-6)).Message, StringComparison.Ordinal);

    [Fact]
    public void ForStatistic_TooFewRuns_SaysHowMany() =>
        Assert.Contains("at least 1000", Assert.Throws<ArgumentException>(() => ThresholdCalibration.ForStatistic(
            (r, c) => 0, random => 0, new RowCounts(1, 1), 0.001)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void ForStatistic_BudgetOutside0And1_Throws(double budget) =>
        Assert.Equal("budget", Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdCalibration.ForStatistic((r, c) => 0, random => 0, new RowCounts(1, 1), budget)).ParamName);
}
