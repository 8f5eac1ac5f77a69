namespace MlOps.Drift.Sql;

/// <summary>A cell of a histogram: the smallest and largest value in it, and how many of each side.</summary>
internal readonly record struct Cell(double Min, double Max, long Reference, long Current)
{
    internal double Middle => (Min / 2) + (Max / 2);
}
