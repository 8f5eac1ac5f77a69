namespace MlOps.Exercises.Tests.Week09;

/// <summary>What the tests call of exercise 9.4: two methods of the file, which call what a student writes.</summary>
public interface ISweep
{
    string[] BestOf(string[] names, double[] rates, double[][] aucs, int count);

    string[] Kept(string[] names, double[] rates, double[][] aucs);
}
