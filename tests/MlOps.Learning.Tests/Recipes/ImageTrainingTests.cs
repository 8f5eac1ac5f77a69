using MlOps.Data.Images;
using MlOps.Learning.Recipes;

namespace MlOps.Learning.Tests.Recipes;

public class ImageTrainingTests
{
    [Theory]
    [InlineData("cnn")]
    [InlineData("mlp")]
    public void Fit_BarsUprightOrLying_AreToldApartTheSameForTheSameSeed(string model)
    {
        ImageSplit split = Bars(300, 1).Split(0.8, seed: 1);
        var training = new ImageTraining { Model = model, Epochs = 4 };
        TrainedImages trained = training.Fit(split.Train);
        var evaluation = Evaluation.Of(trained.Predict(split.Test), new Labels(split.Test.Labels.ToArray(), split.Test.ClassNames));

        Assert.True(evaluation["accuracy"] > 0.95, evaluation.ToString());
        Assert.Equal("1", evaluation.Classes!.Positive);
        Assert.Equal(trained.Predict(split.Test).Scores!.Values.ToArray(), training.Fit(split.Train).Predict(split.Test).Scores!.Values.ToArray());
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("There are: cnn, mlp", Assert.Throws<ArgumentException>(() => new ImageTraining { Model = "forest" }).Message, StringComparison.Ordinal);
        ImageSet bars = Bars(10, 2);
        int[] lying = [.. Enumerable.Range(0, 10).Where(i => bars.Labels[i] == 0)];
        Assert.Contains("all are '0'", Assert.Throws<ArgumentException>(() => new ImageTraining().Fit(bars.Take(lying))).Message, StringComparison.Ordinal);
        Assert.Contains("no pictures", Assert.Throws<ArgumentException>(() => new ImageTraining().Fit(bars.Take([]))).Message, StringComparison.Ordinal);
        TrainedImages trained = new ImageTraining { Epochs = 1 }.Fit(bars);
        Assert.Throws<ArgumentException>(() => trained.Predict(new ImageSet(1, 3, 3, new byte[9], [0])));
    }

    /// <summary>8 × 8 with a bar of two pixels, in noise: lying is class 0, upright class 1.</summary>
    internal static ImageSet Bars(int count, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[count * 64];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(2);
            int place = random.Next(7);
            for (int p = 0; p < 64; p++)
            {
                int across = labels[i] == 0 ? p / 8 : p % 8;
                pixels[(i * 64) + p] = (byte)((across == place || across == place + 1 ? 150 : 0) + random.Next(100));
            }
        }

        return new ImageSet(1, 8, 8, pixels, labels, ["0", "1"]);
    }
}
