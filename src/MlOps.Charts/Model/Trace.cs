using MlOps.Charts.Statistics;

namespace MlOps.Charts.Model;

/// <summary>One thing that is drawn. Every output (Plotly, SVG, text) reads the same traces.</summary>
internal abstract record Trace(string Name, Role Role);

/// <summary>A trace with an x and a y axis.</summary>
internal abstract record CartesianTrace(string Name, Role Role) : Trace(Name, Role)
{
    /// <summary>Tells both axes what has to fit on them.</summary>
    internal abstract void Extend(DomainBuilder x, DomainBuilder y);
}

/// <summary>How far the truth may lie from a drawn value: distances below and above, one each per value.</summary>
internal sealed record Errors(double[] Below, double[] Above);

/// <summary>A confidence band: lower and upper limit, one each per value.</summary>
internal sealed record Ribbon(double[] Low, double[] High, string Label);

/// <summary>Points, joined or not: line, scatter and area.</summary>
internal sealed record XyTrace(string Name, Role Role, Values X, Values Y, bool Line, bool Markers, bool Area) : CartesianTrace(Name, Role)
{
    private int[]? _drawn;

    internal Errors? Errors { get; init; }

    internal Ribbon? Ribbon { get; init; }

    internal Shades? Shades { get; init; }

    internal Bubbles? Bubbles { get; init; }

    /// <summary>Gets which points are drawn; all, unless there are more than a page can carry.</summary>
    internal int[] Drawn => _drawn ??= Line
        ? Thinning.ExtremeIndices(Y.Numbers, Thinning.MostPoints)
        : Thinning.EvenIndices(Y.Count, Thinning.MostPoints);

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.Add(X);
        y.AddAmounts(Y.Numbers);
        if (Area)
        {
            y.IncludeZero();
        }

        for (int i = 0; i < Y.Count; i++)
        {
            if (Errors is { } errors)
            {
                y.Add(Y.Numbers[i] - errors.Below[i]);
                y.Add(Y.Numbers[i] + errors.Above[i]);
            }

            if (Ribbon is { } ribbon)
            {
                y.Add(ribbon.Low[i]);
                y.Add(ribbon.High[i]);
            }
        }
    }
}

/// <summary>One bar per category, from zero.</summary>
internal sealed record BarTrace(string Name, Role Role, string[] Labels, double[] Lengths, bool Horizontal) : CartesianTrace(Name, Role)
{
    internal Errors? Errors { get; init; }

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        (DomainBuilder categories, DomainBuilder lengths) = Horizontal ? (y, x) : (x, y);
        categories.AddCategories(Labels, reversed: Horizontal);
        lengths.IncludeZero();
        for (int i = 0; i < Lengths.Length; i++)
        {
            lengths.Add(Lengths[i]);
            lengths.Add(Lengths[i] - (Errors?.Below[i] ?? 0));
            lengths.Add(Lengths[i] + (Errors?.Above[i] ?? 0));
        }
    }
}

/// <summary>A histogram whose bins were counted by us: filled, or as an outline for what is compared with.</summary>
internal sealed record BinsTrace(string Name, Role Role, double[] Edges, double[] Heights, bool Outline, int Count, bool AreShares) : CartesianTrace(Name, Role)
{
    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.Add(Edges[0]);
        x.Add(Edges[^1]);
        x.Tighten();
        y.IncludeZero();
        foreach (double height in Heights)
        {
            y.Add(height);
        }
    }
}

/// <summary>One box per group.</summary>
internal sealed record BoxTrace(string Name, Role Role, string[] Groups, BoxSummary[] Boxes) : CartesianTrace(Name, Role)
{
    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.AddCategories(Groups, reversed: false);
        foreach (BoxSummary box in Boxes)
        {
            y.Add(box.LowerFence);
            y.Add(box.UpperFence);
            foreach (double outlier in box.Outliers)
            {
                y.Add(outlier);
            }
        }
    }
}

/// <summary>One density outline per group, with the quartiles inside.</summary>
internal sealed record ViolinTrace(string Name, Role Role, string[] Groups, KernelDensity[] Densities, BoxSummary[] Boxes) : CartesianTrace(Name, Role)
{
    /// <summary>Half the width of the widest violin, in categories.</summary>
    private const double HalfWidth = 0.42;

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.AddCategories(Groups, reversed: false);
        foreach (KernelDensity density in Densities)
        {
            y.Add(density.Grid[0]);
            y.Add(density.Grid[^1]);
        }
    }

    /// <summary>Half widths along one outline, in categories. Every violin is as wide as the next: shapes are compared, not sizes.</summary>
    internal double[] Widths(int group)
    {
        double[] heights = Densities[group].Heights;
        double highest = heights.Max();
        return Array.ConvertAll(heights, h => highest > 0 ? HalfWidth * h / highest : 0);
    }
}

/// <summary>A matrix as coloured cells; the first row is on top.</summary>
internal sealed record HeatTrace(string Name, string[] Columns, string[] Rows, double[][] Cells, bool Diverging) : CartesianTrace(Name, Role.Series)
{
    /// <summary>Gets whether the numbers fit into their cells.</summary>
    internal bool ShowsNumbers => Columns.Length <= 12 && Rows.Length <= 16;

    /// <summary>Gets the values of the two ends of the colour scale: symmetric about 0 when diverging.</summary>
    internal (double Low, double High) Range()
    {
        double[] seen = [.. Cells.SelectMany(row => row).Where(v => !double.IsNaN(v))];
        (double low, double high) = (seen.Min(), seen.Max());
        if (Diverging)
        {
            double reach = Math.Max(Math.Abs(low), Math.Abs(high));
            return reach > 0 ? (-reach, reach) : (-1, 1);
        }

        return low < high ? (low, high) : (low, low + Math.Max(1, Math.Abs(low)));
    }

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.AddCategories(Columns, reversed: false);
        y.AddCategories(Rows, reversed: true);
    }
}

/// <summary>Changes that add up, and their total.</summary>
internal sealed record WaterfallTrace(string Name, string[] Labels, double[] Changes, string Total) : CartesianTrace(Name, Role.Series)
{
    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        x.AddCategories([.. Labels, Total], reversed: false);
        y.IncludeZero();
        double level = 0;
        foreach (double change in Changes)
        {
            level += change;
            y.Add(level);
        }
    }
}

/// <summary>One large number and its change.</summary>
internal sealed record IndicatorTrace(string Name, double Number, double? Before, string Unit, bool LowerIsBetter) : Trace(Name, Role.Series);

/// <summary>Text in rows and columns.</summary>
internal sealed record TableTrace(string[] Headers, string[][] Columns, bool[] AreNumbers, int RowCount) : Trace("", Role.Neutral)
{
    /// <summary>A page carries no more rows; the caption says how many there are.</summary>
    internal const int MostRows = 100;
}

/// <summary>One line per row across one axis per column.</summary>
internal sealed record ParallelTrace(string[] Names, Values[] Dimensions, int ColourBy) : Trace("", Role.Series)
{
    /// <summary>More lines than this are one grey area.</summary>
    internal const int MostLines = 500;

    internal int[] Drawn { get; } = Thinning.EvenIndices(Dimensions[0].Count, MostLines);
}
