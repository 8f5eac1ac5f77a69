namespace MlOps.Exercises.Tests.Week07;

/// <summary>What a student writes for exercise 7.6.</summary>
public interface IAdam
{
    double[] Step(double[] weights, double[] gradient);
}
