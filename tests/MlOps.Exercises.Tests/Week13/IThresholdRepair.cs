namespace MlOps.Exercises.Tests.Week13;

/// <summary>What a student writes for exercise 13.5.</summary>
public interface IThresholdRepair
{
    double Threshold(double[] others, double[] favoured, double threshold);
}
