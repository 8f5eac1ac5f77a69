namespace MlOps.Exercises.Tests.Week12;

/// <summary>What a student writes for exercise 12.4.</summary>
public interface IKsMonitor
{
    int[] Alerts(double[] predictions, int windowSize, double threshold);
}
