namespace MlOps.Charts.Model;

/// <summary>The two axes of a figure.</summary>
internal sealed record Domains(AxisDomain X, AxisDomain Y)
{
    internal static Domains Of(Figure figure)
    {
        var x = new DomainBuilder("x");
        var y = new DomainBuilder("y");
        foreach (CartesianTrace trace in figure.Traces.OfType<CartesianTrace>())
        {
            trace.Extend(x, y);
        }

        if (figure.Bars == BarMode.Stacked)
        {
            AddStacks(figure, x, y);
        }

        foreach (ReferenceMark mark in figure.References)
        {
            AddMark(mark.OnX ? x : y, mark.From);
            AddMark(mark.OnX ? x : y, mark.To);
        }

        foreach (Note note in figure.Notes)
        {
            AddMark(x, note.X);
            AddMark(y, note.Y);
        }

        var domains = new Domains(x.Build(figure.X), y.Build(figure.Y));
        domains.CheckMarks(figure);
        return domains;
    }

    /// <summary>Positive and negative bars stack apart, each away from zero.</summary>
    private static void AddStacks(Figure figure, DomainBuilder x, DomainBuilder y)
    {
        var up = new Dictionary<string, double>(StringComparer.Ordinal);
        var down = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (BarTrace bars in figure.Traces.OfType<BarTrace>())
        {
            for (int i = 0; i < bars.Labels.Length; i++)
            {
                Dictionary<string, double> side = bars.Lengths[i] < 0 ? down : up;
                double sum = side.GetValueOrDefault(bars.Labels[i]) + (double.IsNaN(bars.Lengths[i]) ? 0 : bars.Lengths[i]);
                side[bars.Labels[i]] = sum;
                (bars.Horizontal ? x : y).Add(sum);
            }
        }
    }

    private static void AddMark(DomainBuilder axis, Value? place)
    {
        if (place is { Kind: not ValueKind.Text } number)
        {
            axis.AddMark(number.Number);
        }
    }

    private void CheckMarks(Figure figure)
    {
        foreach (ReferenceMark mark in figure.References)
        {
            AxisDomain axis = mark.OnX ? X : Y;
            double from = axis.Position(mark.From, "from");
            if (mark.To is { } to && axis.Position(to, "to") < from)
            {
                throw new ArgumentException($"The band '{mark.Label}' ends before it begins.", nameof(figure));
            }
        }

        foreach (Note note in figure.Notes)
        {
            _ = X.Position(note.X, "x");
            _ = Y.Position(note.Y, "y");
        }
    }
}
