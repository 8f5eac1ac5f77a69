namespace MlOps.Charts.Plotly;

/// <summary>One plot of a figure and its place on the page, in shares of the area inside the margins, from below.</summary>
internal sealed record Panel(Figure Figure, int Index, double Left, double Right, double Bottom, double Top)
{
    internal Domains? Domains { get; } = Figure.IsCartesian ? Domains.Of(Figure) : null;

    internal Style[] Styles { get; } = Palette.Styles(Figure);

    /// <summary>Gets what Plotly appends to x and y: nothing for the first plot, 2, 3, …</summary>
    internal string Suffix => Index == 0 ? "" : (Index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Names both axes of a trace; the first plot's are implied.</summary>
    internal void Axes(JsonText json)
    {
        if (Index > 0)
        {
            json.Set("xaxis", "x" + Suffix);
            json.Set("yaxis", "y" + Suffix);
        }
    }

    /// <summary>Places a trace that has no axes.</summary>
    internal void Place(JsonText json) => json.Object("domain", () =>
    {
        json.Numbers("x", [Left, Right]);
        json.Numbers("y", [Bottom, Top]);
    });

    /// <summary>Writes positions the way their axis wants them: names, dates or numbers.</summary>
    internal static void Coordinates(JsonText json, string name, Values values, AxisDomain axis, int[] drawn)
    {
        if (axis.Kind == ValueKind.Number)
        {
            double[] numbers = values.Numbers.ToArray();
            json.Numbers(name, drawn.Select(i => numbers[i]));
        }
        else
        {
            string[] names = Inputs.Names(values);
            json.Texts(name, drawn.Select(i => names[i].Length == 0 ? null : names[i]));
        }
    }

    /// <summary>One position on an axis, for a shape or annotation.</summary>
    internal static void Coordinate(JsonText json, string name, double position, AxisDomain axis, bool asData = false)
    {
        if (axis.Kind == ValueKind.Date)
        {
            json.Set(name, Dates.Text(position));
        }
        else
        {
            json.Set(name, asData && axis.Log ? Math.Pow(10, position) : position);
        }
    }
}
