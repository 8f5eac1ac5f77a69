using MlOps.Charts.Statistics;

namespace MlOps.Charts.Text;

/// <summary>One series in words: all values when they are few, otherwise their number, range and ends.</summary>
internal static class SeriesText
{
    private const int Few = 8;
    private const int FewRows = 12;

    internal static IEnumerable<string> Of(Figure figure, int index)
    {
        string name = Captions.Series(figure, index);
        return figure.Traces[index] switch
        {
            XyTrace xy => Points(name, xy),
            BarTrace bars => [$"{name}: {Numbers(i => bars.Labels[i], bars.Lengths)}{ErrorText(bars.Errors)}"],
            BinsTrace bins => [$"{name}: n = {Whole(bins.Count)}, {Bins(bins)}"],
            BoxTrace boxes => boxes.Groups.Select((g, i) => $"{g}: {Box(boxes.Boxes[i])}"),
            ViolinTrace violins => violins.Groups.Select((g, i) => $"{g}: {Box(violins.Boxes[i])}"),
            SwarmTrace swarm => Swarm(swarm),
            SpanTrace spans => [string.Join(", ", spans.Rows.Select((row, i) => $"{row} {spans.Labels[i]}: {NumberText.Short(spans.From[i])} to {NumberText.Short(spans.To[i])}"))],
            HeatTrace heat => Heat(heat),
            WaterfallTrace steps => [$"{string.Join(", ", steps.Labels.Select((l, i) => $"{l} {NumberText.Signed(steps.Changes[i])}"))}; {steps.Total} {NumberText.Short(steps.Changes.Sum())}"],
            IndicatorTrace indicator => [Indicator(indicator)],
            TableTrace table => Table(table),
            ParallelTrace parallel => Parallel(parallel),
            _ => throw new ArgumentException($"Unknown trace {figure.Traces[index].GetType().Name}.", nameof(figure)),
        };
    }

    private static IEnumerable<string> Points(string name, XyTrace trace)
    {
        string shades = trace.Shades is { IsSpread: true } colours ? $"; coloured by {colours.Name}, {NumberText.Short(colours.Range.Low)} to {NumberText.Short(colours.Range.High)}" : "";
        string bubbles = trace.Bubbles is { } sizes ? $"; area by {sizes.Name}, {NumberText.Short(sizes.Values.Min())} to {NumberText.Short(sizes.Values.Max())}" : "";
        yield return $"{name}: {Numbers(i => Inputs.Name(trace.X, i), trace.Y.Numbers.ToArray())}{ErrorText(trace.Errors)}{shades}{bubbles}";
        if (trace.Ribbon is { } ribbon)
        {
            int last = ribbon.Low.Length - 1;
            yield return $"{ribbon.Label}: first {NumberText.Short(ribbon.Low[0])} to {NumberText.Short(ribbon.High[0])}, last {NumberText.Short(ribbon.Low[last])} to {NumberText.Short(ribbon.High[last])}";
        }
    }

    private static string Numbers(Func<int, string> place, double[] values)
    {
        if (values.Length <= Few)
        {
            return string.Join(", ", values.Select((v, i) => $"{place(i)} → {NumberText.Short(v)}"));
        }

        double[] present = [.. values.Where(v => !double.IsNaN(v))];
        (double low, double high) = (present.Min(), present.Max());
        string missing = present.Length < values.Length ? $" ({Whole(values.Length - present.Length)} missing)" : "";
        return $"n = {Whole(values.Length)}{missing}, "
            + $"min {NumberText.Short(low)} at {place(Array.IndexOf(values, low))}, max {NumberText.Short(high)} at {place(Array.IndexOf(values, high))}, "
            + $"first {NumberText.Short(values[0])}, last {NumberText.Short(values[^1])}";
    }

    private static string ErrorText(Errors? errors)
    {
        if (errors is null)
        {
            return "";
        }

        double[] lengths = [.. errors.Below.Concat(errors.Above).Where(v => !double.IsNaN(v))];
        return lengths.Length == 0 ? "" : $"; error bars of {NumberText.Short(lengths.Min())} to {NumberText.Short(lengths.Max())}";
    }

    private static string Bins(BinsTrace bins)
    {
        int top = Array.IndexOf(bins.Heights, bins.Heights.Max());
        string height = NumberText.Short(bins.Heights[top]);
        return $"{bins.Heights.Length} bins from {NumberText.Short(bins.Edges[0])} to {NumberText.Short(bins.Edges[^1])}, highest "
            + $"{(bins.AreShares ? "share" : "count")} {height} between {NumberText.Short(bins.Edges[top])} and {NumberText.Short(bins.Edges[top + 1])}";
    }

    private static IEnumerable<string> Swarm(SwarmTrace swarm)
    {
        int first = 0;
        for (int g = 0; g < swarm.Groups.Length; g++)
        {
            BoxSummary box = BoxSummary.Of(swarm.Values[g]);
            yield return $"{swarm.Groups[g]}: n = {Whole(box.Count)}, from {NumberText.Short(swarm.Values[g].Min())} to {NumberText.Short(swarm.Values[g].Max())}, median {NumberText.Short(box.Median)}{Trend(swarm, g, first)}";
            first += swarm.Values[g].Length;
        }
    }

    /// <summary>What the colours show: the mean of the points whose colour value is in the upper half, and of those in the lower.</summary>
    private static string Trend(SwarmTrace swarm, int group, int first)
    {
        double[] values = swarm.Values[group];
        double middle = (swarm.Shades.Range.Low + swarm.Shades.Range.High) / 2;
        double[] high = [.. values.Where((_, i) => swarm.Shades.Values[first + i] > middle)];
        double[] low = [.. values.Where((_, i) => swarm.Shades.Values[first + i] <= middle)];
        return high.Length == 0 || low.Length == 0 ? "" : $", mean {NumberText.Short(high.Average())} where {swarm.Shades.Name} is high and {NumberText.Short(low.Average())} where it is low";
    }

    private static string Box(BoxSummary box) =>
        $"n = {Whole(box.Count)}, median {NumberText.Short(box.Median)}, quartiles {NumberText.Short(box.Q1)} and {NumberText.Short(box.Q3)}, "
        + $"whiskers {NumberText.Short(box.LowerFence)} to {NumberText.Short(box.UpperFence)}, {Whole(box.OutlierCount)} outliers";

    private static IEnumerable<string> Heat(HeatTrace heat)
    {
        string name = heat.Name.Length > 0 ? heat.Name + ", " : "";
        if (heat.ShowsNumbers)
        {
            yield return $"{name}rows × columns {heat.Rows.Length} × {heat.Columns.Length}";
            for (int r = 0; r < heat.Rows.Length; r++)
            {
                yield return $"{heat.Rows[r]}: {string.Join(", ", heat.Columns.Select((c, i) => $"{c} {NumberText.Short(heat.Cells[r][i])}"))}";
            }

            yield break;
        }

        (int row, int column, double value)[] cells = [.. heat.Cells.SelectMany((row, r) => row.Select((v, c) => (r, c, v))).Where(t => !double.IsNaN(t.v))];
        var low = cells.MinBy(c => c.value);
        var high = cells.MaxBy(c => c.value);
        yield return $"{name}rows × columns {heat.Rows.Length} × {heat.Columns.Length}, lowest {NumberText.Short(low.value)} at {heat.Rows[low.row]}, "
            + $"{heat.Columns[low.column]}, highest {NumberText.Short(high.value)} at {heat.Rows[high.row]}, {heat.Columns[high.column]}";
    }

    private static string Indicator(IndicatorTrace trace)
    {
        string unit = trace.Unit.Length > 0 ? " " + trace.Unit : "";
        string now = $"{trace.Name}: {NumberText.Short(trace.Number)}{unit}";
        return trace.Before is { } before ? $"{now}, {NumberText.Signed(trace.Number - before)} from {NumberText.Short(before)}" : now;
    }

    private static IEnumerable<string> Table(TableTrace table)
    {
        yield return $"{Whole(table.RowCount)} rows";
        yield return string.Join(" | ", table.Headers);
        int shown = Math.Min(FewRows, table.Columns[0].Length);
        for (int r = 0; r < shown; r++)
        {
            yield return string.Join(" | ", table.Columns.Select(c => c[r]));
        }

        if (shown < table.RowCount)
        {
            yield return $"… {Whole(table.RowCount - shown)} more";
        }
    }

    private static IEnumerable<string> Parallel(ParallelTrace trace)
    {
        yield return $"{Whole(trace.Dimensions[0].Count)} rows, coloured by {trace.Names[trace.ColourBy]}";
        for (int d = 0; d < trace.Names.Length; d++)
        {
            Values values = trace.Dimensions[d];
            string[] names = Inputs.Names(values);
            double[] numbers = values.Numbers.ToArray();
            yield return values.Kind == ValueKind.Text
                ? $"{trace.Names[d]}: {string.Join(", ", names.Distinct().Take(Few))}"
                : $"{trace.Names[d]}: {names[Array.IndexOf(numbers, numbers.Min())]} to {names[Array.IndexOf(numbers, numbers.Max())]}";
        }
    }

    private static string Whole(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
