namespace MlOps.Exercises.Tests.Week12;

/// <summary>What a student writes for exercise 12.3.</summary>
public interface IPsiFromShares
{
    double Psi(double[] training, double[] production);
}
