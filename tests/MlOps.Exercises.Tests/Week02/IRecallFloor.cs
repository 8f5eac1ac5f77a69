namespace MlOps.Exercises.Tests.Week02;

/// <summary>What a student writes for exercise 2.7.</summary>
public interface IRecallFloor
{
    double PrecisionAtRecall(bool[] actual, double[] scores, double floor);
}
