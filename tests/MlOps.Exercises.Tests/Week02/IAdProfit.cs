namespace MlOps.Exercises.Tests.Week02;

/// <summary>What a student writes for exercise 2.6.</summary>
public interface IAdProfit
{
    double Profit(bool[] clicked, double[] probabilities, double gain, double cost, double threshold);

    double BestThreshold(bool[] clicked, double[] probabilities, double gain, double cost);
}
