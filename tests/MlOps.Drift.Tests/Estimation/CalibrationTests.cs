using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

/// <summary>Oracles: scikit-learn 1.2.1 and SciPy 1.10.1, see references/estimation.py.</summary>
public sealed class CalibrationTests
{
    [Fact]
    public void Isotonic_TiesAndWeights_EqualsScikitLearn() =>
        Assert.All(Read<IsotonicCase[]>("isotonic"), known =>
        {
            var ours = IsotonicCalibration.Fit(known.Scores, known.Targets, known.Weights ?? []);
            double[] values = ours.Calibrate(known.Queries);
            Assert.All(known.Values.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

            double[] ascending = [.. known.Queries.Order()];
            double[] walked = new double[ascending.Length];
            ours.CalibrateAscending(ascending, walked);
            Assert.Equal(ours.Calibrate(ascending), walked);
        });

    [Fact]
    public void Isotonic_Labels_EqualsTheGeneralFit()
    {
        (double[] scores, bool[] labels) = Draw(new Random(3), 5000, r => Math.Round(r.NextDouble(), 3), s => s * s);
        var byLabels = IsotonicCalibration.Fit(scores, labels);
        var byTargets = IsotonicCalibration.Fit(scores, Array.ConvertAll(labels, label => label ? 1.0 : 0.0));

        Assert.Equal(byTargets.Thresholds.ToArray(), byLabels.Thresholds.ToArray());
        Assert.Equal(byTargets.Values.ToArray(), byLabels.Values.ToArray());
    }

    [Fact]
    public void Isotonic_AnyTargets_NeverFallsAndKeepsTheMean()
    {
        var random = new Random(4);
        for (int round = 0; round < 50; round++)
        {
            double[] scores = [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(15))];
            double[] targets = [.. Enumerable.Range(0, 40).Select(_ => Normal(random))];
            double[] fitted = IsotonicCalibration.Fit(scores, targets).Calibrate(scores);

            Assert.Equal(targets.Average(), fitted.Average(), 1e-12);
            (double, double)[] order = [.. scores.Zip(fitted).OrderBy(pair => pair.First)];
            Assert.All(order.Zip(order.Skip(1)), step => Assert.True(step.First.Item2 <= step.Second.Item2));
        }
    }

    [Fact]
    public void Platt_ReferenceCases_EqualsTheExactOptimumAndScikitLearn() =>
        Assert.All(Read<PlattCase[]>("platt"), known =>
        {
            var ours = PlattScaling.Fit(known.Scores, known.Labels);
            Assert.Equal(known.A, ours.Slope, 1e-8 * Math.Max(1, Math.Abs(known.A)));
            Assert.Equal(known.B, ours.Intercept, 1e-8 * Math.Max(1, Math.Abs(known.B)));
            if (known.Scores.Max() < 100)
            {
                Assert.Equal(known.RoughA, ours.Slope, 1e-3 * Math.Abs(known.A)); // BFGS stops at a gradient of 1e-5 and does not converge on scores near 1000
                Assert.Equal(known.RoughB, ours.Intercept, 1e-3 * Math.Max(1, Math.Abs(known.B)));
            }
        });

    [Fact]
    public void Platt_ConstantScore_IsTheMeanTarget()
    {
        var ours = PlattScaling.Fit([0.3, 0.3, 0.3, 0.3], [true, false, false, false]);

        double mean = ((2.0 / 3) + (3 * (1.0 / 5))) / 4; // t⁺ = 2/3, t⁻ = 1/5
        Assert.Equal(mean, ours.Calibrate(0.9), 1e-12);
    }

    [Fact]
    public void CalibrationError_ByHand_IsTheWeightedGap() =>
        Assert.Equal(((2 * Math.Abs(0.5 - 0.15)) + (1 * Math.Abs(1 - 1.0)) + (1 * 0.55)) / 4, ExpectedCalibrationError.Compute([0.1, 0.2, 1.0, 0.55], [true, false, true, false], 2 * 2), 1e-12);

    [Theory]
    [InlineData(CalibrationMethod.None)]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Choose_KnownTruth_PicksItsMethod(CalibrationMethod expected)
    {
        Func<double, double> truth = expected switch
        {
            CalibrationMethod.None => s => s,
            CalibrationMethod.Platt => s => Logistic((6 * s) - 2),
            _ => s => s < 0.3 ? 0.05 : s < 0.6 ? 0.5 : s < 0.8 ? 0.55 : 0.97,
        };
        (double[] scores, bool[] labels) = Draw(new Random(11), 8000, r => r.NextDouble(), truth);
        var choice = CalibrationChoice.Choose(scores, labels);

        Assert.Equal(expected, choice.Calibration.Method);
        Assert.Equal(3, choice.Candidates.Count);
    }

    [Fact]
    public void Choose_ScoresThatAreNoProbabilities_NeverLeavesThemAlone()
    {
        (double[] scores, bool[] labels) = Draw(new Random(12), 500, Normal, s => Logistic(2 * s));

        Assert.Equal(2, CalibrationChoice.Choose(scores, labels).Candidates.Count);
        Assert.Equal("method", Assert.Throws<ArgumentException>(() => CalibrationChoice.Choose(scores, labels, CalibrationMethod.None)).ParamName);
    }

    [Fact]
    public void Fit_BadInput_NamesTheArgument()
    {
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => IsotonicCalibration.Fit([], (bool[])[])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1, 2], [true])).ParamName);
        Assert.Contains("1 are NaN and 1 infinite", Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1, double.NaN, double.PositiveInfinity], [true, false, true])).Message, StringComparison.Ordinal);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => IsotonicCalibration.Fit([1, 2], [1.0, 2], [0, 0])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => CalibrationChoice.Choose(new double[20], new bool[20])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCalibration.Identity.Calibrate(1.5));
    }
}
