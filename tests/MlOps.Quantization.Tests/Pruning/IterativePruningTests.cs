using MlOps.Learning.Neural;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class IterativePruningTests
{
    [Theory]
    [InlineData(PruningSchedule.Linear, 1, 0.2)]
    [InlineData(PruningSchedule.Linear, 4, 0.8)]
    [InlineData(PruningSchedule.Cubic, 0, 0)]
    [InlineData(PruningSchedule.Cubic, 1, 0.4625)] // 0.8 · (1 − 0.75³)
    [InlineData(PruningSchedule.Cubic, 2, 0.7)] // 0.8 · (1 − 0.5³)
    [InlineData(PruningSchedule.Cubic, 4, 0.8)]
    public void Amount_OfFourRounds_IsTheHandValue(PruningSchedule schedule, int round, double amount) =>
        Assert.Equal(amount, IterativePruning.Amount(schedule, 0.8, round, 4), 12);

    [Fact]
    public void Run_Rounds_GrowToTheTargetAndKeepTheirZeros()
    {
        (Network network, TrainingData data) = MaskedTrainingTests.Trained();
        var options = new IterativePruningOptions { Amount = 0.75, Rounds = 3, Training = new TrainingOptions { Epochs = 3, BatchSize = 16 } };

        IterativePruningResult result = IterativePruning.Run(network, data, new CrossEntropy(), options);

        int weights = 32 + 48 + 18;
        int[] zeros = [0, .. Enumerable.Range(1, 3).Select(round => (int)Math.Round(weights * 0.75 * (1 - Math.Pow(1 - (round / 3.0), 3)), MidpointRounding.ToEven))];
        Assert.Equal(zeros.Select(zero => (double)zero / weights), result.Rounds.Select(round => round.Sparsity));
        Assert.Equal(network.Classify(data.X).Zip(Enumerable.Range(0, 90), (code, i) => code == i % 3).Count(right => right) / 90.0, result.Rounds[0].Accuracy);
        Assert.Equal(result.Pruned.Network.Classify(data.X).Zip(Enumerable.Range(0, 90), (code, i) => code == i % 3).Count(right => right) / 90.0, result.Rounds[^1].Accuracy);
        Assert.Equal(result.Rounds, IterativePruning.Run(network, data, new CrossEntropy(), options).Rounds); // equal seeds, equal numbers
        Assert.Contains("% zeros", string.Concat(result.Chart().ToMimeBundle().Values), StringComparison.Ordinal);
        Assert.Equal(4, result.ToTable().RowCount);
    }

    [Fact]
    public void Run_LossOfNumbers_HasNoAccuracy()
    {
        (Network network, TrainingData data) = MaskedTrainingTests.Trained();

        IterativePruningResult result = IterativePruning.Run(network, data, new MeanSquaredError(), new IterativePruningOptions { Rounds = 1, Training = new TrainingOptions { Epochs = 1 } }, data);

        Assert.All(result.Rounds, round => Assert.Null(round.Accuracy));
        Assert.True(result.IsValidated);
        Assert.NotNull(result.Chart());
    }
}
