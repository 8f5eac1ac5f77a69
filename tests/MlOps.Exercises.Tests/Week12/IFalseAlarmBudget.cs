namespace MlOps.Exercises.Tests.Week12;

/// <summary>What a student writes for exercise 12.6.</summary>
public interface IFalseAlarmBudget
{
    double Threshold(double[] quiet, double budget);
}
