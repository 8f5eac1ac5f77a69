namespace MlOps.Charts.Model;

/// <summary>The stretches of a confidence band that have no gap.</summary>
internal static class RibbonRuns
{
    internal static List<int[]> Of(int[] drawn, double[] x, Ribbon ribbon)
    {
        var runs = new List<int[]>();
        var run = new List<int>();
        foreach (int i in drawn)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(ribbon.Low[i]) || double.IsNaN(ribbon.High[i]))
            {
                Close();
            }
            else
            {
                run.Add(i);
            }
        }

        Close();
        return runs;

        void Close()
        {
            if (run.Count > 0)
            {
                runs.Add([.. run]);
                run.Clear();
            }
        }
    }
}
