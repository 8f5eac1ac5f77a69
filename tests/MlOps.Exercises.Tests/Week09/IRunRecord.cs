namespace MlOps.Exercises.Tests.Week09;

/// <summary>What a student writes for exercise 9.7.</summary>
public interface IRunRecord
{
    string[] Missing(Dictionary<string, string> record, Dictionary<string, string> here);
}
