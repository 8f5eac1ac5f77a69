namespace MlOps.Exercises.Tests.Week02;

/// <summary>What a student writes for exercise 2.5.</summary>
public interface IAucFromRanks
{
    double Auc(bool[] actual, double[] scores);
}
