namespace MlOps.Exercises.Tests.Week13;

/// <summary>What a student writes for exercise 13.6.</summary>
public interface IThreePlayers
{
    double[] Values(double[] worth);
}
