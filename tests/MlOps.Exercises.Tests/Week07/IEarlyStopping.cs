namespace MlOps.Exercises.Tests.Week07;

/// <summary>What a student writes for exercise 7.7.</summary>
public interface IEarlyStopping
{
    int BestEpoch { get; }

    bool Update(double loss);
}
