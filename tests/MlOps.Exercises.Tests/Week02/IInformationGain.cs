namespace MlOps.Exercises.Tests.Week02;

/// <summary>What a student writes for exercise 2.4.</summary>
public interface IInformationGain
{
    double Gain(double[] values, string[] labels, double threshold);

    double BestThreshold(double[] values, string[] labels);
}
