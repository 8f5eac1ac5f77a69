namespace MlOps.Charts.Plotly;

/// <summary>The two axes of one plot. Ranges are ours, so that the picture and the interactive chart agree.</summary>
internal static class PlotlyAxes
{
    private static readonly string Line = Palette.Fade(Palette.Grey, 0.55);
    private static readonly string Grid = Palette.Fade(Palette.Grey, 0.22);

    internal static void Write(JsonText json, Panel panel)
    {
        Figure figure = panel.Figure;
        string[]? violins = figure.Traces is [ViolinTrace violin, ..] ? violin.Groups : null;
        Write(json, panel, "x", "y", figure.X, panel.Domains!.X, panel.Left, panel.Right, violins);
        Write(json, panel, "y", "x", figure.Y, panel.Domains.Y, panel.Bottom, panel.Top, (figure.Traces.FirstOrDefault(trace => trace is SwarmTrace) as SwarmTrace)?.Groups);
    }

    private static void Write(JsonText json, Panel panel, string name, string other, Axis axis, AxisDomain domain, double from, double to, string[]? groups) =>
        json.Object($"{name}axis{panel.Suffix}", () =>
        {
            json.Set("anchor", other + panel.Suffix);
            json.Numbers("domain", [from, to]);
            json.Set("type", groups is not null ? "linear" : domain.Kind switch
            {
                ValueKind.Text => "category",
                ValueKind.Date => "date",
                _ => domain.Log ? "log" : "linear",
            });
            json.Object("title", () =>
            {
                json.Text("text", axis.Caption);
                json.Set("standoff", 8);
                json.Object("font", () => json.Set("size", 13));
            });
            WriteRange(json, domain);
            WriteTicks(json, domain, groups);
            json.Set("automargin", true);
            WriteLines(json, name, domain);
        });

    /// <summary>Only what shows: a colour for a line that is not drawn is an error to Plotly's checker.</summary>
    private static void WriteLines(JsonText json, string name, AxisDomain domain)
    {
        bool grid = domain.Kind != ValueKind.Text;
        bool zero = domain.Kind == ValueKind.Number && !domain.Log && domain.Low < 0 && domain.High > 0;
        json.Set("showgrid", grid);
        if (grid)
        {
            json.Set("gridcolor", Grid);
        }

        json.Set("zeroline", zero);
        if (zero)
        {
            json.Set("zerolinecolor", Line);
            json.Set("zerolinewidth", 1);
        }

        json.Set("showline", name == "x");
        if (name == "x")
        {
            json.Set("linecolor", Line);
        }

        if (domain.Kind == ValueKind.Number)
        {
            json.Set("separatethousands", true);
        }
    }

    /// <summary>Long names would leave a phone no plot; the whole name shows on hover and in the text alternative.</summary>
    private static void WriteShortNames(JsonText json, string[] categories)
    {
        const double Widest = 130;
        const int Most = 60; // beyond, Plotly leaves names out by itself, which listed ticks would prevent
        if (categories.Length <= Most && categories.Any(c => TextMeasure.Width(c, 13) > Widest))
        {
            json.Numbers("tickvals", categories.Select((_, i) => (double)i));
            json.Texts("ticktext", categories.Select(c => TextMeasure.Shorten(c, 13, Widest)));
        }
    }

    private static void WriteRange(JsonText json, AxisDomain domain)
    {
        (double first, double last) = domain.Reversed ? (domain.High, domain.Low) : (domain.Low, domain.High);
        if (domain.Kind == ValueKind.Date)
        {
            json.Texts("range", [Dates.Text(first), Dates.Text(last)]);
        }
        else
        {
            json.Numbers("range", [first, last]);
        }
    }

    private static void WriteTicks(JsonText json, AxisDomain domain, string[]? groups)
    {
        if (groups is not null)
        {
            json.Numbers("tickvals", groups.Select((_, i) => (double)i));
            json.Texts("ticktext", groups);
        }
        else if (domain.Kind == ValueKind.Text)
        {
            json.Set("categoryorder", "array");
            json.Texts("categoryarray", domain.Categories);
            WriteShortNames(json, domain.Categories);
        }
        else if (domain.Log && domain.High - domain.Low > 1.5)
        {
            json.Set("dtick", Math.Ceiling((domain.High - domain.Low) / 8)); // whole powers of ten, not 2 and 5 between them
            json.Set("exponentformat", "power"); // 10⁻⁶, which every reader knows; 1μ is a unit's prefix
        }
        else
        {
            json.Set("nticks", 7);
        }
    }
}
