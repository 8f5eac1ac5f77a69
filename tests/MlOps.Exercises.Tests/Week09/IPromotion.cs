namespace MlOps.Exercises.Tests.Week09;

/// <summary>What the tests call of exercise 9.5: two methods of the file, which call what a student writes.</summary>
public interface IPromotion
{
    string[] Champions(double[][] metrics);

    string[] Log(double[][] metrics);
}
