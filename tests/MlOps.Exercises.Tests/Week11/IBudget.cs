namespace MlOps.Exercises.Tests.Week11;

/// <summary>What a student writes for exercise 11.7.</summary>
public interface IBudget
{
    int Choose(long[] bytes, double[] milliseconds, double[] accuracy, double baseline, long maxBytes, double maxMilliseconds, double maxLoss);
}
