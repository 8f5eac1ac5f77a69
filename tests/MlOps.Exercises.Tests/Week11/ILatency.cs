namespace MlOps.Exercises.Tests.Week11;

/// <summary>What a student writes for exercise 11.5.</summary>
public interface ILatency
{
    double[] Summary(double[] times, int warmUp);

    double Speedup(double[] original, double[] converted, int warmUp);

    double ShareWon(double[] original, double[] converted, int warmUp);
}
