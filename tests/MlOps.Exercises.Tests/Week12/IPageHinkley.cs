namespace MlOps.Exercises.Tests.Week12;

/// <summary>What a student writes for exercise 12.5.</summary>
public interface IPageHinkley
{
    double Evidence { get; }

    bool Update(double value);
}
