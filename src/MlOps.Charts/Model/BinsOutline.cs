namespace MlOps.Charts.Model;

/// <summary>A histogram as one line: up and down each bin, its ends on the baseline.</summary>
internal static class BinsOutline
{
    internal static (double[] X, double[] Y) Of(BinsTrace trace)
    {
        var x = new List<double> { trace.Edges[0] };
        var y = new List<double> { 0 };
        for (int i = 0; i < trace.Heights.Length; i++)
        {
            x.AddRange([trace.Edges[i], trace.Edges[i + 1]]);
            y.AddRange([trace.Heights[i], trace.Heights[i]]);
        }

        return ([.. x, trace.Edges[^1]], [.. y, 0]);
    }
}
