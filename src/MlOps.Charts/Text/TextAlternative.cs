using System.Text;

namespace MlOps.Charts.Text;

/// <summary>A figure in words: what it shows, its axes, and each series by its numbers.</summary>
internal static class TextAlternative
{
    internal static string Write(Figure figure)
    {
        var text = new StringBuilder();
        Write(text, figure, "");
        return text.ToString().TrimEnd('\n');
    }

    private static void Write(StringBuilder text, Figure figure, string indent)
    {
        string kind = KindName.Of(figure);
        Line(text, indent, figure.Title.Length > 0 ? $"{figure.Title} [{kind}]" : $"[{kind}]");
        if (Captions.Subtitle(figure) is { Length: > 0 } subtitle)
        {
            Line(text, indent, subtitle);
        }

        if (figure.Description is { } description)
        {
            Line(text, indent, description);
            return;
        }

        foreach (Figure cell in figure.Cells)
        {
            Write(text, cell, indent + "  ");
        }

        if (figure.IsCartesian)
        {
            Domains domains = Domains.Of(figure);
            Line(text, indent, AxisLine("x", figure.X, domains.X));
            Line(text, indent, AxisLine("y", figure.Y, domains.Y));
        }

        for (int i = 0; i < figure.Traces.Length; i++)
        {
            foreach (string line in SeriesText.Of(figure, i))
            {
                Line(text, indent, line);
            }
        }

        WriteMarks(text, figure, indent);
    }

    private static void WriteMarks(StringBuilder text, Figure figure, string indent)
    {
        foreach (ReferenceMark mark in figure.References)
        {
            string axis = mark.OnX ? "x" : "y";
            string label = mark.Label.Length > 0 ? $": {mark.Label}" : "";
            Line(text, indent, mark.To is { } to
                ? $"band {axis} from {Place(mark.From)} to {Place(to)}{label}"
                : $"line at {axis} = {Place(mark.From)}{label}");
        }

        foreach (Note note in figure.Notes)
        {
            Line(text, indent, $"note at x = {Place(note.X)}, y = {Place(note.Y)}: {note.Text}");
        }
    }

    private static string AxisLine(string name, Axis axis, AxisDomain domain)
    {
        string range = domain.Kind switch
        {
            ValueKind.Text when domain.Categories.Length <= 8 => string.Join(", ", domain.Categories),
            ValueKind.Text => $"{domain.Categories.Length} categories, {domain.Categories[0]} … {domain.Categories[^1]}",
            ValueKind.Date => $"{Dates.Text(domain.Extent.Least)} to {Dates.Text(domain.Extent.Most)}",
            _ => $"{NumberText.Short(domain.Extent.Least)} to {NumberText.Short(domain.Extent.Most)}{(domain.Log ? ", logarithmic" : "")}",
        };
        return axis.Caption.Length > 0 ? $"{name}: {axis.Caption}, {range}" : $"{name}: {range}";
    }

    private static string Place(Value value) => Inputs.Name(Values.Create([value]), 0);

    private static void Line(StringBuilder text, string indent, string line) => text.Append(indent).Append(line).Append('\n');
}
