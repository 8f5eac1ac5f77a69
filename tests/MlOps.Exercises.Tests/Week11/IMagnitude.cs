namespace MlOps.Exercises.Tests.Week11;

/// <summary>What a student writes for exercise 11.6.</summary>
public interface IMagnitude
{
    double[][] Prune(double[][] weights, double amount);
}
