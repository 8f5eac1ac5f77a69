namespace MlOps.Exercises.Tests.Week09;

/// <summary>What a student writes for exercise 9.3.</summary>
public interface IRunFilter
{
    string Filter { get; }
}
